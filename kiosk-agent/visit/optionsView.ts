/** The question screens and the words of what will be printed. Pure. */
import type { GraphemeOutlines } from '#templates/graphemeOutline.ts';
import type { View } from '../contract/deviceLink.ts';
import { concernedOptions, copiesAllowed, isEnough, minimumOf, questionsOf } from './options.ts';
import type { VisitSettings } from './settings.ts';
import type { At, BasketItem, Offered, Shopping } from './state.ts';
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
    case 'items':
      return itemsAsked(visit);
    case 'copies': {
      const { heading, explanation } = texts.copies;
      const body = { kind: 'copies', copies: visit.answers.copies, max, unitFee: visit.offered.fee } as const;
      return { heading, explanation, body };
    }
    default:
      return optionAsked(visit);
  }
}

/** The words are the kind's: a household has others than a family register. */
function extentAsked({ offered, answers }: At<'choosingOptions'>): Asked {
  const choices = offered.extents.map(({ id, label, explanation }) => ({
    value: id,
    label,
    explanation,
    selected: answers.extent === id,
  }));
  const { heading, explanation } = texts.extent;
  return { heading, explanation, body: { kind: 'one', choices } };
}

function membersAsked({ offered, answers }: At<'choosingOptions'>): Asked {
  const choices = offered.members.map(({ number, name, self, outlines }) => ({
    value: String(number),
    label: name,
    ...(outlines ? { outlines } : {}),
    ...(self ? { explanation: texts.members.self } : {}),
    selected: answers.members.includes(number),
  }));
  const { heading, explanation } = texts.members;
  return { heading, explanation, body: manyOf(offered, answers, 'members', choices) };
}

function itemsAsked({ offered, answers }: At<'choosingOptions'>): Asked {
  const choices = concernedOptions(offered, answers).map(({ id, label, explanation }) => ({
    value: id,
    label,
    explanation,
    selected: answers.include.includes(id),
  }));
  const { asking } = offered;
  const words = asking.as === 'list' ? asking : { heading: '', explanation: '' };
  const { heading, explanation } = words;
  return { heading, explanation, body: manyOf(offered, answers, 'items', choices) };
}

type Many = Extract<OptionsView['body'], { kind: 'many' }>;
function manyOf(
  offered: Offered,
  answers: At<'choosingOptions'>['answers'],
  question: string,
  choices: Many['choices'],
): Many {
  const minimum = minimumOf(offered, answers, question);
  return { kind: 'many', choices, minimum, enough: isEnough(offered, answers, question) };
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

type Detail = Extract<View, { at: 'basket' }>['items'][number]['details'][number];

/** What will be printed, in words: who, then each option, or those that were ticked. */
function detailsOf(item: BasketItem): Detail[] {
  const { offered, request } = item;
  const who = offered.extents.length > 1 ? [whoOf(item)] : [];
  const options = concernedOptions(offered, request);
  if (offered.asking.as === 'list') {
    const ticked = options.filter(({ id }) => request.include.includes(id)).map(({ label }) => label);
    return ticked.length > 0
      ? [...who, { text: fill(texts.details.items, { labels: ticked.join('、') }) }]
      : who;
  }
  const answered = options.map(({ id, label }) => ({
    text: fill(request.include.includes(id) ? texts.details.yes : texts.details.no, { label }),
  }));
  return [...who, ...answered];
}

function whoOf({ offered, request }: BasketItem): Detail {
  if (request.extent !== 'part') {
    const extent = offered.extents.find(({ id }) => id === request.extent);
    return { text: fill(texts.details.who, { who: extent?.label ?? '' }) };
  }
  const chosen = offered.members.filter(({ number }) => request.members.includes(number));
  const text = fill(texts.details.who, { who: chosen.map(({ name }) => name).join('、') });
  const outlines: GraphemeOutlines = Object.assign({}, ...chosen.map((member) => member.outlines ?? {}));
  return Object.keys(outlines).length > 0 ? { text, outlines } : { text };
}
