/**
 * The 署名用 half of the JPKI card (card.md 2.2, 2.6): counter, password, certificate, signature. Nothing rejects but for a
 * password of the wrong form, which is the caller's fault and never reaches the card. No command body is logged or kept here.
 */
import { createHash } from 'node:crypto';
import type { BasicFourItems } from '#center/contract/domicileApplication.ts';
import { itemsOfSignatureCertificate } from '#center/contract/signatureItems.ts';
import { bytesToSign, signedContent } from '#center/contract/signedContent.ts';
import { noticeOf, type NoticeCode } from '#templates/notices/notices.ts';
import {
  APDU_TIMEOUT_MS,
  exchange,
  exchangeOnce,
  selectApplication,
  selectFile,
  sign,
  SIGN_TIMEOUT_MS,
  STATUS_OK,
  verify,
} from './apdu.ts';
import type { CardConnection } from './cardReaderPort.ts';
import {
  expectOk,
  noticeOfCardFailure,
  pinOutcome,
  read,
  readCertificate,
  readTriesLeft,
  Refusal,
  type PinOutcome,
} from './jpkiCard.ts';
import { signatureProfile } from './jpkiProfile.ts';
import { readTextTries } from './textCard.ts';

const UNREADABLE = noticeOf('CARD-01');
const NO_CERTIFICATE = noticeOf('CARD-09');
const PASSWORD_BLOCKED = noticeOf('SIGN-02');
const NO_SIGNATURE = noticeOf('SIGN-03');
/** Three bytes: which certificates are there; 8F in the first one is the 署名用電子証明書. */
const PRESENCE_FILE = 0x0008;
const PRESENT = 0x8f;
/** Looked at byte by byte: no text of a secret is made. */
const isPassword = (bytes: Buffer): boolean =>
  bytes.length >= 6 &&
  bytes.length <= 16 &&
  bytes.every((byte) => (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a));

interface Lost {
  readonly kind: 'lost';
  readonly notice: NoticeCode;
}

/**
 * Whether the card can sign, and how many tries its secrets have left; spends none.
 * @param text the 券面事項入力補助AP is asked too; the JPKI application is selected again afterwards
 */
export async function readCounters(
  connection: CardConnection,
  text: boolean,
): Promise<
  | { readonly kind: 'counters'; readonly password: number | null; readonly text: number | null }
  | { readonly kind: 'refused'; readonly notice: NoticeCode }
> {
  try {
    const textTries = text ? await readTextTries(connection) : 0;
    await expectOk(connection, selectApplication(signatureProfile.application), UNREADABLE);
    await expectOk(connection, selectFile(PRESENCE_FILE), NO_SIGNATURE);
    const [present] = await read(connection, 0, 3, NO_SIGNATURE);
    if (present !== PRESENT) throw new Refusal(NO_SIGNATURE);
    await expectOk(connection, selectFile(signatureProfile.certificate), NO_SIGNATURE);
    const password = await readTriesLeft(connection, signatureProfile);
    if (password === 0) throw new Refusal(PASSWORD_BLOCKED);
    return { kind: 'counters', password, text: textTries };
  } catch (error) {
    return { kind: 'refused', notice: noticeOfSignature(error) };
  }
}

/** A missing certificate is here the 署名用 one. */
function noticeOfSignature(error: unknown): NoticeCode {
  const notice = noticeOfCardFailure(error);
  return notice === NO_CERTIFICATE ? NO_SIGNATURE : notice;
}

/**
 * Sends the password once, whatever happens, and reads the certificate behind it. The buffer is zeroed when this returns or
 * throws. @param password ASCII. Throws RangeError for another form, before the card is told.
 */
export async function openSignature(
  connection: CardConnection,
  password: Buffer,
): Promise<
  | { readonly kind: 'opened'; readonly certificate: Buffer; readonly items: BasicFourItems }
  | Exclude<PinOutcome, { kind: 'verified' }>
> {
  const command = verify(password);
  try {
    if (!isPassword(password)) throw new RangeError('six to sixteen capitals and digits');
    await expectOk(connection, selectApplication(signatureProfile.application), UNREADABLE);
    await expectOk(connection, selectFile(signatureProfile.pin), UNREADABLE);
    const verified = pinOutcome(await exchangeOnce(connection, command, APDU_TIMEOUT_MS));
    if (verified.kind !== 'verified') return verified;
    const certificate = await readCertificate(connection, signatureProfile);
    const items = itemsOfSignatureCertificate(certificate);
    return items ? { kind: 'opened', certificate, items } : { kind: 'lost', notice: NO_SIGNATURE };
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return { kind: 'lost', notice: noticeOfSignature(error) };
  } finally {
    password.fill(0);
    command.fill(0);
  }
}

/**
 * CMS over `content` by the 署名用 key. Needs a verified password on the same connection.
 * @param certificate 署名用電子証明書, DER, as `openSignature` read it
 */
export async function signContent(
  connection: CardConnection,
  content: Uint8Array,
  certificate: Buffer,
): Promise<{ readonly kind: 'signed'; readonly cms: Buffer } | Lost> {
  const { hash, digestInfoPrefix, p1 } = signatureProfile.signature;
  const digest = createHash(hash).update(bytesToSign(content, certificate)).digest();
  try {
    await expectOk(connection, selectFile(signatureProfile.key), UNREADABLE);
    const command = sign(p1, Buffer.concat([digestInfoPrefix, digest]));
    const { data, status } = await exchange(connection, command, SIGN_TIMEOUT_MS);
    if (status !== STATUS_OK || data.length === 0) return { kind: 'lost', notice: UNREADABLE };
    return { kind: 'signed', cms: signedContent(content, certificate, data) };
  } catch (error) {
    return { kind: 'lost', notice: noticeOfSignature(error) };
  }
}
