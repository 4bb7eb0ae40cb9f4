/** The one way into the registers: full loads, events after them, the daily reconciliation. */
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { FeedRegister } from '../contract/registerFeed.ts';
import type { CenterDatabase } from '../database/connect.ts';
import type { CanDraw } from './drawable.ts';

export interface FeedDeps {
  readonly db: CenterDatabase;
  /** what a municipality's certificates can be printed with, its own characters included */
  readonly canDraw: (municipality: MunicipalityCode) => CanDraw | Promise<CanDraw>;
  /** instant of the arrival, milliseconds */
  readonly now: number;
}

export interface FeedPlace {
  readonly municipality: MunicipalityCode;
  readonly register: FeedRegister;
}

export { enterLoad } from './enterLoad.ts';
export { enterEvents } from './enterEvents.ts';
export { reconcile } from './reconcile.ts';
export type { FeedOutcome, FeedRefusal, RowCounts } from './feedOutcome.ts';
