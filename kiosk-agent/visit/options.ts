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

/**
 * The questions in order; `members` only when chosen persons were asked for. Options are asked each under its own id, or
 * all at once as `items`, as the kind says.
 */
export function questionsOf(offered: Offered, answers: Answers, maxCopies: number): readonly string[] {
  return [
    ...(offered.extents.length > 1 ? ['extent'] : []),
    ...(answers.extent === 'part' ? ['members'] : []),
    ...optionQuestions(offered, answers),
    ...(maxCopies > 1 ? ['copies'] : []),
  ];
}
function optionQuestions(offered: Offered, answers: Answers): readonly string[] {
  const options = concernedOptions(offered, answers).map(({ id }) => id);
  if (offered.asking.as === 'each') return options;
  return options.length > 0 ? ['items'] : [];
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
  const ids = offered.extents.map(({ id }) => id);
  const extent = ids.includes('self') ? 'self' : (ids[0] ?? 'self');
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
      const extent = offered.extents.find(({ id }) => id === value);
      return extent ? { ...answers, extent: extent.id } : null;
    }
    case 'members':
      return withMembers(offered, answers, values);
    case 'items':
      return withItems(offered, answers, values);
    case 'copies': {
      const copies = /^\d{1,2}$/.test(value ?? '') ? Number(value) : 0;
      return copies >= 1 && copies <= maxCopies ? { ...answers, copies } : null;
    }
    default:
      return withOption(offered, answers, question, value);
  }
}

/** Each value given changes sides; null when one is not known. */
function toggled(
  known: readonly string[],
  chosen: readonly string[],
  values: readonly string[],
): readonly string[] | null {
  if (!values.every((value) => known.includes(value))) return null;
  const after = new Set(chosen);
  for (const value of values) {
    if (!after.delete(value)) after.add(value);
  }
  return known.filter((value) => after.has(value));
}

function withMembers(offered: Offered, answers: Answers, values: readonly string[]): Answers | null {
  const known = offered.members.map(({ number }) => String(number));
  const members = toggled(known, answers.members.map(String), values);
  return members && { ...answers, members: members.map(Number) };
}

function withItems(offered: Offered, answers: Answers, values: readonly string[]): Answers | null {
  if (offered.asking.as !== 'list') return null;
  const known = concernedOptions(offered, answers).map(({ id }) => id);
  if (!values.every((value) => known.includes(value))) return null;
  const all = offered.options.map(({ id }) => id);
  const include = toggled(all, answers.include, values);
  return include && { ...answers, include };
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

/** How many have to be chosen on a screen to tick: one person; of items what the kind says, never more than there are. */
export function minimumOf(offered: Offered, answers: Answers, question: string): number {
  if (question === 'members') return 1;
  if (question !== 'items' || offered.asking.as !== 'list') return 0;
  return Math.min(offered.asking.minimum, concernedOptions(offered, answers).length);
}

export function isEnough(offered: Offered, answers: Answers, question: string): boolean {
  const concerned = concernedOptions(offered, answers).filter(({ id }) => answers.include.includes(id));
  const chosen = question === 'members' ? answers.members.length : concerned.length;
  return chosen >= minimumOf(offered, answers, question);
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
