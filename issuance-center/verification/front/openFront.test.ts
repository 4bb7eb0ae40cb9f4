import { createHash, sign } from 'node:crypto';
import { encode } from 'cborg';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signFront } from '../signedFront.ts';
import { day, householdPage, testKey, twoPages } from '../verification.fixture.ts';
import { splitIntoCodes } from './codes.ts';
import { makeSign1 } from './coseSign1.ts';
import type { FrontContent, FrontItem } from './frontContent.ts';
import { encodePage } from './frontPayload.ts';
import { openFronts } from './openFront.ts';

const key = testKey();
const keys = [key.published];
const open = (codes: readonly Uint8Array[], known = keys) => openFronts(codes, known);
const one: FrontContent = { ...twoPages, pages: [householdPage()] };
/** Random letters defeat the compression: a page that needs several codes. */
const long: FrontContent = { ...twoPages, pages: [noise(900)] };

function noise(characters: number): FrontItem[] {
  const seed = createHash('sha512').update('noise');
  const digits = Array.from({ length: Math.ceil(characters / 32) }, (_, index) =>
    String.fromCodePoint(
      ...[...seed.copy().update(String(index)).digest()].map((byte, at) => 0x4e00 + byte * 64 + at),
    ),
  );
  return [{ role: 'paragraph', section: '', label: '', value: digits.join('').slice(0, characters) }];
}

describe('a signed front', () => {
  it('comes back as it was, whatever the order of the codes and however often they are read', async () => {
    const codes = signFront(twoPages, key).flat();
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...codes, ...codes], { minLength: codes.length * 2 }),
        async (read) => {
          const verdict = await open(read);
          if (verdict.kind !== 'genuine') throw new Error(verdict.kind);
          const { pages, documentDigest: _digest, ...identity } = verdict.document;
          expect({ ...identity, pages: pages.map(({ items }) => items) }).toEqual(twoPages);
          expect(pages.map(({ page, of }) => [page, of])).toEqual([
            [1, 2],
            [2, 2],
          ]);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('has the same bytes for the same content and key', () => {
    expect(signFront(twoPages, key)).toEqual(signFront(structuredClone(twoPages), key));
  });

  it('keeps any text there is, and any number', async () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => !/[\u001d\u001e]/.test(value));
    const item = fc.record({
      role: fc.constantFrom('title' as const, 'pair' as const, 'paragraph' as const, 'figure' as const),
      section: text,
      label: text,
      value: text,
    });
    const symbol = fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ');
    const number = fc.array(symbol, { minLength: 16, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 12 }), number, async (items, symbols) => {
        const issueNumber = symbols.join('').replace(/(.{4})(?!$)/g, '$1-');
        const verdict = await open(signFront({ ...one, issueNumber, pages: [items] }, key).flat());
        expect(verdict).toMatchObject({ kind: 'genuine', document: { issueNumber, pages: [{ items }] } });
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['a separator', '\u001e'],
    ['half a surrogate pair', '\ud842'],
  ])('refuses a text with %s: it could not come back', (_, value) => {
    const pages = [[{ role: 'pair' as const, section: '', label: '氏名', value }]];
    expect(() => signFront({ ...one, pages }, key)).toThrow(RangeError);
  });

  it('refuses a page that no back page can hold', () => {
    expect(() => signFront({ ...one, pages: [noise(4_000)] }, key)).toThrow(RangeError);
  });
});

describe('tampering is named', () => {
  const codes = signFront(twoPages, key).flat();

  it('no changed byte passes for genuine', async () => {
    const changed = fc.record({
      code: fc.nat(codes.length - 1),
      at: fc.nat(2_000),
      flip: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(changed, async ({ code, at, flip }) => {
        const read = codes.map((bytes) => Uint8Array.from(bytes));
        const target = read[code]!;
        target[at % target.length]! ^= flip;
        const { kind } = await open(read);
        // a header that names another set or place leaves its own page unread
        expect(['altered', 'forged', 'incomplete']).toContain(kind);
      }),
      { numRuns: 400 },
    );
  });

  it('a changed signature, payload or key id is altered or forged, never incomplete', async () => {
    const message = (change: (bytes: Uint8Array) => void) => {
      const [code] = signFront(one, key)[0]!;
      const bytes = code!.slice(9);
      change(bytes);
      return [...splitIntoCodes(bytes, createHash('sha256').update(bytes).digest())];
    };
    expect(await open(message((bytes) => (bytes[bytes.length - 1]! ^= 1)))).toEqual({ kind: 'altered' });
    expect(await open(message((bytes) => (bytes[60]! ^= 1)))).toEqual({ kind: 'altered' });
    expect(await open(message((bytes) => (bytes[20]! ^= 1)))).toEqual({ kind: 'forged' });
  });

  it('pages of two documents are spliced, also when only the digest differs', async () => {
    const other = { ...twoPages, issueNumber: '0000-1111-2222-3333' };
    const sameNumber = { ...twoPages, pages: [householdPage(1), householdPage(6)] };
    for (const content of [other, sameNumber]) {
      const mixed = [...signFront(twoPages, key)[0]!, ...signFront(content, key)[1]!];
      const verdict = await open(mixed);
      expect(verdict.kind).toBe('spliced');
    }
  });

  it('a page signed by a key of nobody is forged', async () => {
    expect(await open(signFront(one, testKey()).flat())).toEqual({ kind: 'forged' });
    expect(await open([...codes, ...signFront(one, testKey()).flat()])).toEqual({ kind: 'forged' });
  });

  it("another municipality's key does not vouch for this one's certificates", async () => {
    const other = testKey('992020');
    expect(await open(signFront(one, other).flat(), [other.published])).toEqual({ kind: 'forged' });
  });

  it('a key vouches for its days only', async () => {
    const validOn = (from: string | null, until: string | null) => [
      { ...key.published, from: from ? day(from) : null, until: until ? day(until) : null },
    ];
    const signed = signFront(one, key).flat();
    expect((await open(signed, validOn('2026-11-21', '2026-11-21'))).kind).toBe('genuine');
    expect((await open(signed, validOn('2026-11-22', null))).kind).toBe('forged');
    expect((await open(signed, validOn(null, '2026-11-20'))).kind).toBe('forged');
  });

  it('a page signed with a digest of other pages is altered', async () => {
    const payload = encodePage(one, 0, new Uint8Array(16));
    const message = makeSign1(key.id, payload, (bytes) => sign(null, bytes, key.key));
    const forged = splitIntoCodes(message, createHash('sha256').update(message).digest());
    expect(await open(forged)).toEqual({ kind: 'altered' });
  });

  it('signed bytes of another kind are altered, not opened', async () => {
    const message = makeSign1(key.id, encode(['hello']), (bytes) => sign(null, bytes, key.key));
    expect(await open(splitIntoCodes(message, createHash('sha256').update(message).digest()))).toEqual({
      kind: 'altered',
    });
  });
});

describe('a browser that does not know Ed25519', () => {
  beforeEach(() => {
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(
      new DOMException('Unrecognized', 'NotSupportedError'),
    );
  });
  afterEach(() => vi.restoreAllMocks());

  it('comes to the same verdicts', async () => {
    const [code] = signFront(one, key)[0]!;
    expect((await open([code!])).kind).toBe('genuine');
    const message = code!.slice(9);
    message[message.length - 1]! ^= 1;
    const changed = splitIntoCodes(message, createHash('sha256').update(message).digest());
    expect(await open(changed)).toEqual({ kind: 'altered' });
  });
});

describe('what is missing is named', () => {
  it('codes', async () => {
    const codes = signFront(long, key).flat();
    expect(codes.length).toBeGreaterThan(2);
    const verdict = await open(codes.slice(1));
    expect(verdict).toMatchObject({
      kind: 'incomplete',
      partial: [{ total: codes.length, missing: [1] }],
      pages: [],
    });
    expect((await open(codes)).kind).toBe('genuine');
  });

  it('pages', async () => {
    const verdict = await open(signFront(twoPages, key)[1]!);
    expect(verdict).toMatchObject({ kind: 'incomplete', missingPages: [1], pages: [{ page: 2, of: 2 }] });
  });

  it('everything', async () => {
    expect(await open([])).toEqual({ kind: 'no-code' });
    expect(await open([new TextEncoder().encode('https://example.jp/')])).toEqual({ kind: 'not-ours' });
  });

  it("other people's codes on the same photo do no harm", async () => {
    const codes = [new TextEncoder().encode('https://example.jp/'), ...signFront(one, key).flat()];
    expect((await open(codes)).kind).toBe('genuine');
  });
});
