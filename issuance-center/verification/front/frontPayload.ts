/**
 * A front page as CBOR, deflated: the bytes that are signed. Strings are laid in columns (all labels, then all values),
 * because forms repeat their labels in the same order and the preset dictionary knows those orders.
 *
 *   [version, issue number (10 bytes), municipality, kind, title, day of issue, page, of, document digest, body]
 *   body = roles GS sections GS labels GS values; within a column the items are joined by RS
 *
 * A page with pictures has one field more (keptPictures.ts).
 */
import { decode, encode } from 'cborg';
import { deflateSync, inflateSync } from 'fflate';
import { z } from 'zod';
import { dictionary } from './dictionary.ts';
import type { FrontContent, FrontItem, SignedPage } from './frontContent.ts';
import { keptPictures, picturesOf, withPictures } from './keptPictures.ts';

/** Version of this layout together with its dictionary. */
export const FORMAT_VERSION = 1;
/** Bytes of SHA-256 that tie the pages of one document together: 128 bits, nobody finds a second document for one. */
const DIGEST_BYTES = 16;
/** Above this a page is not one of ours: an inflated body is at most a few kilobytes. */
const INFLATED_LIMIT_BYTES = 64 * 1024;

const GROUP_SEPARATOR = '\u001d';
const RECORD_SEPARATOR = '\u001e';
const ROLES = { title: 't', pair: 'p', paragraph: 'g', figure: 'f' } as const;
const ROLE_OF: ReadonlyMap<string, FrontItem['role']> = new Map(
  (Object.keys(ROLES) as FrontItem['role'][]).map((role) => [ROLES[role], role]),
);
const LONE_SURROGATE = /\p{Surrogate}/u;
/** Crockford's alphabet, as issue numbers are made of. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DAY_MS = 24 * 60 * 60 * 1000;

const bytes = z.instanceof(Uint8Array);

const payload = z.tuple([
  z.literal(FORMAT_VERSION),
  bytes.refine((number) => number.length === 10),
  z.number().int().min(0).max(999_999),
  z.string(),
  z.string(),
  z.number().int(),
  z.number().int().min(1).max(99),
  z.number().int().min(1).max(99),
  bytes.refine((digest) => digest.length === DIGEST_BYTES),
  z.string(),
  keptPictures.optional(),
]);

/** What the document digest is taken over: everything every page says. Throws RangeError for text that cannot be kept. */
export function digestInput(content: FrontContent): Uint8Array {
  const shown = content.pages.map(picturesOf);
  const more = shown.some((page) => page.length > 0) ? [shown] : [];
  return encode([...identityOf(content), content.pages.map(bodyOf), ...more]);
}

/** First bytes of the SHA-256 of `digestInput`. */
export const truncatedDigest = (sha256: Uint8Array): Uint8Array => sha256.subarray(0, DIGEST_BYTES);

/** The bytes to sign for page `index` (from 0). The same input gives the same bytes. Throws RangeError as above. */
export function encodePage(content: FrontContent, index: number, documentDigest: Uint8Array): Uint8Array {
  const [version, ...identity] = identityOf(content);
  const items = content.pages[index]!;
  const body = bodyOf(items);
  const shown = picturesOf(items);
  const more = shown.length > 0 ? [shown] : [];
  const fields = [version, ...identity, index + 1, content.pages.length, documentDigest, body, ...more];
  return deflateSync(encode(fields), { level: 9, mem: 4, dictionary });
}

/** The page in signed bytes, or undefined when they are none of this format. */
export function decodePage(signed: Uint8Array): SignedPage | undefined {
  try {
    const out = new Uint8Array(INFLATED_LIMIT_BYTES);
    const inflated = inflateSync(signed, { dictionary, out });
    const fields = payload.parse(decode(inflated, { strict: true, allowUndefined: false }));
    const [, number, municipality, kind, title, day, page, of, digest, body, shown = []] = fields;
    const words = itemsOf(body);
    const items = words && withPictures(words, shown);
    if (page > of || !items) return undefined;
    return {
      issueNumber: issueNumberOf(number),
      municipality: String(municipality).padStart(6, '0'),
      kind,
      title,
      issueDate: new Date(day * DAY_MS).toISOString().slice(0, 10),
      page,
      of,
      documentDigest: hexOf(digest),
      items,
    };
  } catch {
    return undefined;
  }
}

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function identityOf({ issueNumber, municipality, kind, title, issueDate }: FrontContent) {
  const day = Date.parse(`${issueDate}T00:00:00Z`) / DAY_MS;
  if (!Number.isInteger(day)) throw new RangeError('the issue date is no day');
  if (!/^\d{6}$/.test(municipality)) throw new RangeError('the municipality is no six-digit code');
  return [FORMAT_VERSION, bytesOfIssueNumber(issueNumber), Number(municipality), kind, title, day] as const;
}

function bodyOf(items: readonly FrontItem[]): string {
  const columns = [
    items.map(({ role }) => ROLES[role]).join(''),
    items.map(({ section }) => section).join(RECORD_SEPARATOR),
    items.map(({ label }) => label).join(RECORD_SEPARATOR),
    items.map(({ value }) => value).join(RECORD_SEPARATOR),
  ];
  for (const { section, label, value } of items) {
    for (const text of [section, label, value]) assertKeepable(text);
  }
  return columns.join(GROUP_SEPARATOR);
}

/** Separators would move words to another cell; half a surrogate pair would come back as U+FFFD. */
function assertKeepable(text: string): void {
  if (text.includes(GROUP_SEPARATOR) || text.includes(RECORD_SEPARATOR) || LONE_SURROGATE.test(text)) {
    throw new RangeError('a printed text holds what the signed data cannot');
  }
}

function itemsOf(body: string): readonly FrontItem[] | undefined {
  const [roles, ...columns] = body.split(GROUP_SEPARATOR);
  if (roles === undefined || columns.length !== 3) return undefined;
  if (roles === '') return columns.every((column) => column === '') ? [] : undefined;
  const [sections, labels, values] = columns.map((column) => column.split(RECORD_SEPARATOR));
  const items: FrontItem[] = [];
  for (const [index, letter] of [...roles].entries()) {
    const role = ROLE_OF.get(letter);
    const [section, label, value] = [sections?.[index], labels?.[index], values?.[index]];
    if (!role || section === undefined || label === undefined || value === undefined) return undefined;
    items.push({ role, section, label, value });
  }
  const whole = [sections, labels, values].every((column) => column?.length === items.length);
  return whole ? items : undefined;
}

/** 16 symbols of five bits. */
function bytesOfIssueNumber(issueNumber: string): Uint8Array {
  const symbols = issueNumber.replaceAll('-', '');
  if (!/^([^-]{4}-){3}[^-]{4}$/.test(issueNumber)) throw new RangeError('no issue number');
  let bits = 0n;
  for (const symbol of symbols) {
    const value = ALPHABET.indexOf(symbol);
    if (value < 0) throw new RangeError('no issue number');
    bits = (bits << 5n) | BigInt(value);
  }
  return Uint8Array.from({ length: 10 }, (_, index) => Number((bits >> BigInt(72 - 8 * index)) & 0xffn));
}

function issueNumberOf(bytes: Uint8Array): string {
  const bits = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const symbols = Array.from(
    { length: 16 },
    (_, index) => ALPHABET[Number((bits >> BigInt(75 - 5 * index)) & 31n)],
  );
  return symbols.join('').replace(/(.{4})(?!$)/g, '$1-');
}
