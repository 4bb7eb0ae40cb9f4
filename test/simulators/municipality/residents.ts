/**
 * The demo municipalities' registers: fictional residents, one per awkward case (forms.md 3.6, 11, 14). No real person,
 * no real place, every 個人番号 with a wrong check digit. Dates such as 転入当日 are relative to `today`.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  householdEntry,
  residentEntry,
  type HouseholdEntry,
  type ResidentEntry,
  type ResidentId,
} from '#templates/datasets/residentRegister.ts';
import { civilDate, municipalityCode, type CivilDate } from '#templates/vocabulary.ts';
import { resolveDates } from './relativeDate.ts';

export const demoMunicipalities = ['992011', '992020', '993018'].map((code) => municipalityCode.parse(code));

/** A protective measure (支援措置): from a day on, both days included; open when `toDay` is null. */
export interface DemoRestriction {
  readonly residentId: ResidentId;
  readonly fromDay: CivilDate;
  readonly toDay: CivilDate | null;
}

export interface DemoRegisters {
  readonly households: readonly HouseholdEntry[];
  readonly residents: readonly ResidentEntry[];
  readonly restrictions: readonly DemoRestriction[];
}

/** A data file: households with their members in order of entry. The register's own schema checks the members. */
const dataFile = z.strictObject({
  municipality: municipalityCode,
  households: z.array(
    z.strictObject({
      householdId: z.string(),
      address: z.string(),
      householderName: z.string(),
      members: z.array(z.looseObject({ protectedSince: civilDate.optional() })).min(1),
    }),
  ),
});

/** All registers of the three municipalities as they stand on `today`. Throws when a row breaks the register's schema. */
export function demoRegisters(today: CivilDate): DemoRegisters {
  const parts = demoMunicipalities.map((code) => {
    const text = readFileSync(new URL(`residents-${code}.json`, import.meta.url), 'utf8');
    return registersOf(dataFile.parse(resolveDates(JSON.parse(text), today)));
  });
  return {
    households: parts.flatMap(({ households }) => households),
    residents: parts.flatMap(({ residents }) => residents),
    restrictions: parts.flatMap(({ restrictions }) => restrictions),
  };
}

function registersOf({ municipality, households }: z.infer<typeof dataFile>): DemoRegisters {
  const rows = households.flatMap(({ householdId, members }) =>
    members.map(({ protectedSince, ...member }, index) => ({
      entry: residentEntry.parse({ status: 'active', ...member, householdId, order: index + 1 }),
      protectedSince,
    })),
  );
  return {
    households: households.map(({ householdId, address, householderName }) =>
      householdEntry.parse({ householdId, municipality, address, householderName }),
    ),
    residents: rows.map(({ entry }) => entry),
    restrictions: rows.flatMap(({ entry, protectedSince }) =>
      protectedSince ? [{ residentId: entry.residentId, fromDay: protectedSince, toDay: null }] : [],
    ),
  };
}
