/** The questions about one certificate, taken from the offer: one screen each. Pure. */
import type { CertificateRequest } from '#center/contract/kioskApi.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { Answers, BasketItem, Offered } from './state.ts';
import type { VisitSettings } from './settings.ts';

/** Most copies this resident may still add. */
export function copiesAllowed(
  offered: Offered,
  basket: readonly BasketItem[],
  settings: VisitSettings,
): number {
  return Math.min(offered.maxCopies, settings.maxCopies, roomLeft(basket, settings));
}
export function roomLeft(basket: readonly BasketItem[], settings: VisitSettings): number {
  return settings.basketLimit - basket.reduce((sum, { copies }) => sum + copies, 0);
}

/** The questions in order; `members` only when a part of the household was asked for. Option ids are their own names. */
export function questionsOf(offered: Offered, answers: Answers, maxCopies: number): readonly string[] {
  return [
    ...(offered.extents.length > 1 ? ['extent'] : []),
    ...(answers.extent === 'part' ? ['members'] : []),
    ...concernedOptions(offered, answers).map(({ id }) => id),
    ...(maxCopies > 1 ? ['copies'] : []),
  ];
}

type Choice = Pick<Answers, 'extent' | 'members'>;

/** Who will be printed, by number. */
function chosenMembers({ members }: Offered, answers: Choice): readonly number[] {
  switch (answers.extent) {
    case 'whole':
      return members.map(({ number }) => number);
    case 'part':
      return answers.members;
    case 'self':
      return members.filter(({ self }) => self).map(({ number }) => number);
  }
}

/** The options that say something about somebody who will be printed; nobody is asked about the others. */
export function concernedOptions(offered: Offered, answers: Choice): Offered['options'] {
  const chosen = chosenMembers(offered, answers);
  return offered.options.filter(({ concerns }) => concerns.some((number) => chosen.includes(number)));
}

/** The sensible default of every question: the resident alone, what the kind preselects, one copy. */
export function firstAnswers(offered: Offered): Answers {
  const extent = offered.extents.includes('self') ? 'self' : (offered.extents[0] ?? 'self');
  const self = offered.members.filter((member) => member.self).map(({ number }) => number);
  const include = offered.options.filter(({ preselected }) => preselected).map(({ id }) => id);
  return { extent, members: self, include, copies: 1 };
}

/** The answers after this one; null when the values do not answer the question. */
export function answered(
  offered: Offered,
  answers: Answers,
  question: string,
  values: readonly string[],
  maxCopies: number,
): Answers | null {
  const [value] = values;
  switch (question) {
    case 'extent': {
      const extent = offered.extents.find((candidate) => candidate === value);
      return extent ? { ...answers, extent } : null;
    }
    case 'members':
      return toggled(offered, answers, values);
    case 'copies': {
      const copies = /^\d{1,2}$/.test(value ?? '') ? Number(value) : 0;
      return copies >= 1 && copies <= maxCopies ? { ...answers, copies } : null;
    }
    default:
      return withOption(offered, answers, question, value);
  }
}

function toggled(offered: Offered, answers: Answers, values: readonly string[]): Answers | null {
  const known = new Set(offered.members.map(({ number }) => String(number)));
  if (!values.every((value) => known.has(value))) return null;
  const chosen = new Set(answers.members);
  for (const number of values.map(Number)) {
    if (!chosen.delete(number)) chosen.add(number);
  }
  return { ...answers, members: [...chosen].sort((left, right) => left - right) };
}

function withOption(
  offered: Offered,
  answers: Answers,
  question: string,
  value: string | undefined,
): Answers | null {
  if (!offered.options.some(({ id }) => id === question)) return null;
  if (value !== 'yes' && value !== 'no') return null;
  const others = answers.include.filter((id) => id !== question);
  return { ...answers, include: value === 'yes' ? [...others, question] : others };
}

/** A part of the household is at least one person. */
export function isEnough(answers: Answers, question: string): boolean {
  return question !== 'members' || answers.members.length > 0;
}

/** What the center is asked for; option ids in the offer's order. */
export function requestOf(
  municipality: MunicipalityCode,
  offered: Offered,
  answers: Answers,
): CertificateRequest {
  return {
    municipality,
    kind: offered.kind,
    extent: answers.extent,
    members: answers.extent === 'part' ? [...answers.members] : [],
    include: concernedOptions(offered, answers)
      .map(({ id }) => id)
      .filter((id) => answers.include.includes(id)),
  };
}
