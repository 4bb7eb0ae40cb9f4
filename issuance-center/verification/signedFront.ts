/** Signs the fronts of a document for its back pages: payload, COSE_Sign1, pieces for 2D codes. No I/O, no clock. */
import { createHash, sign, type KeyObject } from 'node:crypto';
import { splitIntoCodes } from './front/codes.ts';
import { makeSign1 } from './front/coseSign1.ts';
import type { FrontContent } from './front/frontContent.ts';
import { digestInput, encodePage, truncatedDigest } from './front/frontPayload.ts';

export type { FrontContent } from './front/frontContent.ts';

export interface FrontKey {
  /** as published in keys.json */
  readonly id: string;
  /** Ed25519, private */
  readonly key: KeyObject;
}

/**
 * For each front page the bytes of the 2D codes on its back, each one symbol. The same content and key give the same
 * bytes. Throws RangeError when a page does not fit its codes or a text cannot be kept: the document is then refused.
 */
export function signFront(content: FrontContent, key: FrontKey): readonly (readonly Uint8Array[])[] {
  const digest = truncatedDigest(sha256(digestInput(content)));
  return content.pages.map((_, index) => {
    const payload = encodePage(content, index, digest);
    const message = makeSign1(key.id, payload, (signed) => sign(null, signed, key.key));
    return splitIntoCodes(message, sha256(message));
  });
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
