/** The rows a registration rests on: 戸籍, 附票, and itself. */
import type { CenterTransaction } from '../database/connect.ts';
import type { Registration } from '../domicile/registrations.ts';

/** The two rows and the registration, with one text that changes when one of them does. */
export async function registeredRows(
  tx: CenterTransaction,
  { id, municipality, familyRegisterId }: Registration,
  how: 'look' | 'hold',
) {
  const hold = how === 'hold';
  const registration = await tx
    .selectFrom('domicile_registration')
    .select('id')
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .$if(hold, (query) => query.forShare())
    .executeTakeFirst();
  const familyRegister = await tx
    .selectFrom('family_register')
    .select(['entry', 'revision'])
    .where('municipality', '=', municipality)
    .where('id', '=', familyRegisterId)
    .$if(hold, (query) => query.forShare())
    .executeTakeFirst();
  const addressHistory = await tx
    .selectFrom('address_history')
    .select(['entry', 'revision'])
    .where('municipality', '=', municipality)
    .where('family_register_id', '=', familyRegisterId)
    .$if(hold, (query) => query.forShare())
    .executeTakeFirst();
  const revisions = [
    registration?.id ?? null,
    familyRegister?.revision ?? null,
    addressHistory?.revision ?? null,
  ];
  return { familyRegister, addressHistory, revisions: JSON.stringify(revisions) };
}
