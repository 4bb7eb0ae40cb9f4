/**
 * The fields of 住民票 as they are printed: the semantics of forms.md 3.2 and 3.4 (calendars, empty and inapplicable
 * cells), independent of any layout.
 */
import { warekiDate, westernDate } from '../civilTime.ts';
import type { CivilDate } from '../vocabulary.ts';
import type { Printable, PrintableDataset, PrintablePerson, PrintableView } from './printable.ts';
import {
  article30_45Categories,
  residentRecord,
  type ForeignResident,
  type ResidentPerson,
} from './residentRecord.ts';

const NOT_APPLICABLE: Printable = { kind: 'not-applicable' };
const EMPTY: Printable = { kind: 'empty' };

const text = (value: string): Printable => ({ kind: 'text', text: value });
const textOrEmpty = (value: string | undefined): Printable => (value === undefined ? EMPTY : text(value));
const wareki = (date: CivilDate | undefined): Printable =>
  date === undefined ? EMPTY : text(warekiDate(date));

/** Fields every person has; foreign residents' birth dates stay in the calendar of their residence card. */
function commonFields(person: ResidentPerson) {
  return {
    'birth-date': text(person.foreign ? westernDate(person.birthDate) : warekiDate(person.birthDate)),
    sex: text(person.sex === 'male' ? '男' : '女'),
    relationship: text(person.relationship),
    'individual-number': textOrEmpty(person.individualNumber),
    'resident-record-code': textOrEmpty(person.residentRecordCode),
    'became-resident-on': wareki(person.becameResidentOn),
    // only a move inside the municipality after becoming a resident is worth a date of its own (forms.md 3.2)
    'address-set-on': person.addressSetOn === person.becameResidentOn ? EMPTY : wareki(person.addressSetOn),
    'notified-on': wareki(person.notifiedOn),
    'previous-address': textOrEmpty(person.previousAddress),
  };
}

function japaneseFields(person: ResidentPerson) {
  const { formerName, registeredDomicile } = person;
  return {
    name: text(person.name),
    furigana: textOrEmpty(person.furigana),
    'former-name': formerName ? text(formerName.name) : NOT_APPLICABLE,
    'former-name-furigana': formerName ? textOrEmpty(formerName.furigana) : NOT_APPLICABLE,
    domicile: textOrEmpty(registeredDomicile?.address),
    'head-of-register': textOrEmpty(registeredDomicile?.headOfRegister),
    alias: NOT_APPLICABLE,
    nationality: NOT_APPLICABLE,
    'article-30-45-category': NOT_APPLICABLE,
    'residence-status': NOT_APPLICABLE,
    'period-of-stay': NOT_APPLICABLE,
    'period-expires-on': NOT_APPLICABLE,
    'residence-card-number': NOT_APPLICABLE,
  };
}

/** Readings of foreign residents and of 通称 are not printed (forms.md 3.2). */
function foreignFields(foreign: ForeignResident) {
  const permanent = foreign.article30_45Category === 'special-permanent-resident';
  const status = (value: Printable): Printable => (permanent ? NOT_APPLICABLE : value);
  const expires = foreign.periodExpiresOn;
  return {
    name: text(foreign.kanjiName ? `${foreign.romanName}　${foreign.kanjiName}` : foreign.romanName),
    furigana: NOT_APPLICABLE,
    'former-name': NOT_APPLICABLE,
    'former-name-furigana': NOT_APPLICABLE,
    domicile: NOT_APPLICABLE,
    'head-of-register': NOT_APPLICABLE,
    alias: foreign.alias === undefined ? NOT_APPLICABLE : text(foreign.alias),
    nationality: text(foreign.nationality),
    'article-30-45-category': text(article30_45Categories[foreign.article30_45Category]),
    'residence-status': status(textOrEmpty(foreign.residenceStatus)),
    'period-of-stay': status(textOrEmpty(foreign.periodOfStay)),
    'period-expires-on': status(expires === undefined ? EMPTY : text(westernDate(expires))),
    'residence-card-number': textOrEmpty(foreign.residenceCardNumber),
  };
}

function printablePerson(person: ResidentPerson): PrintablePerson {
  const { foreign } = person;
  return {
    number: person.number,
    variant: foreign ? 'foreign' : 'japanese',
    fields: { ...commonFields(person), ...(foreign ? foreignFields(foreign) : japaneseFields(person)) },
  };
}

/** The view of a 住民票 (`residentRecord`). */
function view(value: unknown): PrintableView {
  const record = residentRecord.parse(value);
  return {
    header: { address: text(record.address), 'householder-name': text(record.householderName) },
    persons: record.persons.map(printablePerson),
    flow: [],
  };
}

export const residentRecordDataset: PrintableDataset = {
  id: 'resident-record',
  registers: ['resident'],
  rows: {},
  labelIds: [],
  headerFields: ['address', 'householder-name'],
  personFields: [
    'name',
    'furigana',
    'former-name',
    'former-name-furigana',
    'alias',
    'birth-date',
    'sex',
    'relationship',
    'individual-number',
    'resident-record-code',
    'became-resident-on',
    'address-set-on',
    'notified-on',
    'domicile',
    'head-of-register',
    'previous-address',
    'nationality',
    'article-30-45-category',
    'residence-status',
    'period-of-stay',
    'period-expires-on',
    'residence-card-number',
  ],
  view,
};
