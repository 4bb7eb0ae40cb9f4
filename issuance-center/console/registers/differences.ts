/** Rows that differ from their source, a page at a time or as a file of all of them. */
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { sql } from 'kysely';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import {
  DIFFERENCES_PAGE,
  entityNames,
  findingNames,
  type Difference,
} from '../../contract/console/registers.ts';
import type { FeedRegister } from '../../contract/registerFeed.ts';
import type { CenterDatabase } from '../../database/connect.ts';

interface Place {
  readonly municipality: MunicipalityCode;
  readonly register: FeedRegister;
}

const ofRegister = (db: CenterDatabase, { municipality, register }: Place) =>
  db
    .selectFrom('register_difference')
    .where('municipality', '=', municipality)
    .where('register', '=', register);

export async function differencePage(
  db: CenterDatabase,
  place: Place,
  page: number,
): Promise<{ readonly total: number; readonly rows: Difference[] }> {
  const { total } = await ofRegister(db, place)
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  const rows = await ofRegister(db, place)
    .select(['entity', 'key', 'finding'])
    .orderBy('entity')
    .orderBy('key')
    .limit(DIFFERENCES_PAGE)
    .offset((page - 1) * DIFFERENCES_PAGE)
    .execute();
  return { total, rows };
}

const FILE_PAGE = 5_000;

/** UTF-8 with BOM; never more than a page of it in memory. */
export function differencesCsv(db: CenterDatabase, place: Place): Readable {
  const lines = stringify({ bom: true, record_delimiter: 'windows', escape_formulas: true });
  return Readable.from(records(db, place)).pipe(lines);
}

async function* records(db: CenterDatabase, place: Place): AsyncGenerator<readonly string[]> {
  yield ['行の種類', '元の台帳での番号', 'ちがい'];
  let after: Pick<Difference, 'entity' | 'key'> | undefined;
  for (;;) {
    const rows = await ofRegister(db, place)
      .select(['entity', 'key', 'finding'])
      .$if(after !== undefined, (where) =>
        where.where(sql<boolean>`(entity, key) > (${after?.entity}, ${after?.key})`),
      )
      .orderBy('entity')
      .orderBy('key')
      .limit(FILE_PAGE)
      .execute();
    for (const { entity, key, finding } of rows) yield [entityNames[entity], key, findingNames[finding]];
    after = rows.at(-1);
    if (rows.length < FILE_PAGE) return;
  }
}
