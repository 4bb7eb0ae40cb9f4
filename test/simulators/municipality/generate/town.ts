/** What the generator takes from a municipality's profile and from the demo's pictures of seals. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { loadTemplates, templatesDirectory } from '#templates/load.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { SEAL_DPI } from '../seals/designs.ts';
import type { Town } from './household.ts';

const pictures = new URL('../seals/', import.meta.url);

/** Throws for a municipality without a profile of the demo. `issuerKeyId`: of the CA the certificates name; absent: a made-up one. */
export function townOf(code: MunicipalityCode, issuerKeyId?: string): Town {
  const profile = loadTemplates(templatesDirectory).profiles.get(code)?.value;
  if (!profile) throw new Error(`no profile of municipality ${code}`);
  const towns = profile.towns?.map(({ name }) => name) ?? ['本町', '中央町'];
  return {
    code,
    name: `${profile.prefecture}${profile.name}`,
    towns,
    issuerKeyId: issuerKeyId ?? createHash('sha256').update('demo:generate').digest('hex'),
    seals: readdirSync(pictures)
      .filter((name) => name.endsWith('.png'))
      .map((name) => readFileSync(new URL(name, pictures)).toString('base64')),
    sealDpi: SEAL_DPI,
  };
}
