/** What IPP says about a printer and a job, in the port's words. Pure. */
import type { IppAttributes } from '@sealsystems/ipp';
import { integer, words } from './ippClient.ts';
import type { PrinterReason, PrinterStatus, PrintOutcome } from './printerPort.ts';

/** Keywords of printer-state-reasons without their -error / -warning / -report ending (RFC 8011 5.4.12). */
const REASONS: Readonly<Record<string, PrinterReason>> = {
  'media-empty': 'media-empty',
  'media-needed': 'media-empty',
  'input-tray-missing': 'media-empty',
  'media-jam': 'media-jam',
  'cover-open': 'cover-open',
  'door-open': 'cover-open',
  'interlock-open': 'cover-open',
  'toner-empty': 'toner-empty',
  'marker-supply-empty': 'toner-empty',
  'marker-waste-full': 'toner-empty',
  'output-area-full': 'output-full',
  'output-tray-missing': 'output-full',
  paused: 'paused',
  'moving-to-paused': 'paused',
  shutdown: 'offline',
  'connecting-to-device': 'offline',
  'timed-out': 'offline',
};
/** `toner-low-warning` and the like do not stop a print. */
const HARMLESS = /-(warning|report)$/;

/** The reasons that stop the printer, each once. */
export function stopReasons(printer: IppAttributes): PrinterReason[] {
  const found = words(printer, 'printer-state-reasons')
    .filter((keyword) => keyword !== 'none' && !HARMLESS.test(keyword))
    .map((keyword) => REASONS[keyword.replace(/-error$/, '')] ?? 'other');
  return [...new Set(found)];
}

/** Ready means: not stopped, accepting jobs, and no reason that would stop the next sheet. */
export function printerStatus(printer: IppAttributes): PrinterStatus {
  const reasons = stopReasons(printer);
  const state = words(printer, 'printer-state')[0];
  const accepting = printer['printer-is-accepting-jobs'] !== false;
  const running = state === 'idle' || state === 'processing';
  if (running && accepting && reasons.length === 0) return { kind: 'ready' };
  return { kind: 'notReady', reasons: reasons.length > 0 ? reasons : [accepting ? 'other' : 'paused'] };
}

export type JobState = 'waiting' | 'printing' | 'held' | 'completed' | 'ended-early';

/** job-state (RFC 8011 5.3.7); an unknown one counts as waiting, so that the limits of the follower end it. */
export function jobState(job: IppAttributes): JobState {
  switch (words(job, 'job-state')[0]) {
    case 'processing':
      return 'printing';
    case 'processing-stopped':
    case 'pending-held':
      return 'held';
    case 'completed':
      return 'completed';
    case 'canceled':
    case 'aborted':
      return 'ended-early';
    default:
      return 'waiting';
  }
}

/** Sheets in the tray as the printer counts them; one-sided, so impressions count as well. Null when it does not tell. */
export function sheetsCompleted(job: IppAttributes): number | null {
  return integer(job, 'job-media-sheets-completed') ?? integer(job, 'job-impressions-completed');
}

/**
 * The outcome of a job in an end state. `pages` is null when only the reference is known (a lookup after a restart);
 * then the printer's own job-impressions stands in, and without either a claim of `printed` needs its sheet count.
 */
export function endOutcome(
  job: IppAttributes,
  pages: number | null,
  reasons: readonly PrinterReason[],
): PrintOutcome {
  const sheets = sheetsCompleted(job);
  if (jobState(job) !== 'completed') {
    return sheets === 0 ? { kind: 'notPrinted', reasons } : { kind: 'unknown', sheets, reasons };
  }
  const expected = pages ?? integer(job, 'job-impressions');
  const flawed = words(job, 'job-state-reasons').includes('job-completed-with-errors');
  const counted = sheets ?? expected;
  if (counted === null || flawed || (expected !== null && counted < expected)) {
    return { kind: 'unknown', sheets, reasons };
  }
  return { kind: 'printed', sheets: counted };
}
