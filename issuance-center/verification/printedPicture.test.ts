/** An imprint is signed as a picture: it comes back, and no other one passes for it. */
import { createHash, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { imprintImage, millimetres } from '#templates/datasets/sealImprint.ts';
import { sealRegistration } from '#templates/datasets/sealRegistration.ts';
import { loadSamples } from '#templates/samples.ts';
import { paperBits } from '#templates/sealImage.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { demoSeals } from '#simulators/municipality/seals.ts';
import type { ReadingItem } from '../documents/laidOut.ts';
import { storePart, joinParts } from '../documents/deflateParts.ts';
import { MAX_CODES, splitIntoCodes } from './front/codes.ts';
import { makeSign1, readSign1 } from './front/coseSign1.ts';
import type { FrontContent, FrontItem } from './front/frontContent.ts';
import { decodePage, encodePage } from './front/frontPayload.ts';
import { openFronts } from './front/openFront.ts';
import { inkAt, LONGEST_SIDE_PX, signedPicture, type OneBitPicture } from './front/signedPicture.ts';
import { frontItem } from './printedPicture.ts';
import { signFront } from './signedFront.ts';
import { testKey, twoPages } from './verification.fixture.ts';

const key = testKey();
type Imprint = Parameters<typeof imprintImage>[0] & { readonly dpi: number };

function reading(imprint: Imprint): ReadingItem {
  const image = imprintImage(imprint);
  const [widthMm, heightMm] = [millimetres(image.width, imprint.dpi), millimetres(image.height, imprint.dpi)];
  const words = { section: '', label: '印　影', value: '登録された印鑑の印影', field: 'imprint', marks: [] };
  return { role: 'figure', ...words, picture: { image, widthMm, heightMm } };
}
const imprintOf = (sample: string): Imprint =>
  sealRegistration.parse(loadSamples().get(sample)!.value).imprint;
const largest = imprintOf('seal-registration-certificate.largest');
const other = imprintOf('seal-registration-certificate');
const words: FrontItem = { role: 'pair', section: '', label: '氏　　名', value: '見本　一郎' };
const contentOf = (figure: FrontItem): FrontContent => ({
  ...twoPages,
  kind: 'seal-registration-certificate',
  pages: [[words, figure]],
});
const bytesOf = (figure: FrontItem) => signFront(contentOf(figure), key).flat();

/** The figure with some pixels of its copy the other way round. */
function flipped(figure: FrontItem, ...pixels: readonly number[]): FrontItem {
  const bits = Uint8Array.from(figure.picture!.bits);
  for (const pixel of pixels) bits[pixel >> 3]! ^= 0x80 >> (pixel & 7);
  return { ...figure, picture: { ...figure.picture!, bits } };
}

describe('the picture that is signed', () => {
  const copy = frontItem(reading(largest)).picture!;

  it('is printed in the size that is signed with it, and small enough', () => {
    expect([copy.widthMm, copy.heightMm]).toEqual([24, 24]);
    expect([copy.width, copy.height]).toEqual([LONGEST_SIDE_PX, LONGEST_SIDE_PX]);
  });

  it('shows what was printed: nearly every dot lies under a pixel of its colour', () => {
    const image = imprintImage(largest);
    const paper = paperBits(image);
    const rowBytes = Math.ceil(image.width / 8);
    const under = (pixel: number, side: number, copied: number) =>
      Math.min(copied - 1, Math.floor((pixel * copied) / side));
    let [ink, agreeing] = [0, 0];
    for (let y = 0; y < image.height; y += 1) {
      for (let x = 0; x < image.width; x += 1) {
        const dot = 1 - ((paper[y * rowBytes + (x >> 3)]! >> (7 - (x & 7))) & 1);
        const pixel = inkAt(copy, under(x, image.width, copy.width), under(y, image.height, copy.height));
        ink += dot;
        agreeing += dot === pixel ? 1 : 0;
      }
    }
    const dots = image.width * image.height;
    expect(ink / dots).toBeGreaterThan(0.1);
    expect(ink / dots).toBeLessThan(0.6);
    expect(agreeing / dots).toBeGreaterThan(0.92);
  });

  it('a pixel is ink when half of its block is; thin edges of blocks are shared out evenly', () => {
    const picture: OneBitPicture = { width: 256, height: 2, bits: new Uint8Array(64) };
    // the upper row: ink, paper, ink, paper …; the lower one: ink for the first eight pixels
    picture.bits.fill(0xaa, 0, 32);
    picture.bits[32] = 0xff;
    const small = signedPicture(picture, 20, 0.2);
    expect([small.width, small.height]).toEqual([128, 1]);
    expect([...small.bits.slice(0, 2)]).toEqual([0xf0, 0]);
  });

  it('the seal of the municipality is named and not shown', () => {
    const seal: ReadingItem = {
      role: 'figure',
      section: '',
      label: '',
      value: '公印',
      field: 'seal',
      marks: [],
    };
    expect(frontItem(seal)).toEqual({ role: 'figure', section: '', label: '', value: '公印' });
  });
});

describe('a certificate with a picture', () => {
  const figure = frontItem(reading(largest));

  it('comes back pixel by pixel, beside its label', async () => {
    const verdict = await openFronts(bytesOf(figure), [key.published]);
    expect(verdict).toMatchObject({ kind: 'genuine', document: { pages: [{ items: [words, figure] }] } });
  });

  it('has the same bytes for the same picture', () => {
    expect(bytesOf(frontItem(reading({ ...largest })))).toEqual(bytesOf(figure));
  });

  it.each([
    ['one pixel', flipped(figure, 64 * 128 + 64)],
    ['another size on paper', { ...figure, picture: { ...figure.picture!, widthMm: 23.99 } }],
    ['the imprint of another person', { ...figure, picture: frontItem(reading(other)).picture! }],
    ['no picture', { ...figure, picture: undefined }],
  ])('with %s it has another signature and other data', async (_, changed) => {
    const codes = bytesOf(changed);
    expect(codes).not.toEqual(bytesOf(figure));
    const verdicts = await Promise.all(
      [codes, bytesOf(figure)].map((read) => openFronts(read, [key.published])),
    );
    const [one, two] = verdicts.map((verdict) => (verdict.kind === 'genuine' ? verdict.document : undefined));
    expect(one!.documentDigest).not.toBe(two!.documentDigest);
    expect(one!.pages[0]!.items[1]!.picture).not.toEqual(two!.pages[0]!.items[1]!.picture);
  });

  it('with a changed picture under the old signature it is altered', async () => {
    const [genuine] = signFront(contentOf(figure), key);
    const message = readSign1(Uint8Array.from(genuine!.flatMap((code) => [...code.slice(9)])))!;
    const digest = Buffer.from(decodePage(message.payload)!.documentDigest, 'hex');
    const payload = encodePage(contentOf(flipped(figure, 5_000, 5_001, 5_002)), 0, digest);
    const tampered = makeSign1(key.id, payload, () => message.signature);
    const codes = splitIntoCodes(tampered, sha256(tampered));
    expect(await openFronts(codes, [key.published])).toEqual({ kind: 'altered' });
  });

  it('with a changed picture and a fresh signature over the old digest it is altered, too', async () => {
    const [genuine] = signFront(contentOf(figure), key);
    const message = readSign1(Uint8Array.from(genuine!.flatMap((code) => [...code.slice(9)])))!;
    const digest = Buffer.from(decodePage(message.payload)!.documentDigest, 'hex');
    const payload = encodePage(contentOf(flipped(figure, 5_000)), 0, digest);
    const tampered = makeSign1(key.id, payload, (bytes) => sign(null, bytes, key.key));
    expect(await openFronts(splitIntoCodes(tampered, sha256(tampered)), [key.published])).toEqual({
      kind: 'altered',
    });
  });

  it('a picture that belongs to no figure is none of ours', () => {
    const payload = encodePage(contentOf({ ...figure, role: 'pair' }), 0, new Uint8Array(16));
    expect(decodePage(payload)).toBeUndefined();
  });
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

describe('room on a back page', () => {
  it('every seal of the demo fits two codes', () => {
    for (const { imprint } of demoSeals(civilDate.parse('2026-11-21'))) {
      expect(bytesOf(frontItem(reading(imprint))).length).toBeLessThanOrEqual(2);
    }
  });

  it('so does the largest one that may be registered, 25 mm at 600 dpi; noise of that size still fits', () => {
    const side = 591;
    const noise = createHash('shake256', { outputLength: (Math.ceil(side / 8) + 1) * side })
      .update('noise')
      .digest();
    const rows = noise.map((byte, at) => (at % (Math.ceil(side / 8) + 1) === 0 ? 0 : byte));
    const image = { width: side, height: side, rows: joinParts([storePart(rows)]) };
    const figure = frontItem({ ...reading(largest), picture: { image, widthMm: 25, heightMm: 25 } });
    expect(figure.picture!.bits).toHaveLength(2048);
    const long: FrontItem = { role: 'pair', section: '', label: '備　　考', value: '架空の備考'.repeat(40) };
    const codes = signFront({ ...contentOf(figure), pages: [[words, long, figure]] }, key)[0]!;
    expect(codes.length).toBeLessThanOrEqual(MAX_CODES);
  });
});
