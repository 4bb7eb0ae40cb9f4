/** The question screens and the words of what will be printed. Pure. */
import type { View } from '../contract/deviceLink.ts';
import { concernedOptions, copiesAllowed, isEnough, questionsOf } from './options.ts';
import type { VisitSettings } from './settings.ts';
import type { At, BasketItem, Shopping } from './state.ts';
import { fill, texts } from './texts.ts';

type OptionsView = Extract<View, { at: 'choosingOptions' }>;
type Asked = Pick<OptionsView, 'heading' | 'explanation' | 'body'>;

export function optionsView(visit: At<'choosingOptions'>, settings: VisitSettings): OptionsView {
  const max = copiesAllowed(visit.offered, visit.basket, settings);
  const questions = questionsOf(visit.offered, visit.answers, max);
  return {
    at: 'choosingOptions',
    municipality: visit.municipality.name,
    label: visit.offered.label,
    question: visit.question,
    number: questions.indexOf(visit.question) + 1,
    of: questions.length,
    ...askedOf(visit, max),
  };
}

function askedOf(visit: At<'choosingOptions'>, max: number): Asked {
  switch (visit.question) {
    case 'extent':
      return extentAsked(visit);
    case 'members':
      return membersAsked(visit);
    case 'copies': {
      const { heading, explanation } = texts.copies;
      const body = { kind: 'copies', copies: visit.answers.copies, max, unitFee: visit.offered.fee } as const;
      return { heading, explanation, body };
    }
    default:
      return optionAsked(visit);
  }
}

function extentAsked({ offered, answers }: At<'choosingOptions'>): Asked {
  const choices = offered.extents.map((value) => ({
    value,
    ...texts.extent[value],
    selected: answers.extent === value,
  }));
  const { heading, explanation } = texts.extent;
  return { heading, explanation, body: { kind: 'one', choices } };
}

function membersAsked({ offered, answers }: At<'choosingOptions'>): Asked {
  const choices = offered.members.map(({ number, name, self }) => ({
    value: String(number),
    label: name,
    ...(self ? { explanation: texts.members.self } : {}),
    selected: answers.members.includes(number),
  }));
  const { heading, explanation } = texts.members;
  return { heading, explanation, body: { kind: 'many', choices, enough: isEnough(answers, 'members') } };
}

function optionAsked({ offered, answers, question }: At<'choosingOptions'>): Asked {
  const option = offered.options.find(({ id }) => id === question);
  const shown = answers.include.includes(question);
  const choices = [
    { value: 'yes', label: texts.option.yes, selected: shown },
    { value: 'no', label: texts.option.no, selected: !shown },
  ];
  const heading = fill(texts.option.heading, { label: option?.label ?? '' });
  return { heading, explanation: option?.explanation ?? '', body: { kind: 'one', choices } };
}

export function basketItems(shopping: Shopping): Extract<View, { at: 'basket' }>['items'] {
  return shopping.basket.map((item) => ({
    id: item.id,
    label: item.offered.label,
    details: detailsOf(item),
    copies: item.copies,
    unitFee: item.offered.fee,
  }));
}

/** What will be printed, in words: who, then each option. */
function detailsOf({ offered, request }: BasketItem): string[] {
  const names = offered.members
    .filter(({ number }) => request.members.includes(number))
    .map(({ name }) => name)
    .join('、');
  const who = offered.extents.length > 1 ? [fill(texts.details[request.extent], { names })] : [];
  const options = concernedOptions(offered, request).map(({ id, label }) =>
    fill(request.include.includes(id) ? texts.details.yes : texts.details.no, { label }),
  );
  return [...who, ...options];
}
