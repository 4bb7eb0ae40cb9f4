/**
 * One version of a municipality's profile as templates: every kind and layout there is, and this municipality's profile,
 * seals and font only. Read from the database, validated, frozen and digested as files are.
 */
import { createHash } from 'node:crypto';
import { readCharacterFont } from '#templates/characterFont.ts';
import { deepFreeze, type Loaded, type Templates } from '#templates/load.ts';
import { profileFaults } from '#templates/profileChecks.ts';
import { municipalityProfile, type MunicipalityProfile } from '#templates/profileSchema.ts';
import { readSealImage, type SealImage } from '#templates/sealImage.ts';
import { inJapanese, schemaFaults } from '#templates/templateFault.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';

type Database = CenterDatabase | CenterTransaction;
export type CommonTemplates = Pick<Templates, 'kinds' | 'layouts'>;

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** `path` within the profile; the reason is for municipal staff. */
export interface VersionFault {
  readonly path: string;
  readonly reason: string;
}

export type ReadVersion =
  | { readonly kind: 'usable'; readonly profile: MunicipalityProfile; readonly templates: Templates }
  | { readonly kind: 'faults'; readonly faults: readonly VersionFault[] };

/** Reads a version's text with the municipality's assets. All faults are found, not the first. */
export async function readVersion(
  db: Database,
  common: CommonTemplates,
  municipality: MunicipalityCode,
  text: string,
): Promise<ReadVersion> {
  const parsed = municipalityProfile.safeParse(JSON.parse(text), { error: inJapanese });
  if (!parsed.success) {
    return {
      kind: 'faults',
      faults: schemaFaults('', parsed.error).map(({ path, reason }) => ({ path, reason })),
    };
  }
  const profile = deepFreeze(parsed.data);
  if (profile.municipality !== municipality) {
    const reason = '団体コードが、この市区町村のものではありません';
    return { kind: 'faults', faults: [{ path: 'municipality', reason }] };
  }
  const templates = await templatesOf(db, common, profile, sha256(text));
  const faults = profileFaults(profile, templates);
  return faults.length > 0 ? { kind: 'faults', faults } : { kind: 'usable', profile, templates };
}

/** A name that no asset stands under is missing from the result; profileFaults says so. */
async function templatesOf(
  db: Database,
  { kinds, layouts }: CommonTemplates,
  profile: MunicipalityProfile,
  digest: string,
): Promise<Templates> {
  const names = [
    ...profile.seal.map(({ image }) => image),
    ...(profile.characterFont ? [profile.characterFont] : []),
  ];
  const rows = await db
    .selectFrom('municipality_asset')
    .select(['name', 'kind', 'bytes', 'digest'])
    .where('municipality', '=', profile.municipality)
    .where('name', 'in', names)
    .execute();
  const seals = new Map<string, Loaded<SealImage>>();
  const characterFonts = new Map<string, Loaded<Uint8Array<SharedArrayBuffer>>>();
  for (const row of rows) {
    if (sha256(row.bytes) !== row.digest) throw new Error(`asset ${row.name} is not what was uploaded`);
    if (row.kind === 'seal') seals.set(row.name, { value: readSealImage(row.bytes), digest: row.digest });
    else characterFonts.set(row.name, { value: readCharacterFont(row.bytes), digest: row.digest });
  }
  const profiles = new Map([[profile.municipality, { value: profile, digest }]]);
  return Object.freeze({ kinds, layouts, profiles, seals, characterFonts });
}
