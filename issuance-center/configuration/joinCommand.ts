/**
 * `npm run municipality:join -- --code 131016 --prefecture 東京都 --name 千代田区`: from here on the municipality has staff,
 * registers and a key of its own. Exit 2 when it has joined before or the code is none.
 */
import { z } from 'zod';
import { municipalityCode } from '#templates/vocabulary.ts';
import { runCommand } from '../database/command.ts';
import { municipalityKeys } from '../verification/municipalityKeys.ts';
import { joinMunicipality } from './joinMunicipality.ts';

const joining = z.object({
  code: municipalityCode,
  prefecture: z.string().min(2).max(10),
  name: z.string().min(1).max(40),
});

await runCommand(['code', 'prefecture', 'name'], async ({ db, place, options }) => {
  const parsed = joining.safeParse(options);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    const usage = 'usage: municipality:join -- --code <six digits> --prefecture <都道府県> --name <市区町村>';
    throw new Error(`${usage}\n--${String(path[0])}: ${message}`);
  }
  const { code, prefecture, name } = parsed.data;
  await db.transaction().execute(async (tx) => {
    const joined = await joinMunicipality(tx, { municipality: code, prefecture, name }, Date.now());
    if (!joined) throw new Error(`municipality ${code} has joined already`);
    // within: one that has joined has a key
    municipalityKeys(place.dataDir, [code]);
  });
  process.stdout.write(`municipality ${code} ${prefecture}${name} joined\n`);
});
