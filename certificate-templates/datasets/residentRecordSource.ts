/** 住民票 from the resident register: the household's active members in order of entry, the holder among them. */
import type { SourcePerson, DatasetSource } from './source.ts';
import { selectPersons, type ResidentPerson, type ResidentRecord } from './residentRecord.ts';
import { currentRecord, type HouseholdEntry, type ResidentEntry } from './residentRegister.ts';

export interface ResidentRows {
  readonly household: HouseholdEntry;
  /** everyone ever entered in the household, those who left included */
  readonly residents: readonly ResidentEntry[];
}

/**
 * Who is not (any more) on the household's current record can be printed by nobody: a holder who moved out or died gets
 * the shared answer of the counter.
 */
export const residentRecordSource: DatasetSource<ResidentRows, ResidentRecord> = {
  find: ({ household, residents }, { holder }) => {
    const extract = currentRecord(household, residents);
    const numbers = [...(extract?.residentIds ?? [])];
    if (!extract || !numbers.some(([, id]) => id === holder)) {
      return { kind: 'withheld', reason: 'ask-at-the-counter' };
    }
    const { record, residentIds } = extract;
    return {
      kind: 'found',
      value: record,
      texts: [record.address, record.householderName],
      persons: record.persons.map((person): SourcePerson => {
        const residentId = residentIds.get(person.number);
        const self = residentId === holder;
        const variant = person.foreign ? 'foreign' : 'japanese';
        return {
          number: person.number,
          name: person.name,
          self,
          variant,
          residentId,
          texts: textsOf(person),
        };
      }),
    };
  },
  select: selectPersons,
};

/** Every text that could be printed of this person, whatever options are chosen later. */
function textsOf(person: ResidentPerson): readonly string[] {
  const texts = [
    person.name,
    person.furigana,
    person.relationship,
    person.previousAddress,
    person.formerName?.name,
    person.formerName?.furigana,
    person.registeredDomicile?.address,
    person.registeredDomicile?.headOfRegister,
    person.foreign?.kanjiName,
    person.foreign?.alias,
    person.foreign?.nationality,
    person.foreign?.residenceStatus,
    person.foreign?.periodOfStay,
  ];
  return texts.filter((text) => text !== undefined);
}
