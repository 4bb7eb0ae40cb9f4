/** The rows a registration rests on: 戸籍, 附票, itself, and the tie of its card to the holder. */
import type { CenterTransaction } from '../database/connect.ts';
import type { Registration } from '../domicile/registrations.ts';

/** The rows, with one text that changes when one of them does. */
export async function registeredRows(
  tx: CenterTransaction,
  { id, municipality, familyRegisterId, issuerKeyId, serial }: Registration,
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
  const link = await tx
    .selectFrom('certificate_link')
    .select('resident_id')
    .where('issuer_key_id', '=', issuerKeyId)
    .where('serial', '=', serial)
    .$if(hold, (query) => query.forShare())
    .executeTakeFirst();
  const revisions = [
    registration?.id ?? null,
    link?.resident_id ?? null,
    familyRegister?.revision ?? null,
    addressHistory?.revision ?? null,
  ];
  return {
    familyRegister,
    addressHistory,
    linkedId: link?.resident_id,
    revisions: JSON.stringify(revisions),
  };
}
