/** `npm run feed:enrol -- --municipality 990012 --id office-1 --out file [--url https://center:8444]` */
import { writeFileSync } from 'node:fs';
import { municipalityCode } from '#templates/vocabulary.ts';
import { runCommand } from '../../database/command.ts';
import { centerKeys } from '../../kiosks/centerKeys.ts';
import { enrolFeedClient } from './feedClients.ts';

const USAGE =
  'usage: feed:enrol -- --municipality <code> --id <client id> --out <file> [--url <feed url of the center>]';

await runCommand(['municipality', 'id', 'out', 'url'], async ({ db, place, options }) => {
  const { municipality, id, out, url = `https://${place.host}:${place.feedPort}` } = options;
  if (!municipality || !id || !out) throw new Error(USAGE);
  const code = municipalityCode.safeParse(municipality);
  if (!code.success) throw new Error(`not a municipality code: ${municipality}`);
  const now = Date.now();
  const keys = await centerKeys(place.dataDir, now, place.host);
  const client = { municipality: code.data, clientId: id };
  const credential = await enrolFeedClient({ db, keys, feedUrl: url, now }, client, 'operator');
  if (!credential) throw new Error(`${municipality} has not joined (npm run municipality:join)`);
  writeFileSync(out, `${JSON.stringify(credential, null, 2)}\n`, { mode: 0o600 });
  process.stdout.write(`feed client ${municipality}/${id} enrolled: ${out}\n`);
});
