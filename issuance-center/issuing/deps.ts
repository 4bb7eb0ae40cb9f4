/** What issuing needs; put together in main.ts. */
import type { KeyObject } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '#templates/vocabulary.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { CenterDatabase } from '../database/connect.ts';
import type { RenderOutcome, RenderRequest } from '../documents/renderer.ts';
import type { MunicipalityKeys } from '../verification/municipalityKeys.ts';

export interface Fronts extends Pick<MunicipalityKeys, 'keyOf'> {
  readonly verificationUrl: string;
}

export interface IssuingDeps {
  readonly db: CenterDatabase;
  readonly clock: Clock;
  readonly configuration: Configuration;
  readonly log: Pick<Logger, 'info'>;
  /** Rejects with RenderFaultError. */
  readonly render: (request: RenderRequest) => Promise<RenderOutcome>;
  /** Ed25519 */
  readonly manifestKey: KeyObject;
  /** what back pages are signed with, and where recipients check them */
  readonly fronts: Fronts;
  /** from the request's arrival to the last moment at which its certificate may be entered */
  readonly prepareTimeoutMs?: number;
}
