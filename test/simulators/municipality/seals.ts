/**
 * The demo municipalities' seal registers: pictures of `seals/`, one registration per resident at most. Names, birth dates
 * and addresses are not here: they are the resident register's.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sealRegistrationEntry, type SealRegistrationEntry } from '#templates/datasets/sealRegistration.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import { resolveDates } from './relativeDate.ts';
import { SEAL_DPI } from './seals/designs.ts';

const dataFile = z.array(z.looseObject({ seal: z.string().regex(/^[a-z-]+$/) }));

/** Every row of the three seal registers as it stands on `today`, 廃印 included. Throws when a row breaks the schema. */
export function demoSeals(today: CivilDate): readonly SealRegistrationEntry[] {
  const text = readFileSync(new URL('seals.json', import.meta.url), 'utf8');
  return dataFile.parse(resolveDates(JSON.parse(text), today)).map(({ seal, ...row }) =>
    sealRegistrationEntry.parse({
      status: 'active',
      ...row,
      imprint: { png: pictureOf(seal), dpi: SEAL_DPI },
    }),
  );
}

const pictureOf = (seal: string): string =>
  readFileSync(new URL(`seals/${seal}.png`, import.meta.url)).toString('base64');
