/**
 * The JPKI card's protocol over one connection (card.md 2.13, F1). Nothing rejects but for a PIN of the wrong form,
 * which is the caller's fault and never reaches the card. No command body is logged, kept or put into an error here.
 */
import { createHash } from 'node:crypto';
import { noticeOf, type NoticeCode } from '#templates/notices/notices.ts';
import {
  APDU_TIMEOUT_MS,
  askTriesLeft,
  exchange,
  exchangeOnce,
  readBinary,
  selectApplication,
  selectFile,
  sign,
  SIGN_TIMEOUT_MS,
  STATUS_OK,
  verify,
  type CardAnswer,
} from './apdu.ts';
import { CardTransportError, type CardConnection } from './cardReaderPort.ts';
import { userAuthenticationProfile, type CardProfile } from './jpkiProfile.ts';

const LABEL_BYTES = 0x20;
const CHUNK_BYTES = 256;
/** Certificates of 1,573 and 1,583 bytes are known; the kiosk API takes 8,192 characters of base64. */
const MAX_CERTIFICATE_BYTES = 6_000;
const FILE_NOT_FOUND = 0x6a82;
const END_OF_FILE = 0x6282;
/** 6984 is what the card says, 6983 what generic ISO texts say (card.md 2.7). */
const BLOCKED = [0x6983, 0x6984];

const NOTICE = {
  unreadable: noticeOf('CARD-01'),
  foreign: noticeOf('CARD-02'),
  blocked: noticeOf('CARD-04'),
  removed: noticeOf('CARD-05'),
  juki: noticeOf('CARD-06'),
  phone: noticeOf('CARD-07'),
  noCertificate: noticeOf('CARD-09'),
  noReader: noticeOf('CARD-10'),
} as const;

export interface Refused {
  readonly kind: 'refused';
  readonly notice: NoticeCode;
}
export type HolderOutcome =
  | {
      readonly kind: 'holder';
      /** 利用者証明用電子証明書, DER */
      readonly certificate: Buffer;
      /** null: the card does not tell */
      readonly triesLeft: number | null;
    }
  | Refused;
export type PinOutcome =
  | { readonly kind: 'verified' }
  | { readonly kind: 'wrong'; readonly triesLeft: number | null }
  | { readonly kind: 'blocked' }
  /** no answer that says what happened; the try counts as spent, and the card must be read again from the start */
  | { readonly kind: 'lost'; readonly notice: NoticeCode };
export type SignatureOutcome =
  | { readonly kind: 'signed'; readonly signature: Buffer }
  | { readonly kind: 'lost'; readonly notice: NoticeCode };

/** Ends the reading of a card with a notice; never leaves card/. */
export class Refusal extends Error {
  readonly notice: NoticeCode;
  constructor(notice: NoticeCode) {
    super(notice);
    this.notice = notice;
  }
}

/** The notice for what a connection or its opening failed with. */
export function noticeOfCardFailure(error: unknown): NoticeCode {
  if (error instanceof Refusal) return error.notice;
  if (!(error instanceof CardTransportError)) throw error;
  switch (error.reason) {
    case 'removed':
      return NOTICE.removed;
    case 'reader':
      return NOTICE.noReader;
    case 'timeout':
    case 'protocol':
    case 'busy':
      return NOTICE.unreadable;
  }
}

/**
 * Which card it is, whose certificate it carries, how many tries the PIN has left. Spends nothing, needs no PIN.
 * @param connection fresh, exclusive
 */
export async function readHolder(
  connection: CardConnection,
  profile: CardProfile = userAuthenticationProfile,
): Promise<HolderOutcome> {
  try {
    await selectCard(connection, profile);
    const certificate = await readCertificate(connection, profile);
    const triesLeft = await readTriesLeft(connection, profile);
    if (triesLeft === 0) return { kind: 'refused', notice: NOTICE.blocked };
    return { kind: 'holder', certificate, triesLeft };
  } catch (error) {
    return { kind: 'refused', notice: noticeOfCardFailure(error) };
  }
}

/**
 * Sends the PIN once, whatever happens. The buffer is zeroed when this returns or throws.
 * @param pin ASCII digits, exactly as many as the profile says. Throws RangeError for anything else, before the card is told.
 */
export async function verifyPin(
  connection: CardConnection,
  pin: Buffer,
  profile: CardProfile = userAuthenticationProfile,
): Promise<PinOutcome> {
  const command = verify(pin);
  try {
    const wellFormed = pin.length === profile.pinDigits && pin.every((byte) => byte >= 0x30 && byte <= 0x39);
    if (!wellFormed) throw new RangeError(`a PIN of ${profile.pinDigits} digits is expected`);
    const selected = await exchange(connection, selectFile(profile.pin));
    if (selected.status !== STATUS_OK) return { kind: 'lost', notice: NOTICE.unreadable };
    return pinOutcome(await exchangeOnce(connection, command, APDU_TIMEOUT_MS));
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return { kind: 'lost', notice: noticeOfCardFailure(error) };
  } finally {
    pin.fill(0);
    command.fill(0);
  }
}

/**
 * The card's signature over the message's digest, as the profile's algorithm has it; its length follows the card's key.
 * Needs a verified PIN on the same connection.
 */
export async function signChallenge(
  connection: CardConnection,
  message: Uint8Array,
  profile: CardProfile = userAuthenticationProfile,
): Promise<SignatureOutcome> {
  const { hash, digestInfoPrefix, p1 } = profile.signature;
  const digestInfo = Buffer.concat([digestInfoPrefix, createHash(hash).update(message).digest()]);
  try {
    await expectOk(connection, selectFile(profile.key), NOTICE.unreadable);
    const signed = await exchange(connection, sign(p1, digestInfo), SIGN_TIMEOUT_MS);
    if (signed.status === STATUS_OK && signed.data.length > 0) {
      return { kind: 'signed', signature: Buffer.from(signed.data) };
    }
    return { kind: 'lost', notice: NOTICE.unreadable };
  } catch (error) {
    return { kind: 'lost', notice: noticeOfCardFailure(error) };
  }
}

async function selectCard(connection: CardConnection, profile: CardProfile): Promise<void> {
  await expectOk(connection, selectApplication(profile.application), NOTICE.foreign);
  await expectOk(connection, selectFile(profile.tokenInfo), NOTICE.foreign);
  const info = await read(connection, 0, LABEL_BYTES);
  const label = info.toString('latin1').replace(/[ \0]+$/, '');
  switch (profile.labels[label]) {
    case 'my-number':
      return;
    case 'juki':
      throw new Refusal(NOTICE.juki);
    case 'phone':
      throw new Refusal(NOTICE.phone);
    case undefined:
      throw new Refusal(NOTICE.foreign);
  }
}

/** The DER object at the start of the file; what the file has behind it (filler FF) is not read (card.md 2.5). */
export async function readCertificate(
  connection: CardConnection,
  profile: Pick<CardProfile, 'certificate'>,
): Promise<Buffer> {
  await expectOk(connection, selectFile(profile.certificate), NOTICE.noCertificate);
  const head = await read(connection, 0, 4, NOTICE.noCertificate);
  const total = 4 + head.readUInt16BE(2);
  // an X.509 certificate with an RSA key is a SEQUENCE whose length takes two bytes
  if (head[0] !== 0x30 || head[1] !== 0x82 || total > MAX_CERTIFICATE_BYTES) {
    throw new Refusal(NOTICE.noCertificate);
  }
  const chunks: Buffer[] = [];
  for (let offset = 0; offset < total; offset += CHUNK_BYTES) {
    const length = Math.min(CHUNK_BYTES, total - offset);
    chunks.push(await read(connection, offset, length, NOTICE.noCertificate));
  }
  return Buffer.concat(chunks);
}

export async function readTriesLeft(
  connection: CardConnection,
  profile: Pick<CardProfile, 'pin'>,
): Promise<number | null> {
  await expectOk(connection, selectFile(profile.pin), NOTICE.noCertificate);
  const { status } = await exchangeOnce(connection, askTriesLeft(), APDU_TIMEOUT_MS);
  if (BLOCKED.includes(status)) return 0;
  // already verified: some cards then do not tell the counter (card.md 7, 9)
  if (status === STATUS_OK) return null;
  const triesLeft = triesLeftOf(status);
  if (triesLeft === null) throw new Refusal(NOTICE.unreadable);
  return triesLeft;
}

export function pinOutcome(answer: CardAnswer): PinOutcome {
  if (answer.data.length > 0) return { kind: 'lost', notice: NOTICE.unreadable };
  if (answer.status === STATUS_OK) return { kind: 'verified' };
  if (BLOCKED.includes(answer.status)) return { kind: 'blocked' };
  const triesLeft = triesLeftOf(answer.status);
  if (triesLeft === 0) return { kind: 'blocked' };
  if (triesLeft !== null || answer.status === 0x6300) return { kind: 'wrong', triesLeft };
  return { kind: 'lost', notice: NOTICE.unreadable };
}

/** x of 63Cx. Other status words end in digits too: 6982 is not two tries. */
function triesLeftOf(status: number): number | null {
  return (status & 0xfff0) === 0x63c0 ? status & 0x0f : null;
}

/** Exactly `length` bytes. A file that is too short is refused with `missing`, an answer cut on its way as unreadable. */
export async function read(
  connection: CardConnection,
  offset: number,
  length: number,
  missing: NoticeCode = NOTICE.foreign,
): Promise<Buffer> {
  const { data, status } = await exchange(connection, readBinary(offset, length));
  if (status === STATUS_OK && data.length === length) return data;
  throw new Refusal(
    status === STATUS_OK || status === 0x6f00 ? NOTICE.unreadable : missingOr(status, missing),
  );
}

/** 6282, 6B00, 69xx: the card is sound and the file is not what it should be. */
function missingOr(status: number, missing: NoticeCode): NoticeCode {
  return status === END_OF_FILE || status === 0x6b00 || status >> 8 === 0x69 ? missing : NOTICE.unreadable;
}

export async function expectOk(
  connection: CardConnection,
  command: Buffer,
  missing: NoticeCode,
): Promise<void> {
  const { status } = await exchange(connection, command);
  if (status === STATUS_OK) return;
  throw new Refusal(status === FILE_NOT_FOUND ? missing : NOTICE.unreadable);
}
