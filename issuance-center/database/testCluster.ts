/** vitest's global set-up: one PostgreSQL for the whole test run, gone with its data at the end. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { discardAbandoned, startPrivateServer } from './privateServer.ts';

/** Test workers inherit it: where `testDatabase` makes its schemas. */
export const TEST_DATABASE_VARIABLE = 'TEST_DATABASE_URL';

/** Starts the cluster (about 0.7 s) unless TEST_DATABASE_URL names one; returns the tear-down. */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env[TEST_DATABASE_VARIABLE]) return () => Promise.resolve();
  await discardEarlierRuns();
  const folder = mkdtempSync(join(tmpdir(), FOLDER_PREFIX));
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  const server = await startPrivateServer({ dataDir: folder, settings });
  process.env[TEST_DATABASE_VARIABLE] = server.url;
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

const FOLDER_PREFIX = 'certificate-kiosk-test-';
/** A run that is only just starting has no owner on record yet. */
const YOUNG_MS = 60_000;

/** A test run that was killed could not tidy up: the next one does. */
async function discardEarlierRuns(): Promise<void> {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(FOLDER_PREFIX));
  for (const folder of folders.map((name) => join(tmpdir(), name))) {
    const made = statSync(folder, { throwIfNoEntry: false })?.birthtimeMs ?? Infinity;
    if (Date.now() - made > YOUNG_MS) await discardAbandoned(folder);
  }
}
