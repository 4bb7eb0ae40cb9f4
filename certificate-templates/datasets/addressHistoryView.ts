/**
 * 戸籍の附票 as rows of a form that flows (forms.md 7). 本籍 and 筆頭者 stand in the header; where they are not shown, the
 * members carry their full names, else a reader could not know the family name.
 */
import { warekiDate } from '../civilTime.ts';
import type { CivilDate } from '../vocabulary.ts';
import { addressHistory, type AddressHistory, type AddressHistoryMember } from './addressHistory.ts';
import { headOfRegister } from './familyRegister.ts';
import type {
  Presentation,
  Printable,
  PrintableDataset,
  PrintableFields,
  PrintableRow,
  PrintableView,
} from './printable.ts';

const EMPTY: Printable = { kind: 'empty' };
const NOT_APPLICABLE: Printable = { kind: 'not-applicable' };
const text = (value: string): Printable => ({ kind: 'text', text: value });
const textOrEmpty = (value: string | undefined): Printable => (value === undefined ? EMPTY : text(value));
const wareki = (day: CivilDate | undefined): Printable => textOrEmpty(day && warekiDate(day));

/** Labels that depend on the value, not on the layout. */
const LABELS = {
  'full-name': '氏名',
  'given-name-only': '名',
  established: '編製日',
  revised: '改製日',
} as const;
type LabelId = keyof typeof LABELS;

function headerOf(history: AddressHistory, words: (label: LabelId) => string): PrintableFields {
  return {
    domicile: text(history.domicile),
    'head-of-register': text(headOfRegister(history)),
    'made-label': text(words(history.made.kind)),
    'made-on': wareki(history.made.on),
  };
}

const SEX_WORDS = { male: '男', female: '女' } as const;

function memberRows(
  member: AddressHistoryMember,
  familyName: string | undefined,
  words: (label: LabelId) => string,
): readonly PrintableRow[] {
  const { number, givenName, sex, removed } = member;
  const row = (id: string, fields: PrintableFields, keepWithNext: boolean): PrintableRow => ({
    row: id,
    fields,
    keepWithNext,
    person: number,
  });
  const name = familyName === undefined ? givenName : `${familyName}　${givenName}`;
  const label = words(familyName === undefined ? 'given-name-only' : 'full-name');
  return [
    row(
      'member',
      {
        'name-label': text(label),
        name: text(name),
        'birth-date': wareki(member.birthDate),
        sex: textOrEmpty(sex && SEX_WORDS[sex]),
      },
      true,
    ),
    row(
      'member-items',
      {
        'resident-record-code': textOrEmpty(member.residentRecordCode),
        'overseas-voter-municipality':
          member.overseasVoterMunicipality === undefined
            ? NOT_APPLICABLE
            : text(member.overseasVoterMunicipality),
      },
      true,
    ),
    ...(removed
      ? [row('removed', { 'removal-reason': text(removed.reason), 'removed-on': wareki(removed.on) }, true)]
      : []),
    ...member.addresses.map(({ address, setOn }) =>
      row('address', { address: text(address), 'address-set-on': wareki(setOn) }, false),
    ),
  ];
}

/** The view of a 附票 (`addressHistory`), whole or reduced to chosen persons. */
function view(value: unknown, { omitted, labels }: Presentation): PrintableView {
  const history = addressHistory.parse(value);
  const words = (label: LabelId) => labels[label] ?? LABELS[label];
  const familyName = omitted.includes('head-of-register') ? history.familyName : undefined;
  return {
    header: headerOf(history, words),
    persons: [],
    flow: history.members.flatMap((member) => memberRows(member, familyName, words)),
  };
}

export const addressHistoryDataset: PrintableDataset = {
  id: 'family-register-address',
  registers: ['family-register', 'address-history'],
  headerFields: ['domicile', 'head-of-register', 'made-label', 'made-on'],
  personFields: [],
  rows: {
    /** 氏名 or 名, 生年月日, 性別 */
    member: ['name-label', 'name', 'birth-date', 'sex'],
    /** what is printed only when asked for */
    'member-items': ['resident-record-code', 'overseas-voter-municipality'],
    /** 除籍: reason and day */
    removed: ['removal-reason', 'removed-on'],
    /** one of the addresses, oldest first */
    address: ['address', 'address-set-on'],
  },
  labelIds: Object.keys(LABELS),
  view,
};
