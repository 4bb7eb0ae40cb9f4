/** Everything the three municipalities feed a center with: whole registers, up to this instant. */
import type { RegisterFeedInput } from '#center/registers/feed.ts';
import { registerIds, type CivilDate } from '#templates/vocabulary.ts';
import { demoAddressHistories, demoFamilyRegisters } from './familyRegisters.ts';
import { demoMunicipalities, demoRegisters } from './residents.ts';
import { demoSeals } from './seals.ts';
import { demoTaxPayments } from './taxPayments.ts';
import { demoTaxRecords } from './taxRecords.ts';

/** The registers as they stand on `today`, without the cards' certificates, fed at `now` (milliseconds). */
export function demoFeed(today: CivilDate, now: number): RegisterFeedInput {
  const { households, residents, restrictions } = demoRegisters(today);
  return {
    households: [...households],
    residents: [...residents],
    restrictions: [...restrictions],
    links: [],
    seals: [...demoSeals(today)],
    taxRecords: [...demoTaxRecords(today)],
    taxPayments: [...demoTaxPayments(today)],
    familyRegisters: [...demoFamilyRegisters(today)],
    addressHistories: [...demoAddressHistories(today)],
    covers: demoCoverage(now),
  };
}

/** Nothing changed, and that is known up to `now`: what keeps a long demo's registers from growing old. */
export function demoCoverage(now: number): NonNullable<RegisterFeedInput['covers']> {
  const until = new Date(now).toISOString();
  return demoMunicipalities.flatMap((municipality) =>
    registerIds.map((register) => ({ municipality, register, since: null, until })),
  );
}
