/** A migrated schema of its own for one test file, in the cluster of testCluster.ts. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { connect, type CenterDatabase } from './connect.ts';
import { migrateToLatest } from './migrations.ts';
import { TEST_DATABASE_VARIABLE } from './testCluster.ts';

export interface TestDatabase {
  readonly db: CenterDatabase;
  readonly url: string;
  readonly schema: string;
  /** Drops the schema and closes the pool. */
  readonly close: () => Promise<void>;
}

/** `onQuery` sees every statement's SQL. Throws when the test run did not start the cluster (vitest.config.ts, globalSetup). */
export async function testDatabase(onQuery?: (sql: string) => void): Promise<TestDatabase> {
  const url = process.env[TEST_DATABASE_VARIABLE];
  if (!url) throw new Error(`${TEST_DATABASE_VARIABLE} is not set: vitest's globalSetup did not run`);
  const schema = `test_${randomBytes(6).toString('hex')}`;
  const db = connect(url, schema, onQuery);
  await sql.raw(`create schema ${schema}`).execute(db);
  await migrateToLatest(db, schema);
  const close = async () => {
    await sql.raw(`drop schema ${schema} cascade`).execute(db);
    await db.destroy();
  };
  return { db, url, schema, close };
}
