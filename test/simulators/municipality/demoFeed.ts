/** Everything the three municipalities feed a center with: whole registers, up to this day. */
import type { CivilDate } from '#templates/vocabulary.ts';
import { demoAddressHistories, demoFamilyRegisters } from './familyRegisters.ts';
import type { FeedParts } from './feedParts.ts';
import { demoRegisters } from './residents.ts';
import { demoSeals } from './seals.ts';
import { demoTaxPayments } from './taxPayments.ts';
import { demoTaxRecords } from './taxRecords.ts';

/** The registers as they stand on `today`, without the cards' certificates. */
export function demoFeed(today: CivilDate): FeedParts {
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
  };
}
