/**
 * 戸籍 as rows of a form that flows (forms.md 6.1, 6.2): the head, 戸籍事項, and for each member a block and the events,
 * with full-width digits and the rules of what stays together on a page.
 */
import { warekiDate } from '../civilTime.ts';
import { fullWidthDigits } from '../fullWidthDigits.ts';
import { familyRegister, headOfRegister, type FamilyMember, type FamilyRegister } from './familyRegister.ts';
import { itemsOfEntry, itemsOfEvent, spouseWord, type LabelledItem } from './familyRegisterItems.ts';
import {
  familyRegisterLabelIds,
  familyRegisterLabels,
  type FamilyRegisterLabelId,
} from './familyRegisterLabels.ts';
import type {
  Presentation,
  Printable,
  PrintableDataset,
  PrintableFields,
  PrintableRow,
  PrintableView,
} from './printable.ts';

/** Word of a label in this municipality. */
type Words = (label: FamilyRegisterLabelId) => string;

const printed = (value: string): Printable => ({ kind: 'text', text: fullWidthDigits(value) });
const row = (id: string, label: string | undefined, value: string | undefined): PrintableRow => ({
  row: id,
  fields: {
    ...(label !== undefined && { label: printed(label) }),
    ...(value !== undefined && { value: printed(value) }),
  },
});

/** All rows of a list on one page: each keeps the next one, `last` says whether the last does. */
function together(rows: readonly PrintableRow[], last = false): readonly PrintableRow[] {
  return rows.map((one, index) => (index < rows.length - 1 || last ? { ...one, keepWithNext: true } : one));
}

function lineOf({ label, text, depth }: LabelledItem, words: Words): string {
  return `${depth ? '　' : ''}【${words(label)}】${text}`;
}

function headRows(register: FamilyRegister, words: Words): readonly PrintableRow[] {
  const { domicile, familyNameFurigana } = register;
  const reading = familyNameFurigana && `【${words('family-name-furigana')}】${familyNameFurigana}`;
  return together([
    row('head', words('label-domicile'), domicile),
    row('head-name', words('label-head'), headOfRegister(register)),
    ...(reading === undefined ? [] : [row('line', undefined, reading)]),
  ]);
}

/**
 * A heading keeps its first event; an event keeps its label with its first two lines, and its last two lines together,
 * so that no line stands alone at the head of a page without its label.
 */
function eventRows(
  heading: string,
  events: readonly (readonly [string, readonly LabelledItem[]])[],
  words: Words,
) {
  const rows = events.flatMap(([label, items]) =>
    items.map((item, index): PrintableRow => {
      const line = lineOf(item, words);
      const one = index === 0 ? row('event', label, line) : row('line', undefined, line);
      const keeps = items.length > 1 && (index === 0 || index === items.length - 2);
      return keeps ? { ...one, keepWithNext: true } : one;
    }),
  );
  return [{ ...row('heading', heading, undefined), keepWithNext: true }, ...rows];
}

function entryRows({ entries }: FamilyRegister, words: Words): readonly PrintableRow[] {
  const events = entries.map((entry) => [words(`entry-${entry.kind}`), itemsOfEntry(entry)] as const);
  const section = words('label-entries');
  return eventRows(section, events, words).map((one) => ({ ...one, section }));
}

function memberLines(member: FamilyMember, words: Words): readonly string[] {
  const line = (label: FamilyRegisterLabelId, value: string) => `【${words(label)}】${value}`;
  const known = (label: FamilyRegisterLabelId, value: string | undefined) =>
    value === undefined ? [] : [line(label, value)];
  const parent = (label: FamilyRegisterLabelId, value: string | undefined) =>
    line(label, value ?? words('not-recorded'));
  const role = member.spouse ? `　　${line('spouse-role', spouseWord(member.spouse))}` : '';
  return [
    line('given-name', member.givenName),
    ...known('given-name-furigana', member.givenNameFurigana),
    `${line('birth-date', warekiDate(member.birthDate))}${role}`,
    parent('father', member.father),
    parent('mother', member.mother),
    line('relationship', member.relationship),
    ...known('adoptive-father', member.adoptiveFather),
    ...known('adoptive-mother', member.adoptiveMother),
    ...known('relationship', member.adoptiveRelationship),
  ];
}

function memberRows(member: FamilyMember, words: Words): readonly PrintableRow[] {
  const block = memberLines(member, words).map((line, index) => {
    if (index === 0) return row('member', words('label-member'), line);
    const boxed = index === 1 && member.removed;
    return boxed ? row('removed', words('label-removed'), line) : row('line', undefined, line);
  });
  const events = member.events.map(
    (event) => [words(`event-${event.kind}`), itemsOfEvent(event, member.birthDate)] as const,
  );
  const rows = [
    ...together(block),
    ...(events.length === 0 ? [] : eventRows(words('label-events'), events, words)),
  ];
  return rows.map((one) => ({ ...one, person: member.number }));
}

/** The view of a 戸籍 (`familyRegister`), whole or reduced to chosen persons. */
function view(value: unknown, { labels }: Presentation): PrintableView {
  const register = familyRegister.parse(value);
  const words: Words = (label) => labels[label] ?? familyRegisterLabels[label];
  const header: PrintableFields = {
    domicile: printed(register.domicile),
    'head-of-register': printed(headOfRegister(register)),
  };
  const flow = [
    ...headRows(register, words),
    ...entryRows(register, words),
    ...register.members.flatMap((member) => memberRows(member, words)),
  ];
  return { header, persons: [], flow };
}

const WITH_LABEL = ['label', 'value'] as const;

export const familyRegisterDataset: PrintableDataset = {
  id: 'family-register',
  registers: ['family-register'],
  /** for a form that repeats them at the top of every page */
  headerFields: ['domicile', 'head-of-register'],
  personFields: [],
  rows: {
    /** 本籍 */
    head: WITH_LABEL,
    /** 氏名 */
    'head-name': WITH_LABEL,
    /** 戸籍事項, 身分事項: nothing beside it */
    heading: ['label'],
    /** 戸籍に記録されている者 with 【名】 */
    member: WITH_LABEL,
    /** second line of a member who has left, with the boxed 除籍 */
    removed: WITH_LABEL,
    /** first line of an entry or event */
    event: WITH_LABEL,
    /** any further line */
    line: ['value'],
  },
  labelIds: familyRegisterLabelIds,
  view,
};
