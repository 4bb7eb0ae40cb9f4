/** What the commands beside the center share: their arguments, the database, one-line errors. */
import { parseArgs } from 'node:util';
import { readStorePlace, type StorePlace } from '../config.ts';
import { databaseFor } from './open.ts';
import type { CenterDatabase } from './connect.ts';

export interface CommandContext {
  readonly db: CenterDatabase;
  readonly place: StorePlace;
  readonly options: Readonly<Record<string, string | undefined>>;
}

/** Runs a command with the named string options; prints an error in one line and exits 2 when it throws. */
export async function runCommand(
  names: readonly string[],
  run: (context: CommandContext) => Promise<void>,
): Promise<void> {
  try {
    const options = parseArgs({
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    }).values as Record<string, string | undefined>;
    const place = readStorePlace(process.env);
    const opened = await databaseFor(place);
    try {
      await run({ db: opened.db, place, options });
    } finally {
      await opened.close();
    }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}
