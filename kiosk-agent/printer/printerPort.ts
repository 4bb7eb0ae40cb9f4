/**
 * The store printer as the agent sees it. Types only. Three outcomes, named by the physical fact; `unknown` is an answer.
 * Documents live in memory only.
 */
export type PrinterReason =
  'media-empty' | 'media-jam' | 'cover-open' | 'toner-empty' | 'output-full' | 'paused' | 'offline' | 'other';

export type PrinterStatus =
  | { readonly kind: 'ready' }
  | { readonly kind: 'notReady'; readonly reasons: readonly PrinterReason[] }
  | { readonly kind: 'unreachable' };

export interface PrintJob {
  /** ours, unique per certificate: the IPP job-name, by which a lost job is found again */
  readonly reference: string;
  /** PDF bytes */
  readonly document: Uint8Array;
  readonly pages: number;
}
export type PrintOutcome =
  | { readonly kind: 'printed'; readonly sheets: number }
  /** no sheet of this job left the printer */
  | { readonly kind: 'notPrinted'; readonly reasons: readonly PrinterReason[] }
  /** some sheets, or nobody knows; `sheets` when the printer tells */
  | { readonly kind: 'unknown'; readonly sheets: number | null; readonly reasons: readonly PrinterReason[] };
export interface PrintProgress {
  readonly page: number;
  readonly pages: number;
}

export interface PrinterPort {
  status(): Promise<PrinterStatus>;
  /** Sends once, follows the job to its end state. Never rejects, never sends twice. */
  print(job: PrintJob, onProgress: (progress: PrintProgress) => void): Promise<PrintOutcome>;
  /**
   * What became of a job sent earlier under this reference; a reference the printer never saw is `notPrinted`.
   * `sentAt` (epoch ms, the print-intended row): a printer started since then has forgotten, and says `unknown`.
   */
  lookup(reference: string, sentAt?: number): Promise<PrintOutcome>;
  /** Cancels whatever of ours still waits; the queue is empty afterwards, else false (operations.md T7). */
  clear(): Promise<boolean>;
}
