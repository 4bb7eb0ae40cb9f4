/**
 * The two signatures of an application in their one order, for the kiosk and for the home agent: the 署名用 key over the
 * content, which names the card's other certificate; then the 利用者証明用 key over what the first one made.
 */
import { createHash } from 'node:crypto';
import {
  applicationBytes,
  applicationContent,
  possessionMessage,
  type ApplicantStatement,
  type ApplicationChannel,
  type BasicFourItems,
  type CardText,
} from '#center/contract/domicileApplication.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { CardConnection } from './cardReaderPort.ts';
import type { PinOutcome, signChallenge, SignatureOutcome, verifyPin } from './jpkiCard.ts';

/** What is applied for, and the center's challenge for it (32 bytes, base64). */
export interface ApplicationCall {
  readonly channel: ApplicationChannel;
  readonly municipality: MunicipalityCode;
  readonly challengeId: string;
  readonly challenge: string;
  readonly statement: ApplicantStatement;
}
/** What was read from the one card that signs. */
export interface ReadFromCard {
  /** 利用者証明用電子証明書, DER */
  readonly authenticationCertificate: Buffer;
  readonly items: BasicFourItems;
  readonly text: CardText | null;
}
/** The first signature. */
export interface SignedContent {
  readonly challengeId: string;
  readonly challenge: Buffer;
  /** DER */
  readonly cms: Buffer;
}

/** The bytes for the 署名用 key. Throws ZodError for what is no application. */
export function applicationToSign(call: ApplicationCall, card: ReadFromCard): Uint8Array {
  const { statement, channel, municipality, challengeId, challenge } = call;
  const content = applicationContent.parse({
    version: 1,
    purpose: 'domicile-registration',
    channel,
    municipality,
    challengeId,
    challenge,
    authenticationCertificate: createHash('sha256').update(card.authenticationCertificate).digest('hex'),
    statement,
    items: card.items,
    ...(card.text ? { cardText: card.text } : {}),
  });
  return applicationBytes(content);
}

export interface PossessionSteps {
  verifyPin(connection: CardConnection, pin: Buffer): ReturnType<typeof verifyPin>;
  signChallenge(connection: CardConnection, message: Uint8Array): ReturnType<typeof signChallenge>;
}

/**
 * The second signature. Sends the PIN once; the buffer is zeroed by the step.
 * @param isWanted asked after the PIN: false signs nothing (`unwanted`), the applicant has gone
 */
export async function provePossession(
  steps: PossessionSteps,
  connection: CardConnection,
  { challengeId, challenge, cms }: SignedContent,
  pin: Buffer,
  isWanted: () => boolean,
): Promise<Exclude<PinOutcome, { kind: 'verified' }> | SignatureOutcome | { readonly kind: 'unwanted' }> {
  const cmsSha256 = createHash('sha256').update(cms).digest();
  const message = possessionMessage(challengeId, challenge, cmsSha256);
  const verified = await steps.verifyPin(connection, pin);
  if (!isWanted()) return { kind: 'unwanted' };
  return verified.kind === 'verified' ? steps.signChallenge(connection, message) : verified;
}
