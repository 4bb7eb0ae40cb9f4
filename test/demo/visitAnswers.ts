/** What the program in the resident's place answers to each question about a certificate. Pure. */
import type { Command, View } from '#agent/contract/deviceLink.ts';
import type { VisitWish } from './driveVisit.ts';

export type Touch =
  | { readonly kind: 'touch'; readonly command: Command }
  | { readonly kind: 'impossible'; readonly reason: string };
export const touch = (command: Command): Touch => ({ kind: 'touch', command });

type OptionsView = Extract<View, { at: 'choosingOptions' }>;
type Choices = Extract<OptionsView['body'], { choices: unknown }>['choices'];

/** Answers until the screen shows the wish, then goes on: choices are toggles, as for a finger. */
export function answerTo(view: OptionsView, wish: VisitWish, asked: Set<string>): Touch {
  const { body, question } = view;
  const answer = (values: string[]): Touch => touch({ type: 'answer', question, values });
  if (body.kind === 'copies') {
    if (body.copies === wish.copies) return touch({ type: 'goOn' });
    if (wish.copies > body.max) return { kind: 'impossible', reason: `at most ${body.max} copies` };
    return answer([String(wish.copies)]);
  }
  asked.add(question);
  if (question === 'items') for (const { value } of body.choices) asked.add(value);
  const wanted = wantedValues(question, body.choices, wish);
  const known = new Set(body.choices.map(({ value }) => value));
  const missing = wanted.filter((value) => !known.has(value));
  if (missing.length > 0)
    return { kind: 'impossible', reason: `no choice ${missing.join(', ')} for ${question}` };
  const wrong = body.choices.filter(({ value, selected }) => selected !== wanted.includes(value));
  if (wrong.length > 0) return answer(body.kind === 'many' ? wrong.map(({ value }) => value) : wanted);
  if (body.kind === 'many' && !body.enough) return tooFew(view, body);
  return touch({ type: 'goOn' });
}

function tooFew(
  { label, question }: OptionsView,
  { choices, minimum }: Extract<OptionsView['body'], { kind: 'many' }>,
): Touch {
  const option = question === 'members' ? '--members' : '--include or --all-options';
  const ids = choices.map(({ value }) => value).join(', ');
  return { kind: 'impossible', reason: `${label} needs at least ${minimum} of ${ids} (${option})` };
}

function wantedValues(question: string, choices: Choices, wish: VisitWish): string[] {
  const { include } = wish;
  switch (question) {
    case 'extent':
      return [extentFor(choices, wish)];
    case 'members':
      return membersFor(choices, wish);
    case 'items':
      return choices.map(({ value }) => value).filter((id) => include === 'all' || include.includes(id));
    default:
      return [include === 'all' || include.includes(question) ? 'yes' : 'no'];
  }
}

/** What is not said is the resident alone, or what the kind itself proposes. */
function extentFor(choices: Choices, { extent, members }: VisitWish): string {
  if (extent) return extent;
  if (members) return members === 'all' ? 'whole' : 'part';
  const usual = choices.find(({ value }) => value === 'self') ?? choices.find(({ selected }) => selected);
  return usual?.value ?? 'self';
}

/** Numbers as they are; a name becomes the number of the one who bears it, and one that nobody bears stays a name. */
function membersFor(choices: Choices, { members }: VisitWish): string[] {
  if (members === undefined) return choices.filter(({ selected }) => selected).map(({ value }) => value);
  if (members === 'all') return choices.map(({ value }) => value);
  return members.map((member) => choices.find(({ label }) => sameName(label, member))?.value ?? member);
}

/** A person at a keyboard types neither variation selectors nor ideographic spaces. */
function sameName(registered: string, typed: string): boolean {
  const plain = (name: string): string => name.replaceAll(/[\s\u{e0100}-\u{e01ef}]/gu, '');
  return plain(registered) === plain(typed);
}
