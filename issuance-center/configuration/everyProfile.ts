/**
 * What every municipality offers now, for the idle screen. Asked by every kiosk all day long: one answer for every question
 * of the same minute, and of 1,741 municipalities only those are read again whose version has changed.
 */
import { deepFreeze } from '#templates/load.ts';
import { municipalityProfile, type MunicipalityProfile } from '#templates/profileSchema.ts';
import type { CenterDatabase } from '../database/connect.ts';

const MINUTE_MS = 60_000;
/** Read at once: the process goes on answering between two batches. */
const BATCH = 50;

type Profiles = readonly MunicipalityProfile[];
interface KnownVersion {
  readonly number: number;
  /** undefined: not readable with the kinds of this release. Its own municipality is told; the others' screens go on. */
  readonly profile: MunicipalityProfile | undefined;
}

export function everyProfileOf(db: CenterDatabase): (now: number) => Promise<Profiles> {
  let known: ReadonlyMap<string, KnownVersion> = new Map();
  return oncePerMinute(async (now) => {
    const rows = await allInForce(db, now);
    const unread = rows.filter(({ municipality, number }) => known.get(municipality)?.number !== number);
    const fresh = new Map<string, KnownVersion>();
    for (let from = 0; from < unread.length; from += BATCH) {
      await readInto(fresh, db, unread.slice(from, from + BATCH));
    }
    known = new Map(
      rows.flatMap(({ municipality }) => {
        const version = fresh.get(municipality) ?? known.get(municipality);
        return version ? [[municipality, version] as const] : [];
      }),
    );
    return [...known.values()].flatMap(({ profile }) => profile ?? []);
  });
}

interface VersionKey {
  readonly municipality: string;
  readonly number: number;
}

async function readInto(
  found: Map<string, KnownVersion>,
  db: CenterDatabase,
  keys: readonly VersionKey[],
): Promise<void> {
  const rows = await db
    .selectFrom('profile_version')
    .select(['municipality', 'number', 'profile'])
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('municipality', 'number'),
        'in',
        keys.map(({ municipality, number }) => tuple(municipality, number)),
      ),
    )
    .execute();
  for (const { municipality, number, profile } of rows) {
    const parsed = municipalityProfile.safeParse(JSON.parse(profile));
    found.set(municipality, { number, profile: parsed.success ? deepFreeze(parsed.data) : undefined });
  }
}

function allInForce(db: CenterDatabase, now: number): Promise<VersionKey[]> {
  return db
    .selectFrom('profile_version')
    .select(['municipality', 'number'])
    .distinctOn('municipality')
    .where('state', '=', 'approved')
    .where('effective_at', '<=', new Date(now))
    .orderBy('municipality')
    .orderBy('effective_at', 'desc')
    .orderBy('number', 'desc')
    .execute();
}

function oncePerMinute(ask: (now: number) => Promise<Profiles>): (now: number) => Promise<Profiles> {
  let last: { readonly minute: number; readonly answer: Promise<Profiles> } | undefined;
  return (now) => {
    const minute = Math.floor(now / MINUTE_MS);
    if (last?.minute === minute) return last.answer;
    const answer = ask(now);
    last = { minute, answer };
    answer.catch(() => (last = undefined));
    return answer;
  };
}
