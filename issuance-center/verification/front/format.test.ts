/** What is printed is printed: this version of the format can be read for as long as its paper lives. */
import { createHash, createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { codeMatrix } from '../codeMatrix.ts';
import { signFront } from '../signedFront.ts';
import { householdPage, twoPages } from '../verification.fixture.ts';
import { MAX_CODES } from './codes.ts';
import { dictionary } from './dictionary.ts';
import type { FrontItem } from './frontContent.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
/** Ed25519 of RFC 8032, 7.1, test 1. */
const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
const key = { id: '992011-AAAAAAAA', key: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) };
const sizesOf = (codes: readonly Uint8Array[]) => codes.map(({ length }) => length);

describe('format 1', () => {
  it('has the dictionary it was first printed with', () => {
    expect(dictionary.length).toBeLessThan(32 * 1024);
    expect(sha256(dictionary)).toBe('1d55489c62cadca6b3d4361dcc403e1f91c925a3c824f81cee7e90fc0465b91b');
  });

  it('gives this document these bytes', () => {
    const [first, second] = signFront(twoPages, key);
    expect(sha256(Buffer.concat([...first!, ...second!]))).toBe(
      '57f459f8cb1dcd5d61b91552907c7826ce1cb2e664cab42015a90f8799a483ab',
    );
  });
});

describe('format 1 with a picture', () => {
  it('gives this document these bytes', () => {
    const bits = Uint8Array.from({ length: 16 * 100 }, (_, at) => (at * at * 31) & 0xff);
    const picture = { width: 128, height: 100, bits, widthMm: 16.5, heightMm: 12.89 };
    const figure: FrontItem = {
      role: 'figure',
      section: '',
      label: '印　影',
      value: '登録された印鑑の印影',
      picture,
    };
    const [codes] = signFront({ ...twoPages, pages: [[...householdPage(), figure]] }, key);
    expect(sha256(Buffer.concat([...codes!]))).toBe(
      '0eab48d74771f7c88a00b6a37de6a66d9769043ab8c2dd0f3f3a73465503f2f3',
    );
  });
});

/** Every letter another one, all of them rare: nothing to compress. */
function rareText(length: number, from: number): string {
  return Array.from({ length }, (_, index) =>
    String.fromCodePoint(0x4e00 + ((from + index * 7919) % 20_000)),
  ).join('');
}

describe('room on a back page', () => {
  it('a usual household needs one code', () => {
    expect(sizesOf(signFront({ ...twoPages, pages: [householdPage()] }, key)[0]!)).toHaveLength(1);
  });

  it('four people whose every cell is full of rare letters, a variation sequence in each name', () => {
    const cells: [label: string, letters: number][] = [
      ['氏名の振り仮名', 40],
      ['氏名', 30],
      ['旧氏', 20],
      ['本籍', 60],
      ['転入前住所', 60],
      ['備考', 60],
    ];
    const items = [1, 2, 3, 4].flatMap((person) =>
      cells.map(([label, letters], index): FrontItem => ({
        role: 'pair',
        section: String(person),
        label,
        value: `邉\u{E0117}${rareText(letters, person * 977 + index * 131)}`,
      })),
    );
    const [codes] = signFront({ ...twoPages, pages: [items] }, key);
    expect(codes!.length).toBeLessThanOrEqual(MAX_CODES);
    expect(Math.max(...sizesOf(codes!))).toBeLessThanOrEqual(666);
  });

  it('a 戸籍 page of 39 full lines', () => {
    const items = Array.from({ length: 39 }, (_, line): FrontItem => ({
      role: 'pair',
      section: '1',
      label: '',
      value: `【従前戸籍】${rareText(28, line * 613)}`,
    }));
    const [codes] = signFront({ ...twoPages, pages: [items] }, key);
    expect(codes!.length).toBeLessThanOrEqual(MAX_CODES);
  });

  it('signing and drawing the codes of a page takes less than 3 ms of a core', () => {
    const draw = () => signFront(twoPages, key).map((codes) => codes.map(codeMatrix));
    for (let round = 0; round < 50; round += 1) draw();
    const rounds = Array.from({ length: 40 }, () => {
      const start = process.cpuUsage();
      draw();
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000 / twoPages.pages.length;
    });
    // the median: other tests run beside this one
    expect(rounds.sort((left, right) => left - right)[20]).toBeLessThan(3);
  });
});
