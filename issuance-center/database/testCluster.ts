/** vitest's global set-up: one PostgreSQL for the whole test run, gone with its data at the end. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivateServer } from './privateServer.ts';

/** Test workers inherit it: where `testDatabase` makes its schemas. */
export const TEST_DATABASE_VARIABLE = 'TEST_DATABASE_URL';

/** Starts the cluster (about 0.7 s) unless TEST_DATABASE_URL names one; returns the tear-down. */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env[TEST_DATABASE_VARIABLE]) return () => Promise.resolve();
  const folder = mkdtempSync(join(tmpdir(), 'certificate-kiosk-test-'));
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  const server = await startPrivateServer({ dataDir: folder, settings });
  process.env[TEST_DATABASE_VARIABLE] = server.url;
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
