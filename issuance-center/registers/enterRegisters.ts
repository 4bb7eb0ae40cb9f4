/** The registers beside the resident register: 印鑑, 課税, 納税, 戸籍, 附票. */
import { sql } from 'kysely';
import { registerHolders, type FamilyRegisterEntry } from '#templates/datasets/familyRegisterEntry.ts';
import type { ResidentId } from '#templates/datasets/residentRegister.ts';
import type { SealRegistrationEntry } from '#templates/datasets/sealRegistration.ts';
import type { CenterTransaction } from '../database/connect.ts';
import type { RegisterFeed } from './feed.ts';
import { enterRow, touchRowsWith } from './registerRows.ts';

/**
 * Enters the rows, always in this order: a certificate that is being entered holds its rows in the same one
 * (snapshot.ts), so neither waits for the other in a circle. `touched` are residents about whom something else changed.
 */
export async function enterRegisters(
  tx: CenterTransaction,
  feed: RegisterFeed,
  touched: readonly ResidentId[],
): Promise<void> {
  for (const row of feed.seals) await enterSeal(tx, row);
  for (const row of feed.taxRecords) await enterRow(tx, 'tax_record', taxKey(row), row);
  for (const row of feed.taxPayments) await enterRow(tx, 'tax_payment', taxKey(row), row);
  for (const row of feed.familyRegisters) await enterFamilyRegister(tx, row);
  await checkMembers(tx, feed.familyRegisters);
  await touchRowsWith(tx, 'family_register', touched);
  for (const row of feed.addressHistories) {
    const { municipality, familyRegisterId } = row;
    await enterRow(tx, 'address_history', { municipality, family_register_id: familyRegisterId }, row);
  }
  await touchRowsWith(tx, 'address_history', touched);
}

/**
 * A cancelled seal (廃印) stays cancelled, and one that another has replaced (改印) stays replaced: a late message that the
 * earlier registration is active brings it back in neither case (operations.md 7.1, incidents 5 to 7). A cancellation is
 * never late; a later registration takes the place of any.
 */
async function enterSeal(tx: CenterTransaction, row: SealRegistrationEntry): Promise<void> {
  const { municipality, residentId } = row;
  const isLate = sql<boolean>`
    excluded.entry->>'status' = 'active'
    and (excluded.entry->>'registeredOn' < seal_registration.entry->>'registeredOn'
      or (seal_registration.entry->>'status' = 'cancelled'
        and excluded.entry->>'registeredOn' = seal_registration.entry->>'registeredOn'))`;
  await enterRow(tx, 'seal_registration', { municipality, resident_id: residentId }, row, isLate);
}

function taxKey({ municipality, residentId, taxYear }: RegisterFeed['taxRecords' | 'taxPayments'][number]) {
  return { municipality, resident_id: residentId, tax_year: taxYear };
}

async function enterFamilyRegister(tx: CenterTransaction, row: FamilyRegisterEntry): Promise<void> {
  const { municipality, familyRegisterId } = row;
  await enterRow(tx, 'family_register', { municipality, id: familyRegisterId }, row);
  await tx
    .deleteFrom('family_register_member')
    .where('municipality', '=', municipality)
    .where('family_register_id', '=', familyRegisterId)
    .execute();
  for (const residentId of registerHolders(row)) {
    await tx
      .insertInto('family_register_member')
      .values({ municipality, resident_id: residentId, family_register_id: familyRegisterId })
      .onConflict((conflict) =>
        conflict
          .columns(['municipality', 'resident_id'])
          .doUpdateSet({ family_register_id: familyRegisterId }),
      )
      .execute();
  }
}

/** One person stands on one 戸籍: a feed that says two is wrong about one of them, and nobody knows about which. */
async function checkMembers(tx: CenterTransaction, rows: readonly FamilyRegisterEntry[]): Promise<void> {
  for (const row of rows) {
    const { municipality, familyRegisterId } = row;
    const holders = registerHolders(row);
    const { count } = await tx
      .selectFrom('family_register_member')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('municipality', '=', municipality)
      .where('family_register_id', '=', familyRegisterId)
      .executeTakeFirstOrThrow();
    if (count !== holders.length) {
      throw new Error(`a resident stands on family register ${familyRegisterId} and on another one`);
    }
  }
}
