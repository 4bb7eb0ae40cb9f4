/** 80 2A, INTERNAL AUTHENTICATE, GET CHALLENGE (card.md 2.4, 2.6, 2.11). */
import { randomBytes, type KeyObject } from 'node:crypto';
import type { CardSession } from './cardSession.ts';
import type { CommandApdu } from './commandApdu.ts';
import { computeSignature } from './signing.ts';
import { demand, SW } from './statusWord.ts';

const NO_DATA = Buffer.alloc(0);

/** PERFORM SECURITY OPERATION with a signing key; P1 chooses hash and padding. */
export function sign(session: CardSession, { p1, p2, data = NO_DATA, le }: CommandApdu): Buffer {
  demand(p1 <= 5, SW.wrongParameters);
  const file = session.referencedFile(p2);
  demand(file.kind === 'signing-key', SW.referenceNotFound);
  demand(session.allows(file.access), SW.securityStatus);
  return answered(p1, data, file.key, le);
}

/** The challenge under the card's own key, padded as it is; needs no PIN. */
export function internalAuthenticate(
  session: CardSession,
  { p1, p2, data = NO_DATA, le }: CommandApdu,
): Buffer {
  demand(p1 === 0, SW.wrongParameters);
  const file = session.referencedFile(p2);
  demand(file.kind !== 'signing-key', SW.conditionsOfUse);
  demand(file.kind === 'authentication-key', SW.referenceNotFound);
  return answered(0, data, file.key, le);
}

export function getChallenge(_session: CardSession, { p1, p2, data, le, extended }: CommandApdu): Buffer {
  demand(p1 === 0 && p2 === 0, SW.wrongParameters);
  demand(!extended, SW.conditionsOfUse);
  demand(!data && le !== undefined, SW.wrongLength);
  return randomBytes(le);
}

function answered(p1: number, input: Buffer, key: KeyObject, le: number | undefined): Buffer {
  const signature = computeSignature(p1, input, key);
  demand(le !== undefined && le >= signature.length, SW.wrongLength);
  return signature;
}
