/** `npm run kiosk:enrol -- --id store-001 --out file [--url https://center:8443]`: a certificate of its own for one kiosk. */
import { writeFileSync } from 'node:fs';
import { centerKeys } from './centerKeys.ts';
import { runCommand } from '../database/command.ts';
import { enrolKiosk } from './kioskRegister.ts';

await runCommand(['id', 'out', 'url'], async ({ db, place, options }) => {
  const { id, out, url = `https://${place.host}:${place.port}` } = options;
  if (!id || !out) throw new Error('usage: kiosk:enrol -- --id <kiosk id> --out <file> [--url <center url>]');
  const now = Date.now();
  const keys = await centerKeys(place.dataDir, now, place.host);
  const enrolment = await enrolKiosk({ db, keys, centerUrl: url, now }, id);
  writeFileSync(out, `${JSON.stringify(enrolment, null, 2)}\n`, { mode: 0o600 });
  process.stdout.write(`kiosk ${id} enrolled: ${out}\n`);
});
