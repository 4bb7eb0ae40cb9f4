/**
 * The family registers of the demo municipalities and their 附票: at least one person for each kind of entry and each awkward
 * case (forms.md 6, 7). Names, births and 本籍 agree with the resident registers; a test holds them to it.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { addressHistoryEntry, type AddressHistoryEntry } from '#templates/datasets/addressHistoryEntry.ts';
import { familyRegisterEntry, type FamilyRegisterEntry } from '#templates/datasets/familyRegisterEntry.ts';
import { municipalityCode, type CivilDate } from '#templates/vocabulary.ts';
import { resolveDates } from './relativeDate.ts';
import { demoMunicipalities } from './residents.ts';

/** All registers of the three municipalities as they stand on `today`. Throws when a row breaks the register's schema. */
export function demoFamilyRegisters(today: CivilDate): readonly FamilyRegisterEntry[] {
  return rowsOf('family-registers', 'registers', today).map((row) => familyRegisterEntry.parse(row));
}

/** The 附票 of every register that is in force. */
export function demoAddressHistories(today: CivilDate): readonly AddressHistoryEntry[] {
  return rowsOf('address-histories', 'histories', today).map((row) => addressHistoryEntry.parse(row));
}

/** The rows of one list of the three data files, each with its municipality. */
function rowsOf(file: string, list: string, today: CivilDate): readonly object[] {
  const dataFile = z.strictObject({ municipality: municipalityCode, [list]: z.array(z.looseObject({})) });
  return demoMunicipalities.flatMap((code) => {
    const text = readFileSync(new URL(`${file}-${code}.json`, import.meta.url), 'utf8');
    const { municipality, [list]: rows } = dataFile.parse(resolveDates(JSON.parse(text), today));
    return (rows as object[]).map((row) => ({ municipality, ...row }));
  });
}
