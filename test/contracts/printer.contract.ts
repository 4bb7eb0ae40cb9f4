/** What every PrinterPort must keep, whatever it talks to. Run from `*.test.ts` with a factory per adapter. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PrinterPort, PrinterReason, PrintProgress, Sides } from '#agent/printer/printerPort.ts';

/** The machine behind the port under test, as a test moves it. */
export interface PrinterBench {
  readonly port: PrinterPort;
  /** the port's clock, epoch ms */
  now(): number;
  /** sheets of a reference in the tray, and how often its document was taken in */
  sheets(reference: string): number;
  received(reference: string): number;
  sides(reference: string): Sides | undefined;
  jamOnSheet(sheet: number): void;
  setDuplex(on: boolean): void;
  stop(reason: 'media-empty' | 'cover-open' | 'toner-empty' | 'paused'): void;
  loseNextReply(): void;
  cutNextRequest(): void;
  cutPowerAfterSheet(sheet: number, memory: 'kept' | 'lost'): void;
  powerOn(): void;
  away(): Promise<void>;
  close(): Promise<void>;
}
export interface PrinterContract {
  readonly name: string;
  bench(): Promise<PrinterBench>;
  document(pages: number): Promise<Buffer>;
}

export function printerContract({ name, bench: createBench, document }: PrinterContract): void {
  describe(`printer port: ${name}`, () => {
    let bench: PrinterBench;
    let progress: PrintProgress[];
    beforeEach(async () => {
      bench = await createBench();
      progress = [];
    });
    afterEach(() => bench.close());
    /** one-sided: a sheet a page */
    const print = async (reference: string, pages: number, sides: Sides = 'one-sided') =>
      bench.port.print({ reference, document: await document(pages), pages, sides }, (step) =>
        progress.push(step),
      );

    it('prints every page and says so sheet by sheet', async () => {
      expect(await bench.port.status()).toEqual({ kind: 'ready' });
      expect(await print('A', 3)).toEqual({ kind: 'printed', sheets: 3 });
      expect(bench.sheets('A')).toBe(3);
      const out = progress.map(({ sheet }) => sheet);
      expect(out).toEqual([...out].sort());
      expect(progress.at(-1)).toEqual({ sheet: 3, sheets: 3 });
    });

    it('prints front and back on one sheet, and counts sheets', async () => {
      expect(await print('A', 6, 'two-sided')).toEqual({ kind: 'printed', sheets: 3 });
      expect({ sheets: bench.sheets('A'), sides: bench.sides('A') }).toEqual({
        sheets: 3,
        sides: 'two-sided',
      });
      expect(progress.at(-1)).toEqual({ sheet: 3, sheets: 3 });
      await print('B', 1);
      expect(bench.sides('B')).toBe('one-sided');
    });

    it('finds a two-sided job again, with and without knowing what was sent', async () => {
      const sent = { sentAt: bench.now(), pages: 4, sides: 'two-sided' } as const;
      await print('A', 4, 'two-sided');
      expect(await bench.port.lookup('A', sent)).toEqual({ kind: 'printed', sheets: 2 });
      expect(await bench.port.lookup('A')).toEqual({ kind: 'printed', sheets: 2 });
    });

    it('no-duplex: says so before anything, and a two-sided document is refused instead of printed on fronts', async () => {
      bench.setDuplex(false);
      expect(await bench.port.status()).toEqual({ kind: 'notReady', reasons: ['no-duplex'] });
      expect(await print('A', 4, 'two-sided')).toEqual({ kind: 'notPrinted', reasons: ['no-duplex'] });
      expect({ sheets: bench.sheets('A'), received: bench.received('A') }).toEqual({
        sheets: 0,
        received: 0,
      });
    });

    it('paper-jam-on-sheet-two of a two-sided document: one sheet is out, with front and back', async () => {
      bench.jamOnSheet(2);
      expect(await print('A', 6, 'two-sided')).toEqual({
        kind: 'unknown',
        sheets: 1,
        reasons: ['media-jam'],
      });
      const sent = { sentAt: bench.now(), pages: 6, sides: 'two-sided' } as const;
      expect(await bench.port.lookup('A', sent)).toMatchObject({ kind: 'unknown', sheets: 1 });
      expect(bench.sheets('A')).toBe(1);
    });

    it('finds a printed job again by its reference', async () => {
      await print('A', 2);
      await print('B', 1);
      expect(await bench.port.lookup('A')).toEqual({ kind: 'printed', sheets: 2 });
      expect(await bench.port.lookup('B')).toEqual({ kind: 'printed', sheets: 1 });
    });

    it('says notPrinted of a reference the printer never saw', async () => {
      await print('A', 1);
      expect(await bench.port.lookup('AA')).toMatchObject({ kind: 'notPrinted' });
    });

    it('reply-lost-after-accepting: looks the job up, never sends it twice', async () => {
      bench.loseNextReply();
      expect(await print('A', 2)).toEqual({ kind: 'printed', sheets: 2 });
      expect(bench.received('A')).toBe(1);
      expect(bench.sheets('A')).toBe(2);
    });

    it('request-cut-off-before-accepting: nothing printed, nothing sent again', async () => {
      bench.cutNextRequest();
      expect(await print('A', 2)).toMatchObject({ kind: 'notPrinted' });
      expect(bench.received('A')).toBe(0);
    });

    it('paper-jam-on-sheet-one: no sheet came out', async () => {
      bench.jamOnSheet(1);
      expect(await print('A', 2)).toEqual({ kind: 'notPrinted', reasons: ['media-jam'] });
      expect(bench.sheets('A')).toBe(0);
    });

    it('paper-jam-on-sheet-two: unknown with the sheets that are out, and the rest never comes', async () => {
      bench.jamOnSheet(2);
      expect(await print('A', 3)).toEqual({ kind: 'unknown', sheets: 1, reasons: ['media-jam'] });
      expect(await bench.port.status()).toEqual({ kind: 'notReady', reasons: ['media-jam'] });
      expect(await bench.port.lookup('A')).toMatchObject({ kind: 'unknown', sheets: 1 });
      expect(bench.sheets('A')).toBe(1);
    });

    it.each<PrinterReason>(['media-empty', 'cover-open', 'toner-empty', 'paused'])(
      '%s: says why, and a job given up leaves the queue empty',
      async (reason) => {
        bench.stop(reason as 'media-empty');
        expect(await bench.port.status()).toEqual({ kind: 'notReady', reasons: [reason] });
        expect(await print('A', 1)).toEqual({ kind: 'notPrinted', reasons: [reason] });
        expect(await bench.port.clear()).toBe(true);
        expect(bench.sheets('A')).toBe(0);
      },
    );

    it('power-cut-after-sheet-one: the sheet is told once the power is back', async () => {
      bench.cutPowerAfterSheet(1, 'kept');
      const outcome = await print('A', 3);
      expect(outcome).toMatchObject({ kind: 'unknown', sheets: null });
      bench.powerOn();
      expect(await bench.port.lookup('A')).toMatchObject({ kind: 'unknown', sheets: 1 });
    });

    it('power-cut-and-memory-lost: an empty memory proves nothing about what was sent before', async () => {
      const sentAt = bench.now();
      bench.cutPowerAfterSheet(1, 'lost');
      expect(await print('A', 3)).toMatchObject({ kind: 'unknown', sheets: null });
      bench.powerOn();
      expect(await bench.port.lookup('A', { sentAt, pages: 3, sides: 'one-sided' })).toMatchObject({
        kind: 'unknown',
        sheets: null,
      });
    });

    it('never-sent while the printer stayed on: notPrinted, whenever it was meant to be sent', async () => {
      expect(
        await bench.port.lookup('A', { sentAt: bench.now(), pages: 1, sides: 'one-sided' }),
      ).toMatchObject({ kind: 'notPrinted' });
    });

    it('printer-away: unreachable, and a print that never reached it is notPrinted', async () => {
      await bench.away();
      expect(await bench.port.status()).toEqual({ kind: 'unreachable' });
      expect(await print('A', 1)).toEqual({ kind: 'notPrinted', reasons: ['offline'] });
      expect(await bench.port.lookup('A')).toMatchObject({ kind: 'unknown', sheets: null });
      expect(await bench.port.clear()).toBe(false);
    });

    it('clear on an empty queue is true', async () => {
      expect(await bench.port.clear()).toBe(true);
    });
  });
}
