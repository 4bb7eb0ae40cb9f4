/**
 * The store printer as a machine: a queue, a paper tray, an output tray, and everything that can go wrong with them.
 * No I/O and no time of its own: `step` moves one sheet, so a test decides when paper moves.
 */
import { createHash } from 'node:crypto';
import { countPdfPages } from '#agent/center/pdfPages.ts';
import type { Sides } from '#agent/printer/printerPort.ts';
import { sheetsOf } from '#agent/printer/sheets.ts';
import type { Clock } from '#templates/vocabulary.ts';

export type JobStateName =
  'pending' | 'processing' | 'processing-stopped' | 'completed' | 'canceled' | 'aborted';
export interface StoreJob {
  readonly id: number;
  /** IPP job-name */
  readonly reference: string;
  readonly user: string;
  readonly pages: number;
  readonly sides: Sides;
  readonly bytes: Buffer;
  readonly sha256: string;
  /** out of the printer so far */
  sheets: number;
  state: JobStateName;
  reason: string;
}
/** One sheet in the output tray. */
export interface Sheet {
  readonly jobId: number;
  readonly reference: string;
  /** of its job, from 1 */
  readonly sheet: number;
}
export interface PrinterFaults {
  /** the sheet on which the next jam happens (1 = first of its job), null for none */
  jamOnSheet: number | null;
  /** power fails when a job has this many sheets out */
  powerCutAfterSheet: number | null;
  /** so many Print-Job requests are taken, and their answers lost */
  lostReplies: number;
  /** so many Print-Job requests are cut off before they are taken */
  cutRequests: number;
  /** every answer is held back this long */
  delayMs: number;
  /** after a power cut the machine no longer knows its jobs */
  forgetsJobs: boolean;
}
export interface StorePrinter {
  readonly jobs: readonly StoreJob[];
  readonly tray: readonly Sheet[];
  readonly faults: PrinterFaults;
  /** Print-Job requests whose name had been seen before */
  readonly duplicates: number;
  readonly power: boolean;
  readonly paper: number;
  /** it can print the back of a sheet */
  readonly duplex: boolean;
  setDuplex(on: boolean): void;
  /** whole seconds since it was switched on, at least 1 */
  upTime(): number;
  /** IPP printer-state-reasons that stop the machine, e.g. media-jam-error; empty when it runs */
  stopReasons(): string[];
  accept(job: {
    readonly reference: string;
    readonly user: string;
    readonly document: Buffer;
    readonly sides: Sides;
  }): StoreJob | null;
  cancel(id: number): boolean;
  /** Prints one sheet when it can. Returns whether anything moved. */
  step(): boolean;
  /** Jams the machine now. */
  jam(): void;
  /** Takes the jammed paper out, shuts the cover, forgets the faults that were to come. */
  clear(): void;
  setPaper(sheets: number): void;
  setCover(open: boolean): void;
  setPaused(paused: boolean): void;
  setToner(present: boolean): void;
  setPower(on: boolean): void;
  takePaper(): readonly Sheet[];
  reset(): void;
}
export const FULL_TRAY_SHEETS = 250;
const OUTPUT_TRAY_SHEETS = 100;

interface Machine {
  jobs: StoreJob[];
  tray: Sheet[];
  seen: string[];
  duplicates: number;
  power: boolean;
  startedAt: number;
  paper: number;
  jammed: boolean;
  coverOpen: boolean;
  paused: boolean;
  toner: boolean;
  duplex: boolean;
}
const noFaults = (): PrinterFaults => ({
  jamOnSheet: null,
  powerCutAfterSheet: null,
  lostReplies: 0,
  cutRequests: 0,
  delayMs: 0,
  forgetsJobs: false,
});
const newMachine = (startedAt: number): Machine => ({
  jobs: [],
  tray: [],
  seen: [],
  duplicates: 0,
  power: true,
  startedAt,
  paper: FULL_TRAY_SHEETS,
  jammed: false,
  coverOpen: false,
  paused: false,
  toner: true,
  duplex: true,
});

/** A printer that is on, has paper and knows no job. */
export function createStorePrinter(clock: Clock): StorePrinter {
  const machine = newMachine(clock());
  const faults = noFaults();
  return {
    get jobs() {
      return machine.jobs;
    },
    get tray() {
      return machine.tray;
    },
    get duplicates() {
      return machine.duplicates;
    },
    get power() {
      return machine.power;
    },
    get paper() {
      return machine.paper;
    },
    get duplex() {
      return machine.duplex;
    },
    faults,
    upTime: () => 1 + Math.floor((clock() - machine.startedAt) / 1_000),
    stopReasons: () => stopReasons(machine),
    accept: (job) => accept(machine, job),
    cancel: (id) => cancel(machine, id),
    step: () => step(machine, faults),
    jam: () => (machine.jammed = true),
    clear: () => {
      machine.jammed = false;
      machine.coverOpen = false;
      Object.assign(faults, noFaults());
    },
    setPaper: (sheets) => (machine.paper = sheets),
    setCover: (open) => (machine.coverOpen = open),
    setPaused: (paused) => (machine.paused = paused),
    setDuplex: (on) => (machine.duplex = on),
    setToner: (present) => (machine.toner = present),
    setPower: (on) => {
      if (on && !machine.power) machine.startedAt = clock();
      setPower(machine, faults, on);
    },
    takePaper: () => machine.tray.splice(0),
    reset: () => {
      Object.assign(machine, newMachine(machine.startedAt));
      Object.assign(faults, noFaults());
    },
  };
}

function stopReasons(machine: Machine): string[] {
  const reasons: string[] = [];
  if (machine.jammed) reasons.push('media-jam-error');
  if (machine.coverOpen) reasons.push('cover-open-error');
  if (machine.paper === 0) reasons.push('media-empty-error');
  if (!machine.toner) reasons.push('toner-empty-error');
  if (machine.tray.length >= OUTPUT_TRAY_SHEETS) reasons.push('output-area-full-error');
  if (machine.paused) reasons.push('paused');
  return reasons;
}

function accept(machine: Machine, job: Parameters<StorePrinter['accept']>[0]): StoreJob | null {
  const pages = countPdfPages(job.document);
  if (pages === null) return null;
  if (machine.seen.includes(job.reference)) machine.duplicates += 1;
  machine.seen.push(job.reference);
  const taken: StoreJob = {
    id: machine.seen.length,
    reference: job.reference,
    user: job.user,
    pages,
    sides: job.sides,
    bytes: Buffer.from(job.document),
    sha256: createHash('sha256').update(job.document).digest('hex'),
    sheets: 0,
    state: 'pending',
    reason: 'none',
  };
  machine.jobs.push(taken);
  return taken;
}

function isOpen(job: StoreJob): boolean {
  return job.state === 'pending' || job.state === 'processing' || job.state === 'processing-stopped';
}

function cancel(machine: Machine, id: number): boolean {
  const job = machine.jobs.find((candidate) => candidate.id === id);
  if (!job || !isOpen(job)) return false;
  job.state = 'canceled';
  job.reason = 'job-canceled-by-user';
  return true;
}

function step(machine: Machine, faults: PrinterFaults): boolean {
  const job = machine.jobs.find(isOpen);
  if (!machine.power || !job) return false;
  if (faults.jamOnSheet === job.sheets + 1) {
    machine.jammed = true;
    faults.jamOnSheet = null;
  }
  if (stopReasons(machine).length > 0) {
    job.state = 'processing-stopped';
    job.reason = 'printer-stopped';
    return false;
  }
  job.state = 'processing';
  job.reason = 'job-printing';
  job.sheets += 1;
  machine.paper -= 1;
  machine.tray.push({ jobId: job.id, reference: job.reference, sheet: job.sheets });
  if (job.sheets === sheetsOf(job)) {
    job.state = 'completed';
    job.reason = 'job-completed-successfully';
  }
  if (faults.powerCutAfterSheet === job.sheets) {
    faults.powerCutAfterSheet = null;
    setPower(machine, faults, false);
  }
  return true;
}

/** What a real machine does: the job that was printing is not taken up again when the power is back. */
function setPower(machine: Machine, faults: PrinterFaults, on: boolean): void {
  machine.power = on;
  if (on) return;
  for (const job of machine.jobs.filter(isOpen)) {
    job.state = 'aborted';
    job.reason = 'aborted-by-system';
  }
  if (faults.forgetsJobs) machine.jobs = [];
}
