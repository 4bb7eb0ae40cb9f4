/**
 * CPU time of documents over different residents, warm, on one thread: a plain 住民票 page, a 戸籍 of four pages, and what a
 * kiosk receives (front, signed codes on the back, the center's seal). Memory over many complete documents.
 */
import { setImmediate } from 'node:timers/promises';
import { loadFonts } from '#center/documents/fontFile.ts';
import { openCertificateFont } from '#center/documents/font.ts';
import { issuedFinish, testSeal } from '#center/documents/paper/paper.fixture.ts';
import { createRenderer, type RenderRequest } from '#center/documents/renderer.ts';
import { familyRegisterRequest, residentRecordRequest } from './documents/residents.ts';

export interface RenderBenchOptions {
  /** different residents rendered in turn */
  readonly documents?: number;
  readonly rounds?: number;
  /** complete documents of the memory run; 0 leaves it out */
  readonly flatOver?: number;
}
export interface RenderBenchResult {
  /** medians over the rounds, user and system time of the whole process */
  readonly residentRecordPageCpuMs: number;
  readonly residentRecordPageCpuMsBest: number;
  readonly familyRegisterFourPagesCpuMs: number;
  readonly completeDocumentCpuMs: number;
  readonly residentRecordBytes: number;
  readonly completeDocumentBytes: number;
  /** after warm-up, and after `flatOver` more complete documents */
  readonly rssStartMb: number;
  readonly rssEndMb: number;
  readonly flatOver: number;
}

const WARM_UP = 60;

/** Streams and compressors let go of their memory at the end of a turn: a loop that never ends one keeps everything. */
const DOCUMENTS_PER_TURN = 20;

/** Runs in this process, on one thread; other work in the process would be counted too. */
export async function benchRender(options: RenderBenchOptions = {}): Promise<RenderBenchResult> {
  const { documents = 300, rounds = 7, flatOver = 10_000 } = options;
  const { sealer } = await testSeal();
  const render = createRenderer(openCertificateFont(loadFonts()), { seal: sealer });
  const measure = async (pages: number, requestFor: (seed: number) => RenderRequest) => {
    const renderOne = (request: RenderRequest): number => {
      const outcome = render(request);
      if (outcome.kind !== 'rendered' || outcome.pages !== pages) {
        throw new Error(`the bench renders documents of ${pages} pages`);
      }
      return outcome.bytes.length;
    };
    for (let n = 0; n < WARM_UP; n += 1) renderOne(requestFor(1_000_000 + n));
    const requests = Array.from({ length: documents }, (_, n) => requestFor(n));
    const perDocument: number[] = [];
    let bytes = 0;
    for (let round = 0; round < rounds; round += 1) {
      const before = process.cpuUsage();
      await inTurns(documents, (n) => (bytes = renderOne(requests[n]!)));
      const { user, system } = process.cpuUsage(before);
      perDocument.push((user + system) / 1000 / documents);
    }
    perDocument.sort((left, right) => left - right);
    const [median, best] = [perDocument[Math.floor(rounds / 2)]!, perDocument[0]!].map(hundredths);
    return { median: median!, best: best!, bytes };
  };
  const page = await measure(1, (seed) => residentRecordRequest(seed));
  const register = await measure(4, (seed) => familyRegisterRequest(seed));
  const complete = await measure(2, (seed) => residentRecordRequest(seed, issuedFinish));
  const rssStartMb = settledRssMb();
  await inTurns(flatOver, (n) => render(residentRecordRequest(2_000_000 + n, issuedFinish)));
  return {
    residentRecordPageCpuMs: page.median,
    residentRecordPageCpuMsBest: page.best,
    familyRegisterFourPagesCpuMs: register.median,
    completeDocumentCpuMs: complete.median,
    residentRecordBytes: page.bytes,
    completeDocumentBytes: complete.bytes,
    rssStartMb,
    rssEndMb: settledRssMb(),
    flatOver,
  };
}

async function inTurns(count: number, act: (n: number) => void): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    act(n);
    if (n % DOCUMENTS_PER_TURN === 0) await setImmediate();
  }
}

/** Collected first when node runs with --expose-gc; without it the figure holds garbage too. */
function settledRssMb(): number {
  globalThis.gc?.();
  return hundredths(process.memoryUsage.rss() / 1024 / 1024);
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;
