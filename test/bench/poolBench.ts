/** Complete documents a second through the pool of worker threads, sustained, and how that grows with the workers. */
import { availableParallelism } from 'node:os';
import { loadFonts } from '#center/documents/fontFile.ts';
import { issuedFinish, testSeal } from '#center/documents/paper/paper.fixture.ts';
import { startRenderPool } from '#center/documents/workerPool.ts';
import { residentRecordRequest } from './documents/residents.ts';

export interface PoolBenchResult {
  /** with one worker for each core */
  readonly completeDocumentsPerSecond: number;
  readonly completeDocumentsPerSecondByWorkers: Readonly<Record<string, number>>;
}

const DEFAULT_SECONDS = 10;
/** Waiting at any moment for each worker: it never idles, and the queue stays short. */
const IN_FLIGHT_PER_WORKER = 4;

export async function benchPool(seconds = DEFAULT_SECONDS): Promise<PoolBenchResult> {
  const cores = availableParallelism();
  const font = loadFonts();
  const { sealer } = await testSeal();
  const counts = [...new Set([1, cores, cores * 2])];
  const byWorkers: Record<string, number> = {};
  for (const workers of counts) {
    const warmUp = [residentRecordRequest(1_000_000, issuedFinish)];
    const pool = startRenderPool({ font, seal: sealer, warmUp, workers });
    await pool.ready;
    const until = performance.now() + seconds * 1000;
    let done = 0;
    const lane = async (first: number, step: number) => {
      for (let seed = first; performance.now() < until; seed += step) {
        const outcome = await pool.render(residentRecordRequest(seed, issuedFinish));
        if (outcome.kind !== 'rendered') throw new Error(`refused: ${outcome.reason}`);
        done += 1;
      }
    };
    const lanes = workers * IN_FLIGHT_PER_WORKER;
    await Promise.all(Array.from({ length: lanes }, (_, n) => lane(n, lanes)));
    byWorkers[String(workers)] = Math.round(done / seconds);
    await pool.close();
  }
  return {
    completeDocumentsPerSecond: byWorkers[String(cores)]!,
    completeDocumentsPerSecondByWorkers: byWorkers,
  };
}
