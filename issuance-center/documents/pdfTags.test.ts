import { describe, expect, it } from 'vitest';
import { openCertificateFont } from './font.ts';
import { loadFonts } from './fontFile.ts';
import { documentFonts, commonFonts } from './documentFonts.ts';
import { issuedFinish, requestOf, testSeal, tool } from './paper/paper.fixture.ts';
import { textOperators } from './pdfContent.ts';
import { createRenderer } from './renderer.ts';

const font = openCertificateFont(loadFonts());
const { sealer } = await testSeal();
const render = createRenderer(font, { seal: sealer });

function structureOf(persons: number): { readonly bytes: Uint8Array; readonly lines: readonly string[] } {
  const outcome = render(requestOf(issuedFinish, persons));
  if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
  const report = tool('pdfinfo', ['-struct-text'], outcome.bytes);
  return { bytes: outcome.bytes, lines: report.split('\n').map((line) => line.trim()) };
}

/** The quoted lines below the n-th element of the form, in order. */
function contentAfter(lines: readonly string[], start: number): readonly string[] {
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => !line.startsWith('"'));
  return rest.slice(0, end).map((line) => line.slice(1, -1));
}

describe('the reading order', () => {
  const { bytes, lines } = structureOf(2);
  const items = lines.flatMap((line, index) => (/^(P|H1)\b/.test(line) ? [contentAfter(lines, index)] : []));

  it('begins with the title and has label before value, as the form goes', () => {
    expect(items[0]).toEqual(['住　民　票']);
    expect(items).toContainEqual(['世帯主', '渡邉\u{E0117}　太郎']);
    const labels = items.slice(0, 16).map(([label]) => label);
    expect(labels.indexOf('住所')).toBeLessThan(labels.indexOf('世帯主'));
    expect(labels.indexOf('氏名')).toBeLessThan(labels.indexOf('生年月日'));
  });

  it('has the persons in sections of their own', () => {
    expect(lines.filter((line) => line.startsWith('Sect'))).toHaveLength(2);
  });

  it('goes on to the back, and says in which language', () => {
    const front = items.findIndex(([first]) => first?.startsWith('発行番号　'));
    const back = items.findIndex(([first]) => first === '発行番号');
    expect(front).toBeGreaterThan(0);
    expect(back).toBeGreaterThan(front);
    expect(items[back]).toEqual(['発行番号', '7K3M-9QXA-2B4C-D5EF']);
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/\/S\/P\/P \d+ 0 R\/Pg \d+ 0 R\/Lang\(en\)/);
  });

  it('says what seal and codes are, and spells names with their variation selectors', () => {
    const raw = Buffer.from(bytes).toString('latin1');
    const hex = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');
    expect(raw).toContain(`/Alt<feff${hex('架空県みほん市長の電子公印')}>`);
    expect(raw).toContain(`/Alt<feff${hex('2次元コード　1／')}`);
    expect(raw).toContain(`/ActualText<feff${hex('氏名　渡邉\u{E0117}　太郎')}>`);
  });

  it('leaves nothing out that is drawn and read: text of the pages and of the structure agree', () => {
    const solid = (text: string) => [...text.replaceAll(/\s/gu, '')].sort().join('');
    const drawn = tool('pdftotext', ['-raw'], bytes, { after: ['-'] });
    expect(solid(items.flat().join(''))).toBe(solid(drawn));
  });
});

describe('marked content', () => {
  const fonts = () => documentFonts(font, commonFonts(font, []));
  const run = (text: string, mark?: number) => ({ x: 0, baseline: 10, sizePt: 10, text, mark });

  it('is one for neighbours of one mark, and an artifact without one', () => {
    const operators = textOperators([run('氏', 0), run('名', 0), run('印')], fonts(), 842);
    expect(operators.match(/BDC|BMC|EMC/g)).toEqual(['BDC', 'EMC', 'BMC', 'EMC']);
    expect(operators).toContain('/P <</MCID 0>> BDC');
  });

  it('never comes back: a reader could not tell which is meant', () => {
    expect(() => textOperators([run('氏', 0), run('名', 1), run('印', 0)], fonts(), 842)).toThrow(RangeError);
  });
});
