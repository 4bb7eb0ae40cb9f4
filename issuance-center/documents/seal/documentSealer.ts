/** Who seals documents: given to renderers at start, sent to workers as it is (a KeyObject survives `workerData`). */
import type { KeyObject } from 'node:crypto';

export interface DocumentSealer {
  /** RSA private key: its signatures are deterministic (RFC 8017, 8.2) */
  readonly key: KeyObject;
  /** DER, of the key */
  readonly certificate: Uint8Array;
  /** DER, its issuers up to the root, nearest first */
  readonly chain: readonly Uint8Array[];
}
