/**
 * PrinterPort over IPP/2.0. Sends a document once; from then on it only asks. A reply that was lost is answered by
 * looking the job up under its name, which is our reference and nothing personal.
 */
import type { IppAttributes } from '@sealsystems/ipp';
import type { Clock } from '#templates/vocabulary.ts';
import { wait as realWait, type Wait } from '../wait.ts';
import {
  createIppClient,
  integer,
  isSuccessful,
  words,
  type IppClient,
  type IppResult,
} from './ippClient.ts';
import { endOutcome, jobState, printerStatus, sheetsCompleted, SIDES, type Expected } from './ippJob.ts';
import type { PrinterPort, PrinterReason, PrinterStatus, PrintJob, PrintOutcome } from './printerPort.ts';
import { sheetsOf } from './sheets.ts';

/** A question is answered from the printer's memory. */
const ASK_TIMEOUT_MS = 5_000;
/** A certificate is some hundred kilobytes over a local line; slow print servers answer after storing it. */
const SEND_TIMEOUT_MS = 30_000;
/** Twice a second: progress looks alive, a printer at 10 s a page is not bothered. */
const POLL_MS = 500;
/** Printing may take over two minutes (operations.md 10); beyond five somebody has to look. */
const PRINT_LIMIT_MS = 300_000;
/** A clerk who is called refills paper or shuts a cover in a minute; then the job goes on by itself. */
const HELD_LIMIT_MS = 60_000;
/** A printer that restarts is away for half a minute or so. */
const AWAY_LIMIT_MS = 60_000;
/** After a lost reply the printer may still be taking the job in: it is asked this often before `never seen` is said. */
const LOST_REPLY_LOOKUPS = 3;
const LOST_REPLY_PAUSE_MS = 1_000;
/** A cancelled job first ends its sheet. */
const CLEAR_LIMIT_MS = 30_000;
/** No job was made of the request; after any other error status the printer is asked for the job by its name. */
const REFUSALS = /^client-error-|^server-error-(busy|not-accepting-jobs|operation-not-supported)$/;
/** printer-up-time counts whole seconds, and its clock is not ours. */
const UP_TIME_TOLERANCE_MS = 2_000;
const USER = 'kiosk';
const JOB_ATTRIBUTES = [
  'job-id',
  'job-name',
  'job-state',
  'job-state-reasons',
  'job-impressions',
  'job-impressions-completed',
  'job-media-sheets-completed',
  'sides',
];

export interface IppPrinterOptions {
  /** `ipp://` or `ipps://` */
  readonly url: string;
  readonly clock: Clock;
  readonly wait?: Wait;
  readonly client?: IppClient;
  readonly heldLimitMs?: number;
}
type Found =
  | { readonly kind: 'job'; readonly job: IppAttributes }
  | { readonly kind: 'absent' }
  | { readonly kind: 'away' };
interface Sent {
  /** null when only the reference is known */
  readonly expected: Expected | null;
  readonly sentAt: number | null;
  readonly onSheets: (sheets: number) => void;
}

/** A PrinterPort for the printer at `options.url`. Throws when the address is not an IPP one. */
export function createIppPrinter(options: IppPrinterOptions): PrinterPort {
  const client = options.client ?? createIppClient(options.url);
  const printer: Printer = {
    client,
    clock: options.clock,
    wait: options.wait ?? realWait,
    heldLimitMs: options.heldLimitMs ?? HELD_LIMIT_MS,
  };
  return {
    status: () => status(printer),
    print: (job, onProgress) =>
      print(printer, job, (out) => {
        const sheets = sheetsOf(job);
        onProgress({ sheet: Math.min(out, sheets), sheets });
      }),
    lookup: async (reference, sent) => {
      const found = await find(printer, reference);
      const sentAt = sent?.sentAt ?? null;
      return settle(printer, found, { expected: sent ?? null, sentAt, onSheets: () => undefined });
    },
    clear: () => clear(printer),
  };
}

interface Printer {
  readonly client: IppClient;
  readonly clock: Clock;
  readonly wait: Wait;
  readonly heldLimitMs: number;
}

function ask(printer: Printer, operation: string, attributes: IppAttributes): Promise<IppResult> {
  const named = { 'requesting-user-name': USER, ...attributes };
  return printer.client.send({ operation, attributes: named }, ASK_TIMEOUT_MS);
}

async function status(printer: Printer): Promise<PrinterStatus> {
  const answer = await ask(printer, 'Get-Printer-Attributes', {
    'requested-attributes': [
      'printer-state',
      'printer-state-reasons',
      'printer-is-accepting-jobs',
      'sides-supported',
    ],
  });
  if (answer.kind !== 'answer' || !isSuccessful(answer)) return { kind: 'unreachable' };
  return printerStatus(answer.printer);
}

async function print(
  printer: Printer,
  job: PrintJob,
  onSheets: (sheets: number) => void,
): Promise<PrintOutcome> {
  const task: Sent = { expected: job, sentAt: printer.clock(), onSheets };
  const sent = await printer.client.send(
    {
      operation: 'Print-Job',
      attributes: {
        'requesting-user-name': USER,
        'job-name': job.reference,
        'document-format': 'application/pdf',
        // PWG 5100.7: a printer that cannot do these refuses the job instead of doing something else
        'job-mandatory-attributes': ['media', 'sides'],
      },
      // A4 at its own size: the patterns and codes of a certificate do not survive scaling
      jobAttributes: { media: 'iso_a4_210x297mm', sides: SIDES[job.sides], 'print-scaling': 'none' },
      document: job.document,
    },
    SEND_TIMEOUT_MS,
  );
  if (sent.kind === 'notSent') return { kind: 'notPrinted', reasons: ['offline'] };
  const jobId = sent.kind === 'answer' && sent.jobs[0] ? integer(sent.jobs[0], 'job-id') : null;
  if (sent.kind === 'answer' && REFUSALS.test(sent.status)) {
    return { kind: 'notPrinted', reasons: await reasonsNow(printer) };
  }
  if (jobId !== null) return follow(printer, jobId, task);
  return settle(printer, await findAfterLostReply(printer, job.reference), task);
}

async function settle(printer: Printer, found: Found, task: Sent): Promise<PrintOutcome> {
  if (found.kind === 'away') return { kind: 'unknown', sheets: null, reasons: ['offline'] };
  if (found.kind === 'absent') {
    const forgotten = task.sentAt !== null && (await startedSince(printer, task.sentAt));
    if (forgotten) return { kind: 'unknown', sheets: null, reasons: [] };
    return { kind: 'notPrinted', reasons: await reasonsNow(printer) };
  }
  const jobId = integer(found.job, 'job-id');
  if (jobId === null) return { kind: 'unknown', sheets: null, reasons: ['other'] };
  return follow(printer, jobId, task);
}

/** Whether the printer was switched on after that moment; then its empty memory proves nothing. In doubt: yes. */
async function startedSince(printer: Printer, moment: number): Promise<boolean> {
  const answer = await ask(printer, 'Get-Printer-Attributes', {
    'requested-attributes': ['printer-up-time'],
  });
  const upTime = answer.kind === 'answer' ? integer(answer.printer, 'printer-up-time') : null;
  return upTime === null || printer.clock() - upTime * 1_000 > moment - UP_TIME_TOLERANCE_MS;
}

/** Asks until the job has ended, cancels it when it must not go on, and gives up at the limits. */
async function follow(printer: Printer, jobId: number, task: Sent): Promise<PrintOutcome> {
  const startedAt = printer.clock();
  let heldSince: number | null = null;
  let lastSeenAt = startedAt;
  let stoppedBy: PrinterReason[] = [];
  let cancelled = false;
  for (;;) {
    const seen = await askJob(printer, jobId);
    const now = printer.clock();
    if (seen.kind === 'absent') return { kind: 'unknown', sheets: null, reasons: stoppedBy };
    if (seen.kind === 'job') {
      lastSeenAt = now;
      task.onSheets(sheetsCompleted(seen.job, task.expected?.sides ?? 'one-sided') ?? 0);
      const state = jobState(seen.job);
      if (state === 'completed' || state === 'ended-early')
        return endOutcome(seen.job, task.expected, stoppedBy);
      const reasons = await reasonsNow(printer);
      const held = state === 'held' || reasons.length > 0;
      if (held) stoppedBy = reasons;
      heldSince = held ? (heldSince ?? now) : null;
    }
    if (now - lastSeenAt > AWAY_LIMIT_MS) return { kind: 'unknown', sheets: null, reasons: ['offline'] };
    const heldTooLong = heldSince !== null && now - heldSince >= printer.heldLimitMs;
    // a jam destroys a sheet: the rest is not printed after it, the money goes back (operations.md 10)
    const mustEnd = stoppedBy.includes('media-jam') || heldTooLong || now - startedAt >= PRINT_LIMIT_MS;
    if (mustEnd && !cancelled) cancelled = await cancel(printer, jobId);
    if (now - startedAt >= PRINT_LIMIT_MS + CLEAR_LIMIT_MS) {
      return { kind: 'unknown', sheets: null, reasons: stoppedBy };
    }
    await printer.wait(POLL_MS);
  }
}

async function askJob(printer: Printer, jobId: number): Promise<Found> {
  const answer = await ask(printer, 'Get-Job-Attributes', {
    'job-id': jobId,
    'requested-attributes': JOB_ATTRIBUTES,
  });
  if (answer.kind !== 'answer') return { kind: 'away' };
  if (isSuccessful(answer) && answer.jobs[0]) return { kind: 'job', job: answer.jobs[0] };
  const forgotten = answer.status === 'client-error-not-found' || answer.status === 'client-error-gone';
  return { kind: forgotten ? 'absent' : 'away' };
}

/** Empty when the printer runs or cannot be asked. */
async function reasonsNow(printer: Printer): Promise<PrinterReason[]> {
  const answer = await status(printer);
  return answer.kind === 'notReady' ? [...answer.reasons] : [];
}

async function cancel(printer: Printer, jobId: number): Promise<boolean> {
  const answer = await ask(printer, 'Cancel-Job', { 'job-id': jobId });
  return answer.kind === 'answer' && isSuccessful(answer);
}

async function findAfterLostReply(printer: Printer, reference: string): Promise<Found> {
  let found: Found = { kind: 'away' };
  for (let lookup = 0; lookup < LOST_REPLY_LOOKUPS; lookup += 1) {
    if (lookup > 0) await printer.wait(LOST_REPLY_PAUSE_MS);
    found = await find(printer, reference);
    if (found.kind === 'job') return found;
  }
  return found;
}

/** Waiting jobs are asked for first: a job moves from there to the ended ones, never back, so it cannot slip through. */
async function find(printer: Printer, reference: string): Promise<Found> {
  for (const which of ['not-completed', 'completed'] as const) {
    const jobs = await listJobs(printer, which);
    if (jobs === null) return { kind: 'away' };
    const job = jobs.find((candidate) => words(candidate, 'job-name')[0] === reference);
    if (job) return { kind: 'job', job };
  }
  return { kind: 'absent' };
}

async function listJobs(
  printer: Printer,
  which: 'not-completed' | 'completed',
): Promise<readonly IppAttributes[] | null> {
  const answer = await ask(printer, 'Get-Jobs', {
    'which-jobs': which,
    'my-jobs': true,
    'requested-attributes': JOB_ATTRIBUTES,
  });
  if (answer.kind !== 'answer' || !isSuccessful(answer)) return null;
  return answer.jobs;
}

async function clear(printer: Printer): Promise<boolean> {
  const startedAt = printer.clock();
  const told = new Set<number>();
  for (;;) {
    const waiting = await listJobs(printer, 'not-completed');
    if (waiting?.length === 0) return true;
    for (const job of waiting ?? []) {
      const jobId = integer(job, 'job-id');
      if (jobId !== null && !told.has(jobId) && (await cancel(printer, jobId))) told.add(jobId);
    }
    if (waiting === null || printer.clock() - startedAt >= CLEAR_LIMIT_MS) return false;
    await printer.wait(POLL_MS);
  }
}
