/**
 * `npm run municipality-key:add -- --municipality <code> --from <YYYY-MM-DD>`: a new key for fronts of certificates issued
 * from that day on, tomorrow at the earliest. The center notices it by itself; the old public key stays published.
 */
import { civilMoment } from '#templates/civilTime.ts';
import { civilDate, municipalityCode } from '#templates/vocabulary.ts';
import { runCommand } from '../database/command.ts';
import { addMunicipalityKey } from './municipalityKeys.ts';
import { appendAudit } from '../audit/chain.ts';

await runCommand(['municipality', 'from'], async ({ db, place, options }) => {
  const municipality = municipalityCode.safeParse(options.municipality);
  const from = civilDate.safeParse(options.from);
  if (!municipality.success || !from.success) {
    throw new Error('usage: municipality-key:add -- --municipality <code> --from <YYYY-MM-DD>');
  }
  const id = addMunicipalityKey(place.dataDir, municipality.data, from.data, civilMoment(Date.now()).date);
  await appendAudit(db, Date.now(), 'municipality-key-added', {
    municipality: municipality.data,
    keyId: id,
    from: from.data,
  });
  process.stdout.write(`municipality ${municipality.data} signs with ${id} from ${from.data} on\n`);
});
