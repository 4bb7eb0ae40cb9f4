/**
 * COSE_Sign1 (RFC 9052, 4.2) with Ed25519: the untagged array [protected, {}, payload, signature], payload attached.
 * Signed are the compressed bytes, so that nothing is inflated or parsed that the municipality has not signed.
 */
import { decode, encode } from 'cborg';
import { z } from 'zod';

const ALGORITHM = 1;
const KEY_ID = 4;
/** EdDSA (RFC 9053, 2.2). */
const EDDSA = -8;
const SIGNATURE_BYTES = 64;
/** Ties signatures to this use: a signature over anything else is worth nothing here. */
const EXTERNAL_AAD = new TextEncoder().encode('certificate-kiosk front 1');

export interface Sign1 {
  readonly keyId: string;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  /** the Sig_structure the signature must be over */
  readonly signed: Uint8Array;
}

const protectedOf = (keyId: string): Uint8Array =>
  encode(
    new Map<number, unknown>([
      [ALGORITHM, EDDSA],
      [KEY_ID, new TextEncoder().encode(keyId)],
    ]),
  );
const sigStructure = (headers: Uint8Array, payload: Uint8Array): Uint8Array =>
  encode(['Signature1', headers, EXTERNAL_AAD, payload]);

/** The message; `sign` signs the Sig_structure. */
export function makeSign1(
  keyId: string,
  payload: Uint8Array,
  sign: (signed: Uint8Array) => Uint8Array,
): Uint8Array {
  const headers = protectedOf(keyId);
  return encode([headers, new Map(), payload, sign(sigStructure(headers, payload))]);
}

const bytes = z.instanceof(Uint8Array);
const message = z.tuple([
  bytes,
  z.instanceof(Map).refine((map) => map.size === 0),
  bytes,
  bytes.refine(({ length }) => length === SIGNATURE_BYTES),
]);
const headers = z
  .instanceof(Map)
  .refine((map) => map.size === 2 && map.get(ALGORITHM) === EDDSA)
  .transform((map) => bytes.parse(map.get(KEY_ID)));

/** Takes a message apart; nothing is verified yet. Undefined when it is not exactly of this form. */
export function readSign1(text: Uint8Array): Sign1 | undefined {
  try {
    const options = { strict: true, useMaps: true, rejectDuplicateMapKeys: true, allowUndefined: false };
    const [protectedHeaders, , payload, signature] = message.parse(decode(text, options));
    const keyId = new TextDecoder('utf-8', { fatal: true }).decode(
      headers.parse(decode(protectedHeaders, options)),
    );
    return { keyId, payload, signature, signed: sigStructure(protectedHeaders, payload) };
  } catch {
    return undefined;
  }
}
