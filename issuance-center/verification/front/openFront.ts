/**
 * Opens what the codes on back pages hold and says what can be said without asking anybody: unaltered, incomplete,
 * altered, spliced, forged. Browser and tests run the same file; keys come from the center's keys.json.
 */
import { verifyAsync } from '@noble/ed25519';
import type { PublishedKey } from '../../contract/verification.ts';
import { collectSets, readCode, type CodeSet } from './codes.ts';
import { readSign1, type Sign1 } from './coseSign1.ts';
import type { SignedPage } from './frontContent.ts';
import { decodePage, digestInput, hexOf, truncatedDigest } from './frontPayload.ts';

export interface SignedDocument extends Omit<SignedPage, 'page' | 'of' | 'items'> {
  /** page 1 first */
  readonly pages: readonly SignedPage[];
}

/** Codes of one page of which some have not been read. */
export interface PartialSet {
  readonly setId: string;
  readonly total: number;
  readonly missing: readonly number[];
}

export type FrontVerdict =
  /** nothing was read */
  | { readonly kind: 'no-code' }
  /** codes, but none of a certificate */
  | { readonly kind: 'not-ours' }
  /** genuine as far as it goes: codes or pages are missing */
  | {
      readonly kind: 'incomplete';
      readonly partial: readonly PartialSet[];
      /** pages opened so far, and the numbers of those that are missing */
      readonly pages: readonly SignedPage[];
      readonly missingPages: readonly number[];
    }
  /** somebody changed what was signed */
  | { readonly kind: 'altered' }
  /** signed, but by no key a municipality had on that day */
  | { readonly kind: 'forged' }
  /** pages of more than one document */
  | { readonly kind: 'spliced'; readonly pages: readonly SignedPage[] }
  | { readonly kind: 'genuine'; readonly document: SignedDocument };

/**
 * The verdict on everything that was read, whatever the order and however often. A single altered or forged page decides,
 * even among genuine ones.
 */
export async function openFronts(
  codes: readonly Uint8Array[],
  keys: readonly PublishedKey[],
): Promise<FrontVerdict> {
  if (codes.length === 0) return { kind: 'no-code' };
  const pieces = codes.flatMap((code) => readCode(code) ?? []);
  if (pieces.length === 0) return { kind: 'not-ours' };
  const sets = collectSets(pieces);
  const opened = await Promise.all(sets.map((set) => openSet(set, keys)));
  for (const kind of ['altered', 'forged'] as const) {
    if (opened.some((page) => page.kind === kind)) return { kind };
  }
  const pages = opened.flatMap((page) => (page.kind === 'page' ? [page.page] : []));
  const partial = opened.flatMap((page) => (page.kind === 'partial' ? [page.set] : []));
  return together(pages, partial);
}

type OpenedSet =
  | { readonly kind: 'page'; readonly page: SignedPage }
  | { readonly kind: 'partial'; readonly set: PartialSet }
  | { readonly kind: 'altered' | 'forged' };

async function openSet(set: CodeSet, keys: readonly PublishedKey[]): Promise<OpenedSet> {
  if (set.kind === 'contradictory') return { kind: 'altered' };
  if (set.kind === 'partial') return { kind: 'partial', set };
  const message = readSign1(set.message);
  const whole = hexOf(await sha256(set.message)).startsWith(set.setId);
  if (!message || !whole) return { kind: 'altered' };
  const key = keys.find(({ kid }) => kid === message.keyId);
  if (!key) return { kind: 'forged' };
  if (!(await isSignedBy(message, key))) return { kind: 'altered' };
  const page = decodePage(message.payload);
  if (!page) return { kind: 'altered' };
  return isGoodFor(key, page) ? { kind: 'page', page } : { kind: 'forged' };
}

/** A municipality vouches for its own certificates only, and with each key on its days only. */
function isGoodFor(key: PublishedKey, { municipality, issueDate }: SignedPage): boolean {
  const inTime = (key.from ?? '') <= issueDate && issueDate <= (key.until ?? '9999');
  return inTime && key.municipality === municipality;
}

async function together(pages: readonly SignedPage[], partial: readonly PartialSet[]): Promise<FrontVerdict> {
  const byNumber = [...pages].sort((left, right) => left.page - right.page);
  const first = byNumber[0];
  if (!first) return { kind: 'incomplete', partial, pages, missingPages: [] };
  if (byNumber.some((page) => identityOf(page) !== identityOf(first))) {
    return { kind: 'spliced', pages: byNumber };
  }
  const numbers = Array.from({ length: first.of }, (_, index) => index + 1);
  const missingPages = numbers.filter((number) => !byNumber.some(({ page }) => page === number));
  if (partial.length > 0 || missingPages.length > 0) {
    return { kind: 'incomplete', partial, pages: byNumber, missingPages };
  }
  const { page: _page, of: _of, items: _items, ...identity } = first;
  const document = { ...identity, pages: byNumber };
  // each page was signed with this digest in it; together they must also be what it was taken over
  const digest = hexOf(truncatedDigest(await sha256(digestInput(contentOf(document)))));
  if (byNumber.length !== first.of || digest !== first.documentDigest) return { kind: 'altered' };
  return { kind: 'genuine', document };
}

const identityOf = ({ issueNumber, municipality, kind, title, issueDate, of, documentDigest }: SignedPage) =>
  [issueNumber, municipality, kind, title, issueDate, of, documentDigest].join('\n');

const contentOf = ({ pages, ...identity }: SignedDocument) => ({
  ...identity,
  pages: pages.map(({ items }) => items),
});

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)));
}

/** By the browser where it knows Ed25519 (all since 2025), else by noble. */
async function isSignedBy({ signed, signature }: Sign1, { jwk }: PublishedKey): Promise<boolean> {
  const publicKey = bytesOf(jwk.x);
  const parts = [signature, signed].map((bytes) => Uint8Array.from(bytes)) as [
    Uint8Array<ArrayBuffer>,
    Uint8Array<ArrayBuffer>,
  ];
  const native = await crypto.subtle
    .importKey('raw', publicKey, 'Ed25519', false, ['verify'])
    .catch(() => undefined);
  if (native) return crypto.subtle.verify('Ed25519', native, ...parts);
  return verifyAsync(...parts, publicKey).catch(() => false);
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
