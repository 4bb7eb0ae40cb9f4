/**
 * Rows a second of full loads: every register of a generated municipality, from the files that `demo:generate` writes, on a
 * PostgreSQL with its own safe settings.
 */
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { connect } from '#center/database/connect.ts';
import { migrateToLatest } from '#center/database/migrations.ts';
import { startPrivateServer } from '#center/database/privateServer.ts';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { municipalFonts } from '#center/documents/municipalFonts.ts';
import { enterLoad, type FeedDeps } from '#center/registers/feedApi.ts';
import { feedRegisters } from '#simulators/municipality/feedParts.ts';
import { townOf } from '#simulators/municipality/generate/town.ts';
import { writeRegisters, type Written } from '#simulators/municipality/generate/writeRegisters.ts';
import { civilMoment } from '#templates/civilTime.ts';
import { loadTemplates } from '#templates/load.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';

export interface FeedBenchResult {
  readonly feedRowsPerSecond: number;
  readonly feedResidents: number;
  readonly feedRows: number;
  readonly feedSeconds: number;
  /** longest that the center's event loop stood still meanwhile */
  readonly feedLongestStallMs: number;
}

const HOME = '992011' as MunicipalityCode;
/** FEED_RESIDENTS=100000 is the size of the two minutes. */
const DEFAULT_RESIDENTS = 20_000;

export async function benchFeed(
  say: (text: string) => void,
  residents = Number(process.env['FEED_RESIDENTS'] ?? DEFAULT_RESIDENTS),
): Promise<FeedBenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'feed-bench-'));
  const server = await startPrivateServer({ dataDir: folder, settings: [] });
  const db = connect(server.url, 'public');
  try {
    await migrateToLatest(db, 'public');
    await sql`analyze`.execute(db);
    const now = Date.now();
    const town = townOf(HOME);
    const today = civilMoment(now).date;
    const order = { town, residents, seed: 1, folder: join(folder, 'files'), today, until: now - 1_000 };
    const written = await writeRegisters(order);
    const fonts = municipalFonts(openCertificateFont(loadFonts()), loadTemplates());
    const deps = { db, now, canDraw: (municipality: MunicipalityCode) => fonts(municipality).canDraw };
    return await measure(deps, written, say);
  } finally {
    await db.destroy();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  deps: FeedDeps,
  { files, rows, residents }: Written,
  say: (text: string) => void,
): Promise<FeedBenchResult> {
  const stalls = watchStalls();
  const begun = performance.now();
  for (const register of feedRegisters) {
    const started = performance.now();
    const text = createReadStream(files[register], { encoding: 'utf8', highWaterMark: 1 << 18 });
    const outcome = await enterLoad(deps, { municipality: HOME, register }, text as AsyncIterable<string>);
    if (outcome.kind !== 'entered') throw new Error(`the load was refused: ${JSON.stringify(outcome)}`);
    say(`${register}: ${rows[register]} rows in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  const seconds = (performance.now() - begun) / 1000;
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  return {
    feedRowsPerSecond: Math.round(total / seconds),
    feedResidents: residents,
    feedRows: total,
    feedSeconds: Math.round(seconds * 10) / 10,
    feedLongestStallMs: Math.round(stalls.end()),
  };
}

const TICK_MS = 5;
function watchStalls(): { readonly end: () => number } {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - TICK_MS);
    last = now;
  }, TICK_MS);
  return {
    end: () => {
      clearInterval(timer);
      return longest;
    },
  };
}
