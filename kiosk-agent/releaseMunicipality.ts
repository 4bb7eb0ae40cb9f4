/**
 * `npm run kiosk:release -- 992011`: lets a municipality be issued on this kiosk again after the finding of SAFE-01 was
 * cleared up. Run by the operator while the agent is stopped; the store's staff cannot do it.
 */
import { join, resolve } from 'node:path';
import { municipalityCode } from '#templates/vocabulary.ts';
import { openJournal } from './transaction/journal.ts';

const parsed = municipalityCode.safeParse(process.argv[2]);
const file = join(resolve(process.env.DATA_DIR ?? '.data'), 'kiosk', 'journal.sqlite');
const opened = openJournal(file, Date.now);
if (!parsed.success || opened.kind !== 'open') {
  const why = parsed.success
    ? `${file} cannot be opened; stop the agent first`
    : 'expected a six-digit municipality code';
  process.stderr.write(`${why}\n`);
  process.exitCode = 2;
} else {
  const { stopped } = opened.journal.notes();
  opened.journal.note({ stopped: stopped.filter((code) => code !== parsed.data) });
  const found = stopped.includes(parsed.data);
  process.stderr.write(found ? `released: ${parsed.data}\n` : `${parsed.data} was not stopped\n`);
  opened.journal.close();
}
