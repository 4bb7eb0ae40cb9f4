/**
 * 券面事項入力補助AP (card.md 2.9): name and address in their true letters, EF 0002 alone. The file of the 個人番号 (EF 0001)
 * has no name in this code and is never selected (番号法).
 */
import { cardText, type CardText } from '#center/contract/domicileApplication.ts';
import { noticeOf } from '#templates/notices/notices.ts';
import {
  APDU_TIMEOUT_MS,
  askTriesLeft,
  exchange,
  exchangeOnce,
  selectApplication,
  selectFile,
  STATUS_OK,
  verify,
} from './apdu.ts';
import type { CardConnection } from './cardReaderPort.ts';
import { expectOk, noticeOfCardFailure, pinOutcome, read, Refusal, type PinOutcome } from './jpkiCard.ts';

const UNREADABLE = noticeOf('CARD-01');
const APPLICATION = Buffer.from('d3921000310001010408', 'hex');
const ITEMS_FILE = 0x0002;
const PIN_REFERENCE = 0x0011;
const NAME = 0xdf22;
const ADDRESS = 0xdf23;
const ITEMS = 0xff20;
const CHUNK_BYTES = 256;
/** 200 characters of an address, 120 of a name, four bytes each, and room */
const MAX_FILE_BYTES = 2_000;
/** a longer length cannot be that of a file of this size, but for leading zeros */
const MAX_LENGTH_OCTETS = 3;
/** tag of two bytes, first octet of the length, and its others */
const HEAD_BYTES = 3 + MAX_LENGTH_OCTETS;

/** Tries left of the 4-digit PIN; 0 when it is blocked or the application is not there; null when the card does not tell. */
export async function readTextTries(connection: CardConnection): Promise<number | null> {
  const selected = await exchange(connection, selectApplication(APPLICATION));
  if (selected.status !== STATUS_OK) return 0;
  const reference = await exchange(connection, selectFile(PIN_REFERENCE));
  if (reference.status !== STATUS_OK) return 0;
  const outcome = pinOutcome(await exchangeOnce(connection, askTriesLeft(), APDU_TIMEOUT_MS));
  switch (outcome.kind) {
    case 'wrong':
      return outcome.triesLeft;
    case 'verified':
      return null;
    default:
      return 0;
  }
}

/**
 * Sends the PIN once; zeroed when this returns or throws. The JPKI application has to be selected anew afterwards.
 * @param pin four digits in ASCII. Throws RangeError for anything else, before the card is told.
 */
export async function readText(
  connection: CardConnection,
  pin: Buffer,
): Promise<{ readonly kind: 'text'; readonly text: CardText } | Exclude<PinOutcome, { kind: 'verified' }>> {
  const command = verify(pin);
  try {
    const isPin = pin.length === 4 && pin.every((byte) => byte >= 0x30 && byte <= 0x39);
    if (!isPin) throw new RangeError('four digits');
    await expectOk(connection, selectApplication(APPLICATION), UNREADABLE);
    await expectOk(connection, selectFile(PIN_REFERENCE), UNREADABLE);
    const verified = pinOutcome(await exchangeOnce(connection, command, APDU_TIMEOUT_MS));
    if (verified.kind !== 'verified') return verified;
    await expectOk(connection, selectFile(ITEMS_FILE), UNREADABLE);
    return { kind: 'text', text: textOf(await readItems(connection)) };
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return { kind: 'lost', notice: noticeOfCardFailure(error) };
  } finally {
    pin.fill(0);
    command.fill(0);
  }
}

async function readItems(connection: CardConnection): Promise<Buffer> {
  const head = objectAt(await read(connection, 0, HEAD_BYTES, UNREADABLE), 0);
  const total = head.start + head.length;
  if (head.tag !== ITEMS || total > MAX_FILE_BYTES) throw new Refusal(UNREADABLE);
  const chunks: Buffer[] = [];
  for (let offset = 0; offset < total; offset += CHUNK_BYTES) {
    chunks.push(await read(connection, offset, Math.min(CHUNK_BYTES, total - offset), UNREADABLE));
  }
  return Buffer.concat(chunks);
}

interface Placed {
  readonly tag: number;
  /** of the value */
  readonly start: number;
  readonly length: number;
}
/** Tag and length of the object at `offset`: tags of two bytes, lengths BER and not always minimal. */
function objectAt(bytes: Buffer, offset: number): Placed {
  if (offset + 3 > bytes.length) throw new Refusal(UNREADABLE);
  const tag = bytes.readUInt16BE(offset);
  const first = bytes[offset + 2] ?? 0;
  if (first < 0x80) return { tag, start: offset + 3, length: first };
  const size = first & 0x7f;
  if (size < 1 || size > MAX_LENGTH_OCTETS || offset + 3 + size > bytes.length) throw new Refusal(UNREADABLE);
  return { tag, start: offset + 3 + size, length: bytes.readUIntBE(offset + 3, size) };
}

function textOf(items: Buffer): CardText {
  const whole = objectAt(items, 0);
  const texts = new Map<number, string>();
  for (let offset = whole.start; offset < items.length;) {
    const { tag, start, length } = objectAt(items, offset);
    if (start + length > items.length || texts.has(tag)) throw new Refusal(UNREADABLE);
    texts.set(tag, items.toString('utf8', start, start + length));
    offset = start + length;
  }
  const parsed = cardText.safeParse({ name: texts.get(NAME), address: texts.get(ADDRESS) });
  if (!parsed.success) throw new Refusal(UNREADABLE);
  return parsed.data;
}
