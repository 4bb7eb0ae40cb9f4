/**
 * The registers' door. A feed is applied in one transaction or not at all, and applying it twice changes nothing. A row
 * that breaks the dataset's schema refuses the feed. A row with a character the certificate fonts cannot draw is reported
 * with its path and code points; it is entered, because the resident exists, and the eligibility rules ask the same fonts
 * again and withhold everything it stands on (DESK-01).
 */
import { sql } from 'kysely';
import type { MunicipalityCode, RegisterId } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import { undrawableTexts, type CanDrawIn, type UndrawableText } from './drawable.ts';
import { enterRegisters } from './enterRegisters.ts';
import { enterLinks, enterResidents } from './enterResidents.ts';
import { registerFeed, type RegisterFeed, type RegisterFeedInput } from './feed.ts';
import { noteCoverage } from './feedCoverage.ts';
import { homesOf, municipalitiesOf, rowsIn } from './feedRows.ts';

export interface RefusedRow extends UndrawableText {
  readonly register: RegisterId;
  /** opaque id of the household, resident or family register */
  readonly id: string;
}

/** Rows of each part of the feed. */
export type ImportCounts = Readonly<Record<Exclude<keyof RegisterFeed, 'covers'>, number>>;

export interface ImportResult extends ImportCounts {
  /** rows that were entered but can never be printed, so that DESK-01 is answered for what they stand on */
  readonly undrawable: readonly RefusedRow[];
}

export interface ImportDeps {
  readonly db: CenterDatabase;
  readonly canDraw: CanDrawIn;
  /** instant of the import, milliseconds */
  readonly now: number;
}

/** Any number: what matters is that all imports of one database share it. */
const IMPORT_LOCK = 4_207_201;

/**
 * Applies a feed; one at a time. Throws ZodError for a row that breaks the dataset's schema and Error for a row that
 * refers to nothing, a certificate already tied to another resident, a resident on two family registers, an id that is
 * somebody else's in another municipality, or a feed older than what is known; then nothing is applied.
 */
export async function importRegisters(deps: ImportDeps, input: RegisterFeedInput): Promise<ImportResult> {
  const feed = registerFeed.parse(input);
  const undrawable = await deps.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(tx);
    await noteCoverage(tx, feed.covers, deps.now);
    const touched = await enterResidents(tx, feed);
    await enterRegisters(tx, feed, touched);
    await enterLinks(tx, feed);
    const homes = await homesOf(tx, feed);
    const refused = undrawableRows(feed, homes, deps.canDraw);
    await auditImport(tx, feed, homes, refused, deps.now);
    return refused;
  });
  return { ...countsOf(feed), undrawable };
}

/** Pictures are no texts; ids and dates are plain ASCII, which every font draws. */
function undrawableRows(
  feed: RegisterFeed,
  homes: ReadonlyMap<string, MunicipalityCode>,
  canDraw: CanDrawIn,
): readonly RefusedRow[] {
  return rowsIn(feed, homes).flatMap(({ register, id, municipality, texts }) =>
    undrawableTexts(texts, canDraw(municipality)).map((text) => ({ register, id, ...text })),
  );
}

function countsOf({ covers: _covers, ...rows }: RegisterFeed): ImportCounts {
  return Object.fromEntries(
    Object.entries(rows).map(([part, list]) => [part, list.length]),
  ) as unknown as ImportCounts;
}

async function auditImport(
  tx: CenterTransaction,
  feed: RegisterFeed,
  homes: ReadonlyMap<string, MunicipalityCode>,
  undrawable: readonly RefusedRow[],
  now: number,
): Promise<void> {
  for (const municipality of municipalitiesOf(feed, homes)) {
    const of = (rows: readonly { municipality: string }[]) =>
      rows.filter((row) => row.municipality === municipality).length;
    const rows = rowsIn(feed, homes).filter((row) => row.municipality === municipality);
    const residents = rows.filter((row) => row.part === 'residents');
    const people = new Set(residents.map(({ id }) => id));
    const ids = new Set(rows.map(({ register, id }) => `${register} ${id}`));
    const refused = undrawable.map(({ register, id }) => `${register} ${id}`).filter((key) => ids.has(key));
    await appendAudit(tx, now, 'register-imported', {
      municipality,
      households: of(feed.households),
      residents: residents.length,
      links: feed.links.filter(({ residentId }) => people.has(residentId)).length,
      seals: of(feed.seals),
      taxRecords: of(feed.taxRecords),
      taxPayments: of(feed.taxPayments),
      familyRegisters: of(feed.familyRegisters),
      addressHistories: of(feed.addressHistories),
      refused: new Set(refused).size,
    });
  }
}
