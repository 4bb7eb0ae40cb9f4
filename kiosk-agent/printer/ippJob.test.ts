import type { IppAttributes } from '@sealsystems/ipp';
import { describe, expect, it } from 'vitest';
import { createIppClient, parsePrinterUrl } from './ippClient.ts';
import { endOutcome, jobState, printerStatus } from './ippJob.ts';

describe('PRINTER_URL', () => {
  it.each(['ipp://127.0.0.1:8631/ipp/print', 'ipps://printer.store/ipp/print', 'ipp://[::1]:631/'])(
    'takes %s',
    (url) => expect(parsePrinterUrl(url).href).toBe(url),
  );
  it.each(['', 'printer', 'http://127.0.0.1/ipp', 'ipp:', 'ipp:///print', 'ipp://user:hunter2@host/'])(
    'refuses %j with words for the operator',
    (url) => {
      expect(() => createIppClient(url)).toThrow(/PRINTER_URL must/);
      expect(() => createIppClient(url)).not.toThrow(/hunter2/);
    },
  );
});

describe('what the printer says of itself', () => {
  const duplex = { 'sides-supported': ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'] };
  const idle = { 'printer-state': 'idle', 'printer-is-accepting-jobs': true, ...duplex };
  it.each([
    ['none', { kind: 'ready' }],
    ['toner-low-warning', { kind: 'ready' }],
    ['media-empty-report', { kind: 'ready' }],
    ['media-empty-error', { kind: 'notReady', reasons: ['media-empty'] }],
    ['media-jam', { kind: 'notReady', reasons: ['media-jam'] }],
    ['door-open-error', { kind: 'notReady', reasons: ['cover-open'] }],
    ['spool-area-full-error', { kind: 'notReady', reasons: ['other'] }],
  ])('%s', (keyword, expected) => {
    expect(printerStatus({ ...idle, 'printer-state-reasons': keyword })).toEqual(expected);
  });
  it('several reasons, each once', () => {
    const reasons = ['media-jam-error', 'door-open-error', 'cover-open-error'];
    const stopped = { ...duplex, 'printer-state': 'stopped', 'printer-state-reasons': reasons };
    expect(printerStatus(stopped)).toEqual({
      kind: 'notReady',
      reasons: ['media-jam', 'cover-open'],
    });
  });
  it.each<IppAttributes>([
    {},
    { 'printer-state': 'stopped' },
    { ...idle, 'printer-is-accepting-jobs': false },
  ])('is not ready without a word of readiness: %j', (attributes) =>
    expect(printerStatus(attributes).kind).toBe('notReady'),
  );
});

describe('a printer that cannot print the back of a sheet', () => {
  it.each([
    ['one side only', { 'sides-supported': 'one-sided' }],
    ['over the short edge only', { 'sides-supported': ['one-sided', 'two-sided-short-edge'] }],
    ['it does not say', {}],
  ])('%s: is not ready', (_case, sides) => {
    const idle = { 'printer-state': 'idle', 'printer-is-accepting-jobs': true, ...sides };
    expect(printerStatus(idle)).toEqual({ kind: 'notReady', reasons: ['no-duplex'] });
  });
});

describe('what became of a job', () => {
  const job = (state: string, sheets: number | null, more = {}) => ({
    'job-state': state,
    ...(sheets === null ? {} : { 'job-media-sheets-completed': sheets }),
    ...more,
  });
  const impressions = (state: string, count: number, more = {}) =>
    job(state, null, { 'job-impressions-completed': count, ...more });
  const oneSided = { pages: 2, sides: 'one-sided' } as const;
  const twoSided = { pages: 4, sides: 'two-sided' } as const;
  const told = { 'job-impressions': 4, sides: 'two-sided-long-edge' };
  it.each([
    ['completed, all sheets', job('completed', 2), oneSided, { kind: 'printed', sheets: 2 }],
    ['completed, sheets not told', job('completed', null), oneSided, { kind: 'printed', sheets: 2 }],
    ['completed, a sheet missing', job('completed', 1), oneSided, { kind: 'unknown', sheets: 1 }],
    ['both sides, all sheets', job('completed', 2), twoSided, { kind: 'printed', sheets: 2 }],
    [
      'both sides, told in impressions',
      impressions('completed', 4),
      twoSided,
      { kind: 'printed', sheets: 2 },
    ],
    ['both sides, a back missing', impressions('completed', 3), twoSided, { kind: 'unknown', sheets: 1 }],
    ['front and back on sheets of their own', job('completed', 4), twoSided, { kind: 'unknown', sheets: 4 }],
    [
      'completed with errors',
      job('completed', 2, { 'job-state-reasons': 'job-completed-with-errors' }),
      oneSided,
      { kind: 'unknown', sheets: 2 },
    ],
    ['looked up, a sheet missing', job('completed', 1, told), null, { kind: 'unknown', sheets: 1 }],
    ['looked up, all sheets', job('completed', 2, told), null, { kind: 'printed', sheets: 2 }],
    ['looked up, nothing told', job('completed', null), null, { kind: 'unknown', sheets: null }],
    ['aborted before the first sheet', job('aborted', 0), oneSided, { kind: 'notPrinted' }],
    ['aborted in the middle', job('aborted', 1), oneSided, { kind: 'unknown', sheets: 1 }],
    [
      'aborted with the first front printed',
      impressions('aborted', 1),
      twoSided,
      { kind: 'unknown', sheets: 0 },
    ],
    ['cancelled, sheets not told', job('canceled', null), oneSided, { kind: 'unknown', sheets: null }],
    ['cancelled after the last sheet', job('canceled', 2), twoSided, { kind: 'unknown', sheets: 2 }],
  ])('%s', (_case, attributes, sent, expected) => {
    expect(endOutcome(attributes, sent, [])).toMatchObject(expected);
  });
  it('a state it does not know is not an end', () => {
    expect(jobState({ 'job-state': 99 })).toBe('waiting');
    expect(jobState({})).toBe('waiting');
  });
});
