/** How a load, a batch or a reconciliation can end. */
import type { RowFault, UndrawableRow } from './parseLines.ts';

export interface RowCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly ended: number;
  /** their time has not come */
  readonly waiting: number;
}
export const NO_ROWS: RowCounts = { added: 0, changed: 0, unchanged: 0, ended: 0, waiting: 0 };

export type FeedOutcome =
  /** `dryRun`: what would have been entered */
  | {
      readonly kind: 'entered';
      readonly dryRun: boolean;
      readonly counts: RowCounts;
      readonly nextSeq: number;
      readonly undrawable: readonly UndrawableRow[];
    }
  /** every event was entered before and says the same */
  | { readonly kind: 'repeated'; readonly nextSeq: number }
  | { readonly kind: 'gap'; readonly expected: number; readonly got: number }
  /** an event that was entered before says something else: nothing of the register counts until the next full load */
  | { readonly kind: 'repeated-differently'; readonly seq: number }
  | { readonly kind: 'other-stream' }
  | { readonly kind: 'not-loaded' }
  | { readonly kind: 'from-the-future' }
  /** a full load that ends before what is known */
  | { readonly kind: 'older-than-known' }
  /** the file as such: no header, fewer or more lines than it says */
  | { readonly kind: 'not-readable'; readonly reason: string }
  /** nothing was entered; `counts`: what the rows without a fault would have done */
  | {
      readonly kind: 'faults';
      /** the first of them, in the order of lines */
      readonly faults: readonly RowFault[];
      readonly total: number;
      readonly counts: RowCounts;
    };
export type FeedRefusal = Exclude<FeedOutcome, { readonly kind: 'entered' | 'repeated' }>;

/** A file is corrected in steps: more than this nobody reads at once. */
export const FAULTS_SHOWN = 500;
