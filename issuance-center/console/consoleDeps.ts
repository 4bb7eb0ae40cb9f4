/** What the console needs; put together in center.ts. */
import type { KeyObject } from 'node:crypto';
import type { Logger } from 'pino';
import type { GraphemeOutlines } from '#templates/graphemeOutline.ts';
import type { Clock, MunicipalityCode } from '#templates/vocabulary.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { CenterDatabase } from '../database/connect.ts';
import type { RenderOutcome, RenderRequest } from '../documents/renderer.ts';
import type { CenterKeys } from '../kiosks/centerKeys.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { VerificationDeps } from '../identity/verification.ts';

export interface ConsoleDeps extends Pick<VerificationDeps, 'anchors' | 'ocsp'> {
  readonly db: CenterDatabase;
  readonly clock: Clock;
  readonly configuration: Configuration;
  readonly render: (request: RenderRequest) => Promise<RenderOutcome>;
  /** Ed25519, of manifests */
  readonly manifestKey: KeyObject;
  readonly verificationUrl: string;
  readonly glyphsOf: (block: number) => GraphemeOutlines | undefined;
  readonly privateGlyphsOf: (
    municipality: MunicipalityCode,
    block: number,
  ) => Promise<GraphemeOutlines | undefined>;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** scheme, host and port staff reach the console by; passkeys are bound to its host */
  readonly origin: string;
  /** 32 bytes; what one-time secrets are kept under */
  readonly consoleKey: Buffer;
  /** the built page */
  readonly pageDir: string;
  /** where a counter's card reader answers the browser on its own machine */
  readonly counterReaderOrigin: string;
  /** to give a feed client its certificate */
  readonly keys: Pick<CenterKeys, 'issueFeedCertificate' | 'caCertificate'>;
  /** the feed door as municipalities reach it */
  readonly feedUrl: string;
  /** IPAmj明朝, for reports */
  readonly fontPath: string;
  /** calls of one address a minute before anybody has signed in */
  readonly callsPerMinute?: number;
}
