/**
 * What must not be in the state: the card's connection, secrets until they are used once, certificates, signatures. In memory
 * only; `letGo` and `forget` zero what can be zeroed.
 */
import type { SignedApplication } from '#center/contract/domicileApplication.ts';
import type { SignedContent } from '../card/applicationSignatures.ts';
import type { CardConnection } from '../card/cardReaderPort.ts';
import type { SecretKind } from './state.ts';

/** One presence of one card, held exclusively; every work looks whether it is still the one it began with. */
export interface Presence {
  readonly connection: CardConnection;
  /** 利用者証明用電子証明書, DER */
  readonly authenticationCertificate: Buffer;
  /** 署名用電子証明書, DER */
  signatureCertificate: Buffer | null;
  /** made once; a mistaken PIN afterwards does not ask the password again */
  signed: SignedContent | null;
}
export interface Held {
  secret: { readonly kind: SecretKind; readonly bytes: Buffer } | null;
  /** which reading of a card is wanted; another object when it is not any more */
  turn: object;
  presence: Presence | null;
  application: SignedApplication | null;
  /** the exclusive use of a card ends in its own time; the next connect waits for it */
  cardFree: Promise<void>;
}

export const nothingHeld = (): Held => ({
  secret: null,
  turn: {},
  presence: null,
  application: null,
  cardFree: Promise.resolve(),
});

/** ASCII. Zeroes the one that was not used. */
export function keepSecret(held: Held, kind: SecretKind, bytes: Buffer): void {
  dropSecret(held);
  held.secret = { kind, bytes };
}
/** Takes it out: whoever uses it zeroes it. Null when there is none of this kind. */
export function takeSecret(held: Held, kind: SecretKind): Buffer | null {
  if (held.secret?.kind !== kind) return null;
  const { bytes } = held.secret;
  held.secret = null;
  return bytes;
}
export function dropSecret(held: Held): void {
  held.secret?.bytes.fill(0);
  held.secret = null;
}

/** The card is reset and free; what was read from it and made with it is gone. The signed application stays. */
export function letGo(held: Held): void {
  dropSecret(held);
  const { presence } = held;
  held.turn = {};
  held.presence = null;
  if (!presence) return;
  held.cardFree = presence.connection.close();
  const { authenticationCertificate, signatureCertificate, signed } = presence;
  for (const bytes of [authenticationCertificate, signatureCertificate, signed?.challenge, signed?.cms]) {
    bytes?.fill(0);
  }
}
export function forget(held: Held): void {
  letGo(held);
  held.application = null;
}
