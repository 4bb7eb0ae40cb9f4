import { describe, expect, it } from 'vitest';
import type { FrontItem } from '../front/frontContent.ts';
import { openFronts, type SignedDocument } from '../front/openFront.ts';
import { signedPicture, type OneBitPicture } from '../front/signedPicture.ts';
import { signFront } from '../signedFront.ts';
import { householdPage, testKey, twoPages } from '../verification.fixture.ts';
import { frontsIn, isSwapped } from './frontsAgree.ts';

const key = testKey();
const codes = signFront(twoPages, key);
const documentOf = async (): Promise<SignedDocument> => {
  const verdict = await openFronts(codes.flat(), [key.published]);
  if (verdict.kind !== 'genuine') throw new Error(verdict.kind);
  return verdict.document;
};
const front = (first: number) => ({
  codes: [],
  text: householdPage(first)
    .map(({ role, label, value }) => (role === 'figure' ? label : `${label} ${value}`))
    .join(' '),
});
const back = (index: number) => ({ codes: codes[index]!, text: '' });

describe('fronts of a file', () => {
  it('are those before their backs', async () => {
    const pages = [front(1), back(0), front(5), back(1)];
    expect([...frontsIn(pages, await documentOf())]).toEqual([
      [1, 0],
      [2, 2],
    ]);
    expect(isSwapped(pages, await documentOf())).toBe(false);
  });

  it("another person's front before a genuine back is found", async () => {
    expect(isSwapped([front(5), back(0)], await documentOf())).toBe(true);
    const changed = { codes: [], text: front(1).text.replace('昭和58年7月1日', '昭和57年7月1日') };
    expect(isSwapped([changed, back(0)], await documentOf())).toBe(true);
  });

  it('what was added to a value, or printed once more elsewhere, is found', async () => {
    const swapped = async (change: (text: string) => string) =>
      isSwapped([{ codes: [], text: change(front(1).text) }, back(0)], await documentOf());
    expect(await swapped((text) => text.replace('一丁目2番地1', '一丁目2番地12'))).toBe(true);
    expect(await swapped((text) => `${text} 備考　配偶者あり`)).toBe(true);
    // every value is still there somewhere
    expect(await swapped((text) => text.replace('【空欄】', '【省略】'))).toBe(true);
    expect(await swapped((text) => `見本 ${text}`)).toBe(false);
  });

  it('a code that somebody has put on a front does not hide it', async () => {
    const decoy = { ...front(5), codes: [Uint8Array.from([1, 2, 3])] };
    expect(isSwapped([decoy, back(0)], await documentOf())).toBe(true);
  });

  it('a variation selector is part of a name', async () => {
    const other = { codes: [], text: front(1).text.replaceAll('\u{E0117}', '\u{E0118}') };
    expect(isSwapped([other, back(0)], await documentOf())).toBe(true);
  });

  it('a scan has no text and is left to the eye', async () => {
    expect(isSwapped([{ codes: [], text: '' }, back(0)], await documentOf())).toBe(false);
    expect(isSwapped([back(0), back(1)], await documentOf())).toBe(false);
  });
});

describe('pictures of a front', () => {
  const printed = { width: 300, height: 150, bits: new Uint8Array(38 * 150).fill(0xf0) };
  const figure: FrontItem = {
    role: 'figure',
    section: '',
    label: '印　影',
    value: '登録された印鑑の印影',
    picture: signedPicture(printed, 20, 10),
  };
  const content = { ...twoPages, pages: [[...householdPage(1), figure]] };
  const signed = signFront(content, key);
  const genuine = async () => {
    const verdict = await openFronts(signed.flat(), [key.published]);
    if (verdict.kind !== 'genuine') throw new Error(verdict.kind);
    return verdict.document;
  };
  const isForged = async (pictures?: readonly OneBitPicture[]) =>
    isSwapped(
      [
        { ...front(1), pictures },
        { codes: signed[0]!, text: '' },
      ],
      await genuine(),
    );
  const other = { ...printed, bits: printed.bits.map((byte, at) => (at < 400 ? 0xff : byte)) };

  it('one of them is what was signed', async () => {
    expect(await isForged([printed])).toBe(false);
    expect(await isForged([other, printed])).toBe(false);
  });

  it('another picture in its place is found', async () => {
    expect(await isForged([other])).toBe(true);
    expect(await isForged([{ ...printed, width: 64, height: 32 }])).toBe(true);
  });

  it('where the file keeps none as they were, the eye compares', async () => {
    expect(await isForged([])).toBe(false);
    expect(await isForged(undefined)).toBe(false);
  });
});
