/**
 * The demo's municipalities as sources of their registers: each with its own client certificate, over the center's feed
 * door, a full load at every start and after it once a minute that nothing has changed.
 */
import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { feedCredential, type FeedAnswer, type FeedCredential } from '#center/contract/feedDoor.ts';
import type { CenterDatabase } from '#center/database/connect.ts';
import { centerKeys } from '#center/kiosks/centerKeys.ts';
import { admitFeedClient, enrolFeedClient } from '#center/registers/door/feedClients.ts';
import { feedHttp, type FeedHttp } from '#center/registers/door/feedHttp.ts';
import type { Clock, MunicipalityCode } from '#templates/vocabulary.ts';
import {
  byMunicipality,
  feedRegisters,
  loadText,
  type FeedParts,
} from '#simulators/municipality/feedParts.ts';
import { demoMunicipalities } from '#simulators/municipality/residents.ts';

const CLIENT_ID = 'demo-office';

export interface FeedStore {
  readonly db: CenterDatabase;
  readonly dataDir: string;
  readonly feedUrl: string;
}

/** One client for each municipality; what `npm run registers:import` looks for is kept in DATA_DIR/feed. */
export async function feedClients(store: FeedStore): Promise<ReadonlyMap<MunicipalityCode, FeedHttp>> {
  mkdirSync(join(store.dataDir, 'feed'), { recursive: true, mode: 0o700 });
  const clients = new Map<MunicipalityCode, FeedHttp>();
  for (const municipality of demoMunicipalities) {
    const file = join(store.dataDir, 'feed', `${municipality}.json`);
    const credential = (await knownCredential(store, file)) ?? (await newCredential(store, municipality));
    writeFileSync(file, JSON.stringify(credential, null, 2), { mode: 0o600 });
    clients.set(municipality, feedHttp(credential));
  }
  return clients;
}

/** A client keeps its certificate over restarts, wherever the center listens this time. */
async function knownCredential(
  { db, feedUrl }: FeedStore,
  file: string,
): Promise<FeedCredential | undefined> {
  if (!existsSync(file)) return undefined;
  const known = feedCredential.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!known.success) return undefined;
  const { raw } = new X509Certificate(known.data.certificate);
  const fingerprint = createHash('sha256').update(raw).digest('hex');
  const { kind } = await admitFeedClient(db, fingerprint, Date.now());
  return kind === 'admitted' ? { ...known.data, feedUrl } : undefined;
}

async function newCredential(
  { db, dataDir, feedUrl }: FeedStore,
  municipality: MunicipalityCode,
): Promise<FeedCredential> {
  const now = Date.now();
  const keys = await centerKeys(dataDir, now);
  const client = { municipality, clientId: CLIENT_ID };
  const credential = await enrolFeedClient({ db, keys, feedUrl, now }, client, 'operator');
  if (!credential) throw new Error(`the demo's municipality ${municipality} has not joined`);
  return credential;
}

type Clients = ReadonlyMap<MunicipalityCode, FeedHttp>;

/** Every register of every municipality, the empty ones too. Throws with the reason of the first refusal. */
export async function loadRegisters(clients: Clients, parts: FeedParts, now: number): Promise<void> {
  const groups = byMunicipality(parts, () => undefined, demoMunicipalities[0]!);
  // of the machine's clock, not the demo's: whatever day is played, what is sent later is the later version
  const version = Math.floor(Date.now() / 1000);
  // the registers of one municipality stand on each other; those of two do not
  await Promise.all(
    [...clients].map(async ([municipality, http]) => {
      for (const register of feedRegisters) {
        const own = groups.find((one) => one.register === register && one.municipality === municipality);
        const order = { stream: randomUUID(), seq: 0, version, until: now };
        const body = loadText(own?.rows ?? [], order);
        const answer = await http.send(register, { call: 'load', body });
        if (answer.kind !== 'entered')
          throw new Error(`${municipality} ${register}: ${refusalWords(answer)}`);
      }
    }),
  );
}

function refusalWords(answer: FeedAnswer): string {
  if (answer.kind === 'faults') {
    return answer.faults.map(({ line, path, reason }) => `${line} ${path}: ${reason}`).join('; ');
  }
  return 'reason' in answer ? answer.reason : answer.kind;
}

/** Nothing has changed until now, in any register that stands without a gap. */
export async function sendHeartbeats(clients: Clients, clock: Clock): Promise<void> {
  for (const http of clients.values()) {
    for (const register of feedRegisters) {
      const standing = await http.standing(register);
      if (standing.kind !== 'loaded') continue;
      const { stream, nextSeq } = standing;
      const until = new Date(clock()).toISOString();
      const header = { kind: 'events', stream, from: nextSeq, count: 0, until };
      await http.send(register, { call: 'events', body: `${JSON.stringify(header)}\n` });
    }
  }
}

/**
 * A demo may play an earlier day than the last one on this data did. No municipality can take back what it has sent, and
 * no door lets it: what only a later day knows is forgotten here, beside the center.
 */
export async function forgetLaterDays(db: CenterDatabase, now: number): Promise<void> {
  const later = await db
    .selectFrom('register_stream')
    .select('register')
    .where('municipality', 'in', demoMunicipalities)
    .where('fed_until', '>', new Date(now))
    .limit(1)
    .executeTakeFirst();
  if (!later) return;
  await db.deleteFrom('register_stream').where('municipality', 'in', demoMunicipalities).execute();
  await db.deleteFrom('register_row').where('municipality', 'in', demoMunicipalities).execute();
  // an earlier registration would be a late message
  await db.deleteFrom('seal_registration').execute();
}
