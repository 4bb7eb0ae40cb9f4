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
  const idle = { 'printer-state': 'idle', 'printer-is-accepting-jobs': true };
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
    expect(printerStatus({ 'printer-state': 'stopped', 'printer-state-reasons': reasons })).toEqual({
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

describe('what became of a job', () => {
  const job = (state: string, sheets: number | null, more = {}) => ({
    'job-state': state,
    ...(sheets === null ? {} : { 'job-media-sheets-completed': sheets }),
    ...more,
  });
  it.each([
    ['completed, all sheets', job('completed', 2), 2, { kind: 'printed', sheets: 2 }],
    ['completed, sheets not told', job('completed', null), 2, { kind: 'printed', sheets: 2 }],
    ['completed, a sheet missing', job('completed', 1), 2, { kind: 'unknown', sheets: 1 }],
    [
      'completed with errors',
      job('completed', 2, { 'job-state-reasons': 'job-completed-with-errors' }),
      2,
      { kind: 'unknown', sheets: 2 },
    ],
    [
      'looked up, told in impressions',
      job('completed', 2, { 'job-impressions': 3 }),
      null,
      { kind: 'unknown' },
    ],
    ['looked up, nothing told', job('completed', null), null, { kind: 'unknown', sheets: null }],
    ['aborted before the first sheet', job('aborted', 0), 2, { kind: 'notPrinted' }],
    ['aborted in the middle', job('aborted', 1), 2, { kind: 'unknown', sheets: 1 }],
    ['cancelled, sheets not told', job('canceled', null), 2, { kind: 'unknown', sheets: null }],
    ['cancelled after the last sheet', job('canceled', 2), 2, { kind: 'unknown', sheets: 2 }],
  ])('%s', (_case, attributes, pages, expected) => {
    expect(endOutcome(attributes, pages, [])).toMatchObject(expected);
  });
  it('a state it does not know is not an end', () => {
    expect(jobState({ 'job-state': 99 })).toBe('waiting');
    expect(jobState({})).toBe('waiting');
  });
});
