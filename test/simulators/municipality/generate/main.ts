/**
 * `npm run demo:generate -- --residents 100000 --seed 1 [--municipality 992011] [--out <folder>] [--today YYYY-MM-DD]`:
 * writes the seven registers of a municipality of that size, to be entered with `npm run registers:import`. Nobody in it
 * exists. Progress on stderr, one JSON object on stdout.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { civilMoment } from '#templates/civilTime.ts';
import { civilDate, municipalityCode, type MunicipalityCode } from '#templates/vocabulary.ts';
import { townOf } from './town.ts';
import { writeRegisters } from './writeRegisters.ts';

const USAGE =
  'usage: demo:generate -- --residents <1..2000000> --seed <number> [--municipality <code>] [--out <folder>] [--today <YYYY-MM-DD>]';
const wish = z.object({
  residents: z.coerce.number().int().min(1).max(2_000_000),
  seed: z.coerce.number().int().default(1),
  municipality: municipalityCode.default('992011' as MunicipalityCode),
  out: z.string().default('.data/generated'),
  today: civilDate.optional(),
});
const BAR = 40;

try {
  const options = ['residents', 'seed', 'municipality', 'out', 'today'];
  const { values } = parseArgs({
    options: Object.fromEntries(options.map((name) => [name, { type: 'string' as const }])),
  });
  const { residents, seed, municipality, out, today } = wish.parse(values);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stop.abort(new Error('stopped: no file was written')));
  const now = Date.now();
  const written = await writeRegisters({
    town: townOf(municipality),
    residents,
    seed,
    folder: join(out, municipality),
    today: today ?? civilMoment(now).date,
    until: now - 1_000,
    signal: stop.signal,
    onProgress: (made) => progress(Math.min(1, made / residents), made),
  });
  process.stderr.write('\n');
  process.stdout.write(`${JSON.stringify(written)}\n`);
} catch (error) {
  const reason =
    error instanceof z.ZodError ? `${USAGE}\n${z.prettifyError(error)}` : (error as Error).message;
  process.stderr.write(`\n${reason}\n`);
  process.exitCode = 2;
}

function progress(share: number, made: number): void {
  const done = Math.round(share * BAR);
  process.stderr.write(`\r[${'#'.repeat(done)}${' '.repeat(BAR - done)}] ${made} residents`);
}
