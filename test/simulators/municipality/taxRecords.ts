/**
 * The demo municipalities' tax registers: for everybody who was a resident on the first of January, the 年度 that is
 * issued on `today` and the one before. Addresses are the resident register's of that day.
 */
import { ageOn } from '#templates/civilTime.ts';
import { taxRecordEntry, type TaxRecordEntry } from '#templates/datasets/taxation.ts';
import type { HouseholdEntry, ResidentEntry } from '#templates/datasets/residentRegister.ts';
import { civilDate, type CivilDate } from '#templates/vocabulary.ts';
import { demoRegisters, type DemoRegisters } from './residents.ts';
import { taxCaseOf } from './taxCases.ts';
import { taxFiguresOf } from './taxFigures.ts';

/** Nobody younger on 賦課期日 has a tax record here: within the year they may come with a card of their own (15歳). */
const ALREADY = 14;
const assessmentDay = (taxYear: number): CivilDate => civilDate.parse(`${taxYear}-01-01`);

/** The 年度 in force: the new one from the first of June (forms.md 8). */
export function taxYearOn(today: CivilDate): number {
  const year = Number(today.slice(0, 4));
  return today.slice(5) >= '06-01' ? year : year - 1;
}

/** Every row of the three tax registers as it stands on `today`. Throws when a row breaks the register's schema. */
export function demoTaxRecords(today: CivilDate): readonly TaxRecordEntry[] {
  const registers = demoRegisters(today);
  const households = new Map(registers.households.map((household) => [household.householdId, household]));
  return [taxYearOn(today) - 1, taxYearOn(today)].flatMap((taxYear) =>
    registers.residents
      .filter((resident) => isAssessed(resident, taxYear))
      .map((resident) => recordOf(resident, households.get(resident.householdId)!, taxYear, registers)),
  );
}

/** A resident of age on 賦課期日: who moved in later is assessed elsewhere. */
function isAssessed({ birthDate, becameResidentOn }: ResidentEntry, taxYear: number): boolean {
  const day = assessmentDay(taxYear);
  return becameResidentOn <= day && ageOn(birthDate, day) >= ALREADY;
}

function recordOf(
  { residentId, birthDate }: ResidentEntry,
  { municipality, address }: HouseholdEntry,
  taxYear: number,
  registers: DemoRegisters,
): TaxRecordEntry {
  const taxCase = taxCaseOf(residentId, ageOn(birthDate, assessmentDay(taxYear)));
  const key = { municipality, residentId, taxYear };
  if (taxCase.filing === 'not-filed') return taxRecordEntry.parse({ ...key, filing: 'not-filed' });
  const supports = taxCase.supports.map(
    (id) => registers.residents.find((resident) => resident.residentId === id)!.birthDate,
  );
  return taxRecordEntry.parse({
    ...key,
    filing: taxCase.filing,
    addressOnAssessmentDay: address,
    figures: taxFiguresOf({ ...taxCase.facts, supports }, taxYear),
  });
}
