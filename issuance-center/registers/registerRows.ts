/** Rows of the registers that have one table each: entered with a revision that grows with every change. */
import { sql, type RawBuilder } from 'kysely';
import type { CenterTransaction } from '../database/connect.ts';

/** Tables whose rows are `(key columns, entry, revision)`. */
export type RegisterTable =
  'seal_registration' | 'tax_record' | 'tax_payment' | 'family_register' | 'address_history';

/**
 * Enters or replaces one row; a row that is the same keeps its revision. `unless` holds back a change of what stands
 * there. True when something was written.
 */
export async function enterRow(
  tx: CenterTransaction,
  table: RegisterTable,
  key: Readonly<Record<string, string | number>>,
  entry: object,
  unless: RawBuilder<boolean> = sql`false`,
): Promise<boolean> {
  const names = Object.keys(key).map((name) => sql.ref(name));
  const stored = (column: string) => sql.ref(`${table}.${column}`);
  const written = await sql`
    insert into ${sql.table(table)} (${sql.join(names)}, entry, revision)
    values (${sql.join(Object.values(key))}, ${JSON.stringify(entry)}, 1)
    on conflict (${sql.join(names)}) do update
      set entry = excluded.entry, revision = ${stored('revision')} + 1
      where ${stored('entry')} is distinct from excluded.entry and not (${unless})
    returning revision`.execute(tx);
  return written.rows.length > 0;
}

/** Grows the revision of every row of the table on which one of these residents stands, whatever their part in it. */
export async function touchRowsWith(
  tx: CenterTransaction,
  table: 'family_register' | 'address_history',
  residentIds: readonly string[],
): Promise<void> {
  for (const residentId of residentIds) {
    const member = JSON.stringify({ members: [{ residentId }] });
    await sql`update ${sql.table(table)} set revision = revision + 1 where entry @> ${member}::jsonb`.execute(
      tx,
    );
  }
}
