/** What IPP says about a printer and a job, in the port's words. Pure. */
import type { IppAttributes } from '@sealsystems/ipp';
import { integer, words } from './ippClient.ts';
import type { PrinterReason, PrinterStatus, PrintOutcome, Sides } from './printerPort.ts';
import { sheetsOf } from './sheets.ts';

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

/** `sides` of PWG 5101.1: bound at the long edge, as the sheets of a register are turned. */
export const SIDES: Readonly<Record<Sides, string>> = {
  'two-sided': 'two-sided-long-edge',
  'one-sided': 'one-sided',
};

/** Ready means: not stopped, accepting jobs, able to print a back on a front, and no reason that would stop the next sheet. */
export function printerStatus(printer: IppAttributes): PrinterStatus {
  const duplex = words(printer, 'sides-supported').includes(SIDES['two-sided']);
  const reasons = [...stopReasons(printer), ...(duplex ? [] : (['no-duplex'] as const))];
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

/** What was sent, as far as it is known. */
export interface Expected {
  readonly pages: number;
  readonly sides: Sides;
}

/** From the job's own attributes, for a job of which only the name is known; null when the printer does not tell. */
function expectedOf(job: IppAttributes): Expected | null {
  const pages = integer(job, 'job-impressions');
  const sides = words(job, 'sides')[0];
  if (pages === null || sides === undefined) return null;
  return { pages, sides: sides === 'one-sided' ? 'one-sided' : 'two-sided' };
}

/**
 * Sheets in the tray as the printer counts them: media sheets, else impressions, of which a sheet with a back takes two.
 * Null when it does not tell.
 */
export function sheetsCompleted(job: IppAttributes, sides: Sides): number | null {
  const sheets = integer(job, 'job-media-sheets-completed');
  if (sheets !== null) return sheets;
  const impressions = integer(job, 'job-impressions-completed');
  return impressions === null || sides === 'one-sided' ? impressions : Math.floor(impressions / 2);
}

/** No paper moved: a sheet whose front was printed is not nothing, although it is not out. */
function nothingMoved(job: IppAttributes): boolean {
  const counts = ['job-media-sheets-completed', 'job-impressions-completed'].map((name) =>
    integer(job, name),
  );
  return counts.some((count) => count !== null) && counts.every((count) => count === null || count === 0);
}

/**
 * The outcome of a job in an end state. `sent` is null when only the reference is known; then the printer's own word on
 * pages and sides stands in, and without it a claim of `printed` needs its sheet count. More sheets than were asked for
 * are no success either: a printer that put front and back on sheets of their own has made no certificate.
 */
export function endOutcome(
  job: IppAttributes,
  sent: Expected | null,
  reasons: readonly PrinterReason[],
): PrintOutcome {
  const known = sent ?? expectedOf(job);
  const sheets = sheetsCompleted(job, known?.sides ?? 'one-sided');
  if (jobState(job) !== 'completed') {
    return nothingMoved(job) ? { kind: 'notPrinted', reasons } : { kind: 'unknown', sheets, reasons };
  }
  const expected = known === null ? null : sheetsOf(known);
  const flawed = words(job, 'job-state-reasons').includes('job-completed-with-errors');
  const counted = sheets ?? expected;
  if (counted === null || flawed || (expected !== null && counted !== expected)) {
    return { kind: 'unknown', sheets, reasons };
  }
  return { kind: 'printed', sheets: counted };
}
