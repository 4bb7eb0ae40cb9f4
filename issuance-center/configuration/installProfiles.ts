/**
 * Municipalities that come as files (the demo's, a test's) joined with their profile as version 1, in force since long ago.
 * A municipality that has a version already keeps what it has.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templatesDirectory, type Templates } from '#templates/load.ts';
import type { MunicipalityProfile } from '#templates/profileSchema.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import { assetName } from './assets.ts';
import { joinMunicipality } from './joinMunicipality.ts';
import { sha256 } from './municipalTemplates.ts';

/** Before every day a demo can play. */
const LONG_AGO = new Date('2000-01-01T00:00:00+09:00');

/** `directory`: where the templates were loaded from. */
export async function installProfiles(
  db: CenterDatabase,
  { profiles }: Pick<Templates, 'profiles'>,
  now: number,
  directory: string = templatesDirectory,
): Promise<void> {
  for (const { value } of profiles.values()) {
    await db.transaction().execute((tx) => install(tx, value, now, directory));
  }
}

async function install(
  tx: CenterTransaction,
  profile: MunicipalityProfile,
  now: number,
  directory: string,
): Promise<void> {
  const { municipality, prefecture, name } = profile;
  await joinMunicipality(tx, { municipality, prefecture, name }, now);
  const known = await tx
    .selectFrom('profile_version')
    .select('number')
    .where('municipality', '=', municipality)
    .limit(1)
    .executeTakeFirst();
  if (known) return;
  const renamed = new Map<string, string>();
  const add = async (kind: 'seal' | 'character-font', file: string, folder: string) => {
    const bytes = readFileSync(join(directory, 'profiles', folder, file));
    const own = assetName(municipality, kind, bytes);
    renamed.set(file, own);
    const row = { municipality, name: own, kind, bytes, digest: sha256(bytes) };
    await tx
      .insertInto('municipality_asset')
      .values({ ...row, created_by: 'operator', created_at: LONG_AGO })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  };
  for (const { image } of profile.seal) await add('seal', image, 'seals');
  if (profile.characterFont) await add('character-font', profile.characterFont, 'fonts');
  const text = JSON.stringify({
    ...profile,
    seal: profile.seal.map((entry) => ({ ...entry, image: renamed.get(entry.image)! })),
    ...(profile.characterFont && { characterFont: renamed.get(profile.characterFont)! }),
  });
  await tx
    .insertInto('profile_version')
    .values({
      municipality,
      number: 1,
      state: 'approved',
      profile: text,
      digest: sha256(text),
      base: null,
      created_by: 'operator',
      created_at: LONG_AGO,
      effective_at: LONG_AGO,
    })
    .execute();
}
