/**
 * Which resident a 利用者証明用電子証明書 belongs to. JPKI certificates carry no name: issuer and serial are the only
 * link, and one pair can name one resident only (primary key).
 */
import type { ResidentId } from '#templates/datasets/residentRegister.ts';
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import type { CenterDatabase } from '../database/connect.ts';
import { applyDueEverywhere } from './pending.ts';

export interface LinkedResident {
  readonly residentId: ResidentId;
  /** where the resident is registered */
  readonly municipality: MunicipalityCode;
  /** the day the link was made; certificates are issued from the next day on */
  readonly registeredOn: CivilDate;
}

/**
 * `issuerKeyId`: SHA-256 of the CA's SPKI, hex; `serial`: lower case hex. Undefined when nobody is linked, or a change of
 * links that is due could not be applied yet.
 */
export async function findLinkedResident(
  db: CenterDatabase,
  issuerKeyId: string,
  serial: string,
  now: number,
): Promise<LinkedResident | undefined> {
  await applyDueEverywhere(db, now);
  const row = await db
    .selectFrom('certificate_link')
    .innerJoin('resident', 'resident.id', 'certificate_link.resident_id')
    .innerJoin('household', 'household.id', 'resident.household_id')
    .select(['resident.id', 'household.municipality', 'certificate_link.registered_on'])
    .where('issuer_key_id', '=', issuerKeyId)
    .where('serial', '=', serial)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('register_pending as pending')
            .select('pending.id')
            .whereRef('pending.municipality', '=', 'household.municipality')
            .where('pending.register', '=', 'certificate-link')
            .where('pending.effective_at', '<=', new Date(now)),
        ),
      ),
    )
    // a link that its source does not know ties nobody
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('register_difference')
            .select('key')
            .where('entity', '=', 'certificate-link')
            .where('key', '=', `${issuerKeyId}/${serial}`),
        ),
      ),
    )
    // nor does one that the counter contradicts: a card is one person's
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('seal_card')
            .select('seal_card.id')
            .where('seal_card.issuer_key_id', '=', issuerKeyId)
            .where('seal_card.serial', '=', serial)
            .where('seal_card.ended_at', 'is', null)
            .whereRef('seal_card.municipality', '=', 'household.municipality')
            .whereRef('seal_card.resident_id', '<>', 'resident.id'),
        ),
      ),
    )
    .executeTakeFirst();
  return (
    row && {
      residentId: row.id as ResidentId,
      municipality: row.municipality as MunicipalityCode,
      registeredOn: row.registered_on as CivilDate,
    }
  );
}
