/**
 * `npm run alarms` lists the open alarms, one JSON object a line; `npm run alarms -- --close <id> --output <what became of
 * the paper>` closes one, by the same rule as the console.
 */
import { runCommand } from '../database/command.ts';
import { outputs, type Output } from './accounted.ts';
import { closeAlarm, openAlarms } from './alarms.ts';

const USAGE = [
  'usage: alarms [-- --close <id> --output <id>]',
  ...Object.entries(outputs).map(([id, words]) => `  ${id.padEnd(20)} ${words}`),
].join('\n');
const REASONS = {
  unsettled: 'its certificate is neither printed nor void yet: what becomes of the paper is not known',
  'printed-after-all': 'its certificate was printed: say what became of the paper',
} as const;

await runCommand(['close', 'output'], async ({ db, options }) => {
  if (options.close === undefined) {
    for (const alarm of await openAlarms(db)) process.stdout.write(`${JSON.stringify(alarm)}\n`);
    return;
  }
  const id = Number(options.close);
  const output = options.output ?? '';
  if (!Number.isInteger(id) || !Object.hasOwn(outputs, output)) throw new Error(USAGE);
  const closing = await closeAlarm(db, { id, output: output as Output, by: 'operator' }, Date.now());
  if (closing.kind === 'missing') throw new Error(`no open alarm ${id}`);
  if (closing.kind === 'refused') throw new Error(`alarm ${id} stays open: ${REASONS[closing.reason]}`);
  process.stdout.write(`alarm ${id} closed\n`);
});
