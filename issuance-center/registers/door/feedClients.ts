/**
 * Who may feed a municipality's registers. Looked up for every request by the certificate's fingerprint in a table of its
 * own: a kiosk's certificate is in none of its rows, and a revoked client is out with its next request.
 */
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../../audit/chain.ts';
import { feedClientId, type FeedCredential } from '../../contract/feedDoor.ts';
import type { CenterDatabase } from '../../database/connect.ts';
import type { CenterKeys } from '../../kiosks/centerKeys.ts';

export interface FeedClient {
  readonly municipality: MunicipalityCode;
  readonly clientId: string;
}
export type FeedAdmission =
  | { readonly kind: 'admitted'; readonly client: FeedClient }
  | { readonly kind: 'refused'; readonly reason: 'unknown' | 'revoked' };

/** A heartbeat comes every minute or so from seven registers: when a client was last heard is written once a minute. */
const LAST_USED_STEP_MS = 60_000;

/** `fingerprint`: SHA-256 of the client certificate's DER, hex. */
export async function admitFeedClient(
  db: CenterDatabase,
  fingerprint: string,
  now: number,
): Promise<FeedAdmission> {
  const row = await db
    .selectFrom('feed_client')
    .select(['id', 'municipality', 'revoked_at', 'last_used_at'])
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst();
  if (!row) return { kind: 'refused', reason: 'unknown' };
  if (row.revoked_at) return { kind: 'refused', reason: 'revoked' };
  const lastUsed = row.last_used_at?.getTime() ?? -Infinity;
  if (Math.abs(now - lastUsed) >= LAST_USED_STEP_MS) {
    await db
      .updateTable('feed_client')
      .set({ last_used_at: new Date(now) })
      .where('fingerprint', '=', fingerprint)
      .execute();
  }
  const client = { municipality: row.municipality as MunicipalityCode, clientId: row.id };
  return { kind: 'admitted', client };
}

export interface EnrolFeedDeps {
  readonly db: CenterDatabase;
  readonly keys: Pick<CenterKeys, 'issueFeedCertificate' | 'caCertificate'>;
  /** the door as the municipality reaches it */
  readonly feedUrl: string;
  readonly now: number;
}

/**
 * Gives a client its own certificate and returns all it needs; the key is kept nowhere here. A client enrolled again gets
 * a new certificate and the old one stops working. Undefined for a municipality that has not joined. Throws RangeError
 * for an id that is none.
 */
export async function enrolFeedClient(
  { db, keys, feedUrl, now }: EnrolFeedDeps,
  { municipality, clientId }: FeedClient,
  by: string,
): Promise<FeedCredential | undefined> {
  if (!feedClientId.safeParse(clientId).success) {
    throw new RangeError('a client id is of lower case letters, digits and single hyphens, at most 64');
  }
  const joined = await db
    .selectFrom('municipality')
    .select('code')
    .where('code', '=', municipality)
    .executeTakeFirst();
  if (!joined) return undefined;
  // TLS compares with the machine's clock, whatever day a demo plays on
  const issued = await keys.issueFeedCertificate(municipality, clientId, Date.now());
  const { fingerprint, certificate, privateKey } = issued;
  const enrolled = { fingerprint, enrolled_at: new Date(now), enrolled_by: by, revoked_at: null };
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('feed_client')
      .values({ id: clientId, municipality, last_used_at: null, ...enrolled })
      .onConflict((conflict) =>
        conflict.columns(['municipality', 'id']).doUpdateSet({ ...enrolled, last_used_at: null }),
      )
      .execute();
    await appendAudit(tx, now, 'feed-client-enrolled', { municipality, clientId, staffId: by });
  });
  return { municipality, clientId, feedUrl, certificate, privateKey, serverCa: keys.caCertificate };
}

/** False when there is no such client in service. */
export async function revokeFeedClient(
  db: CenterDatabase,
  { municipality, clientId }: FeedClient,
  by: string,
  now: number,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const revoked = await tx
      .updateTable('feed_client')
      .set({ revoked_at: new Date(now) })
      .where('municipality', '=', municipality)
      .where('id', '=', clientId)
      .where('revoked_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!revoked) return false;
    await appendAudit(tx, now, 'feed-client-revoked', { municipality, clientId, staffId: by });
    return true;
  });
}
