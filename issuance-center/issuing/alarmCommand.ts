/** `npm run alarms` lists the open alarms, one JSON object a line; `npm run alarms -- --close <id>` closes one. */
import { runCommand } from '../database/command.ts';
import { closeAlarm, openAlarms } from './alarms.ts';

await runCommand(['close'], async ({ db, options }) => {
  if (options.close === undefined) {
    for (const alarm of await openAlarms(db)) process.stdout.write(`${JSON.stringify(alarm)}\n`);
    return;
  }
  const id = Number(options.close);
  if (!Number.isInteger(id) || !(await closeAlarm(db, id, Date.now()))) {
    throw new Error(`no open alarm ${options.close}`);
  }
  process.stdout.write(`alarm ${id} closed\n`);
});
