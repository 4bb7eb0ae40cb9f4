/** The connection pool and the query builder over it. */
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { CenterTables } from './schema.ts';

export type CenterDatabase = Kysely<CenterTables>;
export type CenterTransaction = Transaction<CenterTables>;

/** bigint columns here count events: they stay far below 2^53, so they are read as numbers. */
const INT8_OID = 20;
pg.types.setTypeParser(INT8_OID, Number);

/** Sixteen: above what two cores can keep busy, far below PostgreSQL's default of 100. */
const POOL_SIZE = 16;
/** A statement that takes longer than this is stuck, and its visit has timed out anyway. */
const STATEMENT_TIMEOUT_MS = 15_000;
const CONNECTION_TIMEOUT_MS = 5_000;

/**
 * Opens a pool; no connection is made yet. `schema` is where unqualified names are looked up and created.
 * `onQuery` sees the SQL of each statement, without values. A broken idle connection is dropped by the pool; the next query opens another.
 */
export function connect(
  databaseUrl: string,
  schema = 'public',
  onQuery?: (sql: string) => void,
): CenterDatabase {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    options: `-c search_path=${schema}`,
    application_name: 'issuance-center',
  });
  pool.on('error', () => undefined);
  return new Kysely<CenterTables>({
    dialect: new PostgresDialect({ pool }),
    ...(onQuery ? { log: ({ query }) => onQuery(query.sql) } : {}),
  });
}
