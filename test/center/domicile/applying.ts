/** A valid application without a card reader: the two keys of an issued card sign as the kiosk and the home agent let them. */
import { createHash, sign } from 'node:crypto';
import {
  applicationBytes,
  possessionMessage,
  type ApplicantStatement,
  type ApplicationChannel,
  type ApplicationContent,
  type SignedApplication,
} from '#center/contract/domicileApplication.ts';
import { bytesToSign, signedContent } from '#center/contract/signedContent.ts';
import { readCertificate } from '#center/identity/certificate.ts';
import { basicFourItemsOf } from '#center/identity/signatureCertificate.ts';
import type { IssuedCard } from '#simulators/authority/issueCard.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';

export const STATEMENT: ApplicantStatement = {
  domicile: '本町一丁目5番地',
  headOfRegister: '𣘺本　梓',
  furigana: 'ミホン　タロウ',
  telephone: '09012345678',
};

export interface Call {
  readonly channel: ApplicationChannel;
  readonly challengeId: string;
  readonly challenge: Buffer;
  readonly municipality: MunicipalityCode;
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const derOf = ({ certificate }: { readonly certificate: string }): Buffer =>
  Buffer.from(certificate, 'base64');

/** What the applicant of this card would sign. Throws when the card has no 署名用 certificate. */
export function contentFor(
  { card }: Pick<IssuedCard, 'card'>,
  { channel, challengeId, challenge, municipality }: Call,
  statement: ApplicantStatement = STATEMENT,
): ApplicationContent {
  return {
    version: 1,
    purpose: 'domicile-registration',
    channel,
    municipality,
    challengeId,
    challenge: challenge.toString('base64'),
    authenticationCertificate: sha256(derOf(card.authentication)).toString('hex'),
    statement,
    items: basicFourItemsOf(readCertificate(derOf(card.signature!))),
  };
}

/** `other`: signs the possession, where a test swaps the cards. */
export function signApplication(
  { card }: Pick<IssuedCard, 'card'>,
  content: ApplicationContent,
  {
    other = card,
    bytes = Buffer.from(applicationBytes(content)),
  }: {
    readonly other?: IssuedCard['card'];
    readonly bytes?: Buffer;
  } = {},
): SignedApplication {
  const certificate = derOf(card.signature!);
  const cms = signedContent(
    bytes,
    certificate,
    sign('sha256', bytesToSign(bytes, certificate), card.signature!.key),
  );
  const challenge = Buffer.from(content.challenge, 'base64');
  const message = possessionMessage(content.challengeId, challenge, sha256(cms));
  return {
    challengeId: content.challengeId,
    cms: cms.toString('base64'),
    authenticationCertificate: other.authentication.certificate,
    possession: sign('sha256', message, other.authentication.key).toString('base64'),
  };
}
