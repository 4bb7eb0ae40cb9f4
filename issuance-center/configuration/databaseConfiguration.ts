/**
 * Configuration over the database. What is in force is asked for every time; what a version says never changes, so parsed
 * versions are kept, the least recently used of them forgotten first.
 */
import type { Templates } from '#templates/load.ts';
import type { MunicipalityProfile } from '#templates/profileSchema.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import type { CertificateFont } from '../documents/font.ts';
import { characterFontOf, fontsWith } from '../documents/municipalFonts.ts';
import { outlinesOf } from '../documents/outlines.ts';
import type { Configuration, InForce, MunicipalityName } from './configuration.ts';
import { readVersion } from './municipalTemplates.ts';
import { stopsOf } from './stops.ts';

/** Parsed versions kept, some 50 kB each: more than the municipalities whose residents come within minutes. */
const KEPT_VERSIONS = 512;
const MINUTE_MS = 60_000;

type Version = Omit<InForce, 'stops'>;

export function databaseConfiguration(
  db: CenterDatabase,
  common: Templates,
  font: CertificateFont,
): Configuration {
  const fonts = fontsWith(font);
  const kept = new Map<string, Version>();
  const versionOf = async (
    asking: CenterDatabase | CenterTransaction,
    municipality: MunicipalityCode,
    number: number,
  ): Promise<Version> => {
    const key = `${municipality} ${number}`;
    const known = kept.get(key) ?? (await loadVersion(asking, common, municipality, number, fonts));
    kept.delete(key);
    kept.set(key, known);
    if (kept.size > KEPT_VERSIONS) kept.delete(kept.keys().next().value!);
    return known;
  };
  const everyProfile = rememberedForAMinute(async (now) => {
    const rows = await allInForce(db, now);
    const versions: Version[] = [];
    for (const { municipality, number } of rows) {
      versions.push(await versionOf(db, municipality as MunicipalityCode, number));
    }
    return versions.map(({ profile }) => profile);
  });
  return {
    common: withoutMunicipalities(common),
    inForce: async (asking, municipality, now) => {
      const number = await numberInForce(asking, municipality, now);
      const stops = await stopsOf(asking, municipality);
      return number === undefined ? undefined : { ...(await versionOf(asking, municipality, number)), stops };
    },
    everyProfile,
    names: () => namesOf(db),
  };
}

function withoutMunicipalities({ kinds, layouts }: Templates): Templates {
  const none = { profiles: new Map(), seals: new Map(), characterFonts: new Map() };
  return Object.freeze({ kinds, layouts, ...none });
}

async function loadVersion(
  db: CenterDatabase | CenterTransaction,
  common: Templates,
  municipality: MunicipalityCode,
  number: number,
  fonts: ReturnType<typeof fontsWith>,
): Promise<Version> {
  const row = await db
    .selectFrom('profile_version')
    .select('profile')
    .where('municipality', '=', municipality)
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  const read = await readVersion(db, common, municipality, row.profile);
  if (read.kind === 'faults') {
    const places = read.faults.map(({ path }) => path).join(', ');
    throw new Error(
      `version ${number} of ${municipality} cannot be used with these kinds and layouts: ${places}`,
    );
  }
  const { profile, templates } = read;
  const own = fonts(characterFontOf(templates, municipality));
  return {
    municipality,
    version: number,
    profile,
    templates,
    font: own,
    canDraw: own.canDraw,
    outlines: (name) => outlinesOf(own, name),
  };
}

/** The approved version whose time has come last; of two at one time the later number. */
export async function numberInForce(
  db: CenterDatabase | CenterTransaction,
  municipality: MunicipalityCode,
  now: number,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('profile_version')
    .select('number')
    .where('municipality', '=', municipality)
    .where('state', '=', 'approved')
    .where('effective_at', '<=', new Date(now))
    .orderBy('effective_at', 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.number;
}

function allInForce(db: CenterDatabase, now: number) {
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

async function namesOf(db: CenterDatabase): Promise<readonly MunicipalityName[]> {
  const rows = await db.selectFrom('municipality').selectAll().orderBy('code').execute();
  return rows.map(({ code, prefecture, name }) => ({
    municipality: code as MunicipalityCode,
    name: `${prefecture}${name}`,
  }));
}

/** One answer for every question of the same minute: kiosks ask for the idle screen all day long. */
function rememberedForAMinute(
  ask: (now: number) => Promise<readonly MunicipalityProfile[]>,
): (now: number) => Promise<readonly MunicipalityProfile[]> {
  let last: { readonly minute: number; readonly answer: Promise<readonly MunicipalityProfile[]> } | undefined;
  return (now) => {
    const minute = Math.floor(now / MINUTE_MS);
    if (last?.minute === minute) return last.answer;
    const answer = ask(now);
    last = { minute, answer };
    answer.catch(() => (last = undefined));
    return answer;
  };
}
