/** What issuing needs; put together in main.ts. */
import type { KeyObject } from 'node:crypto';
import type { Templates } from '#templates/load.ts';
import type { Clock } from '#templates/vocabulary.ts';
import type { CenterDatabase } from '../database/connect.ts';
import type { RenderOutcome, RenderRequest } from '../documents/renderer.ts';
import type { CanDrawIn } from '../registers/drawable.ts';

export interface IssuingDeps {
  readonly db: CenterDatabase;
  readonly clock: Clock;
  readonly templates: Templates;
  readonly canDraw: CanDrawIn;
  /** Rejects with RenderFaultError. */
  readonly render: (request: RenderRequest) => Promise<RenderOutcome>;
  /** Ed25519 */
  readonly manifestKey: KeyObject;
  /** from the request's arrival to the last moment at which its certificate may be entered */
  readonly prepareTimeoutMs?: number;
}
