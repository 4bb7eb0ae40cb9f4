/** `npm run feed:revoke -- --municipality 990012 --id office-1`: the client is refused from its next request on. */
import { municipalityCode } from '#templates/vocabulary.ts';
import { runCommand } from '../../database/command.ts';
import { revokeFeedClient } from './feedClients.ts';

await runCommand(['municipality', 'id'], async ({ db, options }) => {
  const { municipality, id } = options;
  const code = municipalityCode.safeParse(municipality);
  if (!code.success || !id) throw new Error('usage: feed:revoke -- --municipality <code> --id <client id>');
  const client = { municipality: code.data, clientId: id };
  if (!(await revokeFeedClient(db, client, 'operator', Date.now()))) {
    throw new Error(`no feed client ${municipality}/${id} in service`);
  }
  process.stdout.write(`feed client ${municipality}/${id} revoked\n`);
});
