/**
 * Configuration over the database. What is in force is asked for every time; what a version says never changes, so parsed
 * versions are kept, the least recently used of them forgotten first.
 */
import type { Templates } from '#templates/load.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import type { CertificateFont } from '../documents/font.ts';
import { characterFontOf, fontsWith, type FontsWith } from '../documents/municipalFonts.ts';
import { outlinesOf } from '../documents/outlines.ts';
import type { Configuration, InForce, MunicipalityName } from './configuration.ts';
import { everyProfileOf } from './everyProfile.ts';
import { keptByWeight } from './keptVersions.ts';
import { readVersion } from './municipalTemplates.ts';
import { stopsOf } from './stops.ts';

/** Every municipality of Japan (1,741 of some 100 kB), or forty of them with fonts of their own. */
const KEPT_BYTES = 320 * 1024 * 1024;
/** Parsed JSON, frozen, takes several times its text. */
const PARSED_PER_CHARACTER = 8;

type Version = Omit<InForce, 'stops'>;

export function databaseConfiguration(
  db: CenterDatabase,
  common: Templates,
  font: CertificateFont,
): Configuration {
  const fonts = fontsWith(font);
  const kept = keptByWeight<Version>(KEPT_BYTES);
  const versionOf = async (
    asking: CenterDatabase | CenterTransaction,
    municipality: MunicipalityCode,
    number: number,
  ): Promise<Version> => {
    const key = `${municipality} ${number}`;
    const known = kept.get(key);
    if (known) return known;
    const { version, bytes } = await loadVersion(asking, common, municipality, number, fonts);
    kept.put(key, version, bytes);
    return version;
  };
  return {
    common: withoutMunicipalities(common),
    inForce: async (asking, municipality, now) => {
      const number = await numberInForce(asking, municipality, now);
      const stops = await stopsOf(asking, municipality);
      return number === undefined ? undefined : { ...(await versionOf(asking, municipality, number)), stops };
    },
    everyProfile: everyProfileOf(db),
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
  fonts: FontsWith,
): Promise<{ readonly version: Version; readonly bytes: number }> {
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
  const outlines = (name: string) => outlinesOf(own, name);
  const version = {
    municipality,
    version: number,
    profile,
    templates,
    font: own,
    canDraw: own.canDraw,
    outlines,
  };
  const files =
    [...templates.seals.values()].reduce((sum, { value }) => sum + value.rows.length, 0) +
    [...templates.characterFonts.values()].reduce((sum, { value }) => sum + value.length, 0);
  return { version, bytes: row.profile.length * PARSED_PER_CHARACTER + files };
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

async function namesOf(db: CenterDatabase): Promise<readonly MunicipalityName[]> {
  const rows = await db.selectFrom('municipality').selectAll().orderBy('code').execute();
  return rows.map(({ code, prefecture, name }) => ({
    municipality: code as MunicipalityCode,
    name: `${prefecture}${name}`,
  }));
}
