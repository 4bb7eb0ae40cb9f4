/** `npm run kiosk:revoke -- --id store-001`: the kiosk is refused from its next request on. */
import { runCommand } from '../database/command.ts';
import { revokeKiosk } from './kioskRegister.ts';

await runCommand(['id'], async ({ db, options }) => {
  if (!options.id) throw new Error('usage: kiosk:revoke -- --id <kiosk id>');
  if (!(await revokeKiosk(db, options.id, Date.now()))) {
    throw new Error(`no kiosk ${options.id} in service`);
  }
  process.stdout.write(`kiosk ${options.id} revoked\n`);
});
