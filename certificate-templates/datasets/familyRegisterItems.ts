/**
 * The items of each entry and event in the order in which the form prints them: label id and words. Dates are in the
 * Japanese calendar of their own day; digits become full-width where the line is composed (familyRegisterView.ts).
 */
import { warekiDate, westernDate } from '../civilTime.ts';
import type { CivilDate } from '../vocabulary.ts';
import type { RegisterEvent, RegisterEventKind } from './familyRegister.ts';
import type { EventKind, EventOf, FamilyRegisterEvent, SpouseRole } from './familyRegisterEvents.ts';
import type { FamilyRegisterLabelId } from './familyRegisterLabels.ts';
import type { Filing, Informant, LeavingFor, OtherRegister, PreviousRecord } from './familyRegisterParts.ts';

export interface LabelledItem {
  readonly label: FamilyRegisterLabelId;
  /** empty for a label that only heads what stands under it (従前の記録) */
  readonly text: string;
  /** 1: stands under 【従前の記録】 */
  readonly depth?: 1;
}
type Items = readonly LabelledItem[];

const text = (label: FamilyRegisterLabelId, value: string | undefined): Items =>
  value === undefined ? [] : [{ label, text: value }];
const date = (label: FamilyRegisterLabelId, day: CivilDate | undefined): Items =>
  text(label, day && warekiDate(day));
const register = (label: FamilyRegisterLabelId, other: OtherRegister | undefined): Items =>
  text(label, other && `${other.domicile}　${other.headOfRegister}`);
const informedBy = (who: Informant | undefined): Items =>
  text('informant', who && (who.name === undefined ? who.as : `${who.as}　${who.name}`));
const filed = (filing: Filing | undefined): Items => [
  ...date('received-on', filing?.receivedOn),
  ...text('accepted-by', filing?.acceptedBy),
];
const previous = (record: PreviousRecord): Items => [
  { label: 'previous-record', text: '' },
  ...record.map(({ item, value }) => ({ label: item, text: value, depth: 1 as const })),
];
const leaving = (target: LeavingFor | undefined): Items => {
  if (!target) return [];
  return target.kind === 'new-register'
    ? text('new-domicile', target.domicile)
    : register('other-register', target.register);
};

const SPOUSE_WORDS: Readonly<Record<SpouseRole, string>> = { husband: '夫', wife: '妻' };
/** 夫 or 妻. */
export const spouseWord = (role: SpouseRole): string => SPOUSE_WORDS[role];
const spouse = (label: FamilyRegisterLabelId, role: SpouseRole | undefined, after = ''): Items =>
  text(label, role && `${SPOUSE_WORDS[role]}${after}`);

const AUTHORITY_WORDS = { father: '父', mother: '母', both: '父母' } as const;
const DIVORCE_LABELS = {
  agreement: 'divorced-on',
  judgment: 'divorce-judgment-final-on',
  conciliation: 'divorce-conciliated-on',
} as const;

/** `13:20` as 午後1時20分; a full hour has no minutes. */
export function timeOfDeath(at: string): string {
  const [hour, minute] = at.split(':').map(Number) as [number, number];
  const half = hour < 12 ? '午前' : '午後';
  return `${half}${hour % 12}時${minute === 0 ? '' : `${minute}分`}`;
}

type Moving = { readonly previousRegister?: OtherRegister; readonly leavingFor?: LeavingFor };
const moved = (event: Moving): Items => [
  ...register('previous-register', event.previousRegister),
  ...leaving(event.leavingFor),
];

const adoptiveParents = (event: EventOf<'adopted' | 'adoption-ended'>): Items => [
  ...text('adoptive-father-name', event.adoptiveFatherName),
  ...text('adoptive-mother-name', event.adoptiveMotherName),
  ...text('consenting-for', event.consentingFor),
];

const becameJapanese = (
  on: FamilyRegisterLabelId,
  nationality: FamilyRegisterLabelId,
  event: EventOf<'naturalization' | 'nationality-acquired'>,
): Items => [
  ...date(on, event.on),
  ...date('notified-on', event.notifiedOn),
  ...informedBy(event.informant),
  ...text(nationality, event.nationalityThen),
  ...text('name-then', event.nameThen),
  ...filed(event.filing),
];

type ItemsByKind = { readonly [Kind in EventKind]: (event: EventOf<Kind>) => Items };

const itemsByKind: ItemsByKind = {
  birth: (event) => [
    ...date('born-on', event.on),
    ...text('birthplace', event.birthplace),
    ...date('notified-on', event.notifiedOn),
    ...informedBy(event.informant),
    ...filed(event.filing),
  ],
  // whether it was before the birth is decided by the caller, who knows the birth date
  acknowledged: (event) => [
    ...date('acknowledged-on', event.on),
    ...text('acknowledger-name', event.acknowledgerName),
    ...register('acknowledger-register', event.acknowledgerRegister),
    ...filed(event.filing),
  ],
  acknowledging: (event) => [
    ...date('acknowledged-on', event.on),
    ...text('acknowledged-child-name', event.childName),
    ...register('acknowledged-child-register', event.childRegister),
    ...filed(event.filing),
  ],
  adopted: (event) => [
    ...date('adopted-on', event.on),
    ...adoptiveParents(event),
    ...filed(event.filing),
    ...moved(event),
  ],
  adopting: (event) => [
    ...date('adopted-on', event.on),
    ...spouse('joint-adopter', event.jointly),
    ...text('adoptee-name', event.adopteeName),
    ...filed(event.filing),
  ],
  'adoption-ended': (event) => [
    ...date('adoption-ended-on', event.on),
    ...adoptiveParents(event),
    ...filed(event.filing),
    ...moved(event),
  ],
  'ending-adoption': (event) => [
    ...date('adoption-ended-on', event.on),
    ...spouse('jointly-ending', event.jointly),
    ...text('adoptee-name', event.adopteeName),
    ...filed(event.filing),
  ],
  'special-adoption': (event) => [
    ...date('special-adoption-final-on', event.on),
    ...date('notified-on', event.notifiedOn),
    ...informedBy(event.informant),
    ...filed(event.filing),
    ...register('previous-register', event.previousRegister),
  ],
  marriage: (event) => [
    ...date('married-on', event.on),
    ...text('spouse-name', event.spouseName),
    ...text('spouse-nationality', event.foreignSpouse?.nationality),
    // of a person whom no Japanese register knows, in the calendar of that person's papers
    ...text('spouse-birth-date', event.foreignSpouse && `西暦${westernDate(event.foreignSpouse.birthDate)}`),
    ...text('marriage-form', event.abroad?.form),
    ...date('document-filed-on', event.abroad?.documentFiledOn),
    ...filed(event.filing),
    ...moved(event),
    ...spouse('family-name-of', event.familyNameOf, 'の氏'),
  ],
  divorce: (event) => [
    ...date(DIVORCE_LABELS[event.by], event.on),
    ...text('spouse-name', event.spouseName),
    ...date('notified-on', event.notifiedOn),
    ...informedBy(event.informant),
    ...filed(event.filing),
    ...moved(event),
  ],
  'spouse-death': (event) => date('spouse-died-on', event.on),
  'parental-authority': (event) => [
    ...date('authority-decided-on', event.on),
    ...text('authority-holder', AUTHORITY_WORDS[event.holder]),
    ...informedBy(event.informant),
    ...filed(event.filing),
  ],
  entry: (event) => [
    ...date('notified-on', event.on),
    ...text('entry-reason', event.reason),
    ...informedBy(event.informant),
    ...filed(event.filing),
    ...moved(event),
  ],
  'family-name-kept': (event) => [
    ...date('family-name-changed-on', event.on),
    ...text('family-name-change-reason', event.reason),
    ...filed(event.filing),
  ],
  branching: (event) => [...date('branched-on', event.on), ...filed(event.filing), ...moved(event)],
  death: (event) => [
    ...date('died-on', event.on),
    ...text('died-at', event.at && timeOfDeath(event.at)),
    ...text('place-of-death', event.place),
    ...date('notified-on', event.notifiedOn),
    ...informedBy(event.informant),
    ...filed(event.filing),
  ],
  disappearance: (event) => [
    ...date('deemed-dead-on', event.on),
    ...date('disappearance-final-on', event.finalOn),
    ...date('notified-on', event.notifiedOn),
    ...informedBy(event.informant),
    ...filed(event.filing),
  ],
  naturalization: (event) => becameJapanese('naturalized-on', 'nationality-at-naturalization', event),
  'nationality-acquired': (event) =>
    becameJapanese('nationality-acquired-on', 'nationality-at-acquisition', event),
  'given-name-change': (event) => [
    ...date('given-name-changed-on', event.on),
    ...filed(event.filing),
    ...previous(event.previous),
  ],
  updating: (event) => [
    ...date('updated-on', event.on),
    ...text('updated-item', event.item),
    ...text('updating-reason', event.reason),
    ...previous(event.previous),
  ],
  correction: (event) => [
    ...date('corrected-on', event.on),
    ...text('corrected-item', event.item),
    ...text('correction-reason', event.reason),
    ...previous(event.previous),
  ],
};

/** What any event that was filed may end with. */
const remarked = (event: FamilyRegisterEvent): Items => [
  ...date('removed-on', 'removedOn' in event ? event.removedOn : undefined),
  ...text('special-note', 'note' in event ? event.note : undefined),
];

/** The items of one 身分事項 of a person born on `birthDate`, in order. */
export function itemsOfEvent(event: FamilyRegisterEvent, birthDate: CivilDate): Items {
  const own = (itemsByKind[event.kind] as (event: FamilyRegisterEvent) => Items)(event);
  const items = [...own, ...remarked(event)];
  if (event.kind !== 'acknowledged' || event.on >= birthDate) return items;
  return items.map((item) =>
    item.label === 'acknowledged-on' ? { ...item, label: 'acknowledged-before-birth-on' } : item,
  );
}

type EntryItems = {
  readonly [Kind in RegisterEventKind]: (entry: Extract<RegisterEvent, { kind: Kind }>) => Items;
};

const itemsByEntry: EntryItems = {
  established: (entry) => date('established-on', entry.on),
  revised: (entry) => [...date('revised-on', entry.on), ...text('revision-reason', entry.reason)],
  'transferred-in': (entry) => [
    ...date('transferred-on', entry.on),
    ...text('previous-domicile', entry.previousDomicile),
  ],
  'transferred-within': (entry) => [...date('transferred-on', entry.on), ...previous(entry.previous)],
  'transferred-out': (entry) => [
    ...date('transferred-on', entry.on),
    ...text('new-domicile', entry.newDomicile),
  ],
  'family-name-changed': (entry) => [
    ...date('family-name-changed-on', entry.on),
    ...text('family-name-change-reason', entry.reason),
    ...previous(entry.previous),
  ],
  updating: (entry) => [
    ...date('updated-on', entry.on),
    ...text('updated-item', entry.item),
    ...text('updating-reason', entry.reason),
    ...previous(entry.previous),
  ],
  correction: (entry) => [
    ...date('corrected-on', entry.on),
    ...text('corrected-item', entry.item),
    ...text('correction-reason', entry.reason),
    ...previous(entry.previous),
  ],
  closed: (entry) => date('closed-on', entry.on),
};

/** The items of one 戸籍事項, in order. */
export function itemsOfEntry(entry: RegisterEvent): Items {
  return (itemsByEntry[entry.kind] as (entry: RegisterEvent) => Items)(entry);
}
