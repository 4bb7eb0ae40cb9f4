/** `npm run audit:verify`: walks the audit chain of this center's database. Exit 0 intact, 1 broken, 2 not readable. */
import { runCommand } from '../database/command.ts';
import { verifyAudit } from './chain.ts';

await runCommand([], async ({ db }) => {
  const check = await verifyAudit(db);
  process.stdout.write(`${JSON.stringify(check)}\n`);
  process.exitCode = check.kind === 'intact' ? 0 : 1;
});
