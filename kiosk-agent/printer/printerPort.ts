/**
 * The store printer as the agent sees it. Types only. Three outcomes, named by the physical fact; `unknown` is an answer.
 * Documents live in memory only.
 */
export type PrinterReason =
  | 'media-empty'
  | 'media-jam'
  | 'cover-open'
  | 'toner-empty'
  | 'output-full'
  | 'paused'
  | 'offline'
  /** it prints on one side only: no certificate comes out of it */
  | 'no-duplex'
  | 'other';

export type PrinterStatus =
  | { readonly kind: 'ready' }
  | { readonly kind: 'notReady'; readonly reasons: readonly PrinterReason[] }
  | { readonly kind: 'unreachable' };

/** A certificate has its back on the back of its front (turned over the long edge); a receipt has one side. */
export type Sides = 'two-sided' | 'one-sided';

export interface PrintJob {
  /** ours, unique per document: the IPP job-name, by which a lost job is found again */
  readonly reference: string;
  /** PDF bytes */
  readonly document: Uint8Array;
  /** of the PDF, backs included */
  readonly pages: number;
  readonly sides: Sides;
}
/** What is known about a job that was sent earlier, from its row in the journal. */
export interface SentJob {
  /** epoch ms; a printer started since then has forgotten its jobs */
  readonly sentAt: number;
  readonly pages: number;
  readonly sides: Sides;
}
export type PrintOutcome =
  | { readonly kind: 'printed'; readonly sheets: number }
  /** no sheet of this job left the printer */
  | { readonly kind: 'notPrinted'; readonly reasons: readonly PrinterReason[] }
  /** some sheets, or nobody knows; `sheets` when the printer tells */
  | { readonly kind: 'unknown'; readonly sheets: number | null; readonly reasons: readonly PrinterReason[] };
export interface PrintProgress {
  /** out of the printer so far */
  readonly sheet: number;
  readonly sheets: number;
}

export interface PrinterPort {
  status(): Promise<PrinterStatus>;
  /** Sends once, follows the job to its end state. Never rejects, never sends twice. */
  print(job: PrintJob, onProgress: (progress: PrintProgress) => void): Promise<PrintOutcome>;
  /**
   * What became of a job sent earlier under this reference; a reference the printer never saw is `notPrinted`.
   * With `sent` a printer started since then is known to have forgotten, and says `unknown`.
   */
  lookup(reference: string, sent?: SentJob): Promise<PrintOutcome>;
  /** Cancels whatever of ours still waits; the queue is empty afterwards, else false (operations.md T7). */
  clear(): Promise<boolean>;
}
