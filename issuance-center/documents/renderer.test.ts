import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ResidentRecord } from '#templates/datasets/residentRecord.ts';
import { loadTemplates } from '#templates/load.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { exampleOrder, exampleTemplates, householdOf } from './documents.fixture.ts';
import { openCertificateFont } from './font.ts';
import { loadFonts } from './fontFile.ts';
import { createRenderer, type RenderOutcome, type RenderRequest } from './renderer.ts';
import { composeRequest, type DocumentOrder } from './request.ts';
import { selectPersons } from '#templates/datasets/residentRecord.ts';
import { sampleHousehold } from './sampleHousehold.ts';

const fontBytes = loadFonts();
const font = openCertificateFont(fontBytes);
const render = createRenderer(font);
const folder = mkdtempSync(join(tmpdir(), 'documents-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const characters = JSON.parse(
  readFileSync(new URL('../../test/fixtures/characters.json', import.meta.url), 'utf8'),
) as { char: string; codePoints: string[] }[];

function requestOf(changes: Partial<DocumentOrder> = {}): RenderRequest {
  const composed = composeRequest(exampleTemplates, exampleOrder(changes));
  if (composed.kind !== 'composed') throw new Error(composed.kind);
  return composed.request;
}

type Rendered = Extract<RenderOutcome, { kind: 'rendered' }>;
function rendered(changes: Partial<DocumentOrder> = {}, using = render): Rendered {
  const outcome = using(requestOf(changes));
  if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
  return outcome;
}
const named = (name: string): ResidentRecord => householdOf(1, () => ({ name }));

/** Runs a tool of poppler or qpdf on the document; the tool's standard output. */
function tool(
  command: string,
  args: readonly string[],
  { bytes, sha256 }: Rendered,
  after: readonly string[] = [],
  encoding: 'utf8' | 'latin1' = 'utf8',
): string {
  const file = join(folder, `${sha256}.pdf`);
  writeFileSync(file, bytes);
  return execFileSync(command, [...args, file, ...after], { encoding });
}
const solid = (text: string): string => text.replaceAll(/\s/gu, '');
/** pdftotext turns U+3000 into a space between words: spaces are left out on both sides. */
const textOf = (document: Rendered): string => solid(tool('pdftotext', ['-raw'], document, ['-']));

describe('every municipality as shipped', () => {
  const templates = loadTemplates();
  it.each([...templates.profiles.keys()])('%s prints the sample household', (municipality) => {
    const profile = templates.profiles.get(municipality)!.value;
    const { options: include, layout } = profile.kinds[0]!;
    const composed = composeRequest(templates, exampleOrder({ municipality, include }));
    if (composed.kind !== 'composed') throw new Error(composed.kind);
    // 個人票 is one page per person
    const pages = layout.endsWith('.individual') ? sampleHousehold.persons.length : 1;
    expect(render(composed.request)).toMatchObject({ kind: 'rendered', pages });
  });
});

describe('the file', () => {
  const document = rendered();

  it('is sound: qpdf finds nothing, one embedded subset with a Unicode map and no other font', () => {
    expect(tool('qpdf', ['--check'], document)).toMatch(/No syntax or stream encoding errors/);
    const fonts = tool('pdffonts', [], document).trim().split('\n').slice(2);
    expect(fonts).toHaveLength(1);
    expect(fonts[0]).toMatch(/^[A-Z]{6}\+IPAmjMincho\s+CID TrueType\s+Identity-H\s+yes yes yes/);
    expect(Buffer.from(document.bytes).includes('Helvetica')).toBe(false);
  });

  it('is A4, one page, PDF/A-2b, Japanese, titled with its name and number', () => {
    const info = tool('pdfinfo', [], document);
    expect(info).toMatch(/Title:\s+住民票の写し/);
    expect(info).toMatch(/Subject:\s+発行番号　7K3M-9QXA-2B4C-D5EF/);
    expect(info).toMatch(/Pages:\s+1\n/);
    expect(info).toMatch(/Page size:\s+595\.28 x 841\.89 pts \(A4\)/);
    const raw = Buffer.from(document.bytes).toString('latin1');
    expect(raw).toContain('/Lang (ja)');
    expect(raw).toContain('<pdfaid:part>2</pdfaid:part>');
  });

  it('is dated by the issue date, not by the clock', () => {
    expect(Buffer.from(document.bytes).toString('latin1')).toContain('(D:20261120150000Z)');
    const nextDay = rendered({ issueDate: civilDate.parse('2026-11-22') });
    expect(nextDay.sha256).not.toBe(document.sha256);
    expect(textOf(nextDay)).toContain('令和8年11月22日');
  });

  it('holds the seal as a stencil of one bit at full resolution', () => {
    const images = tool('pdfimages', ['-list'], document).trim().split('\n').slice(2);
    expect(images).toHaveLength(1);
    expect(images[0]).toMatch(/stencil\s+640\s+640\s+-\s+1\s+1/);
    const dpi = Number(images[0]!.trim().split(/\s+/)[12]);
    expect(dpi).toBeGreaterThanOrEqual(400);
  });

  it('says everything of the worked example to who extracts its text', () => {
    const text = textOf(document);
    const { persons } = sampleHousehold;
    for (const { name } of persons) expect(text).toContain(solid(name));
    for (const words of [
      'ヤナギダ',
      '栁田',
      '見本マリア',
      'AB12345678CD',
      '【空欄】',
      '【省略】',
      '＊＊＊',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).not.toContain('123456789010');
  });
});

describe('characters', () => {
  it.each(characters)('$char ($codePoints) comes back from the file exactly', ({ char }) => {
    const text = textOf(rendered({ value: named(`見本　${char}太`) }));
    expect(text).toContain(`見本${char}太`);
  });

  it('two spellings of one glyph in one document come back as two', () => {
    const record = householdOf(2, (n) => ({ name: n === 1 ? '辻　一' : '辻\u{E0103}　二' }));
    const text = textOf(rendered({ value: record }));
    expect(text).toContain('辻一');
    expect(text).toContain('辻\u{E0103}二');
  });

  it('か+U+309A and か+U+3099 come back as they are registered', () => {
    const text = textOf(rendered({ value: named('か\u309Aか\u3099が') }));
    expect(text).toContain('か\u309Aか\u3099が');
  });

  it('a variation sequence draws its own glyph, pixel by pixel', () => {
    const picture = (name: string) => {
      const document = rendered({ value: named(name) });
      // the name cell of the first person, 300 dpi
      const args = ['-r', '300', '-x', '512', '-y', '456', '-W', '72', '-H', '112', '-mono', '-singlefile'];
      return tool('pdftoppm', args, document, [], 'latin1');
    };
    const base = picture('邉');
    const variant = picture('邉\u{E0117}');
    expect(base.length).toBeGreaterThan(500);
    expect(variant).not.toBe(base);
    expect(picture('邉\u{E011F}'), 'VS48 is another glyph than the base').not.toBe(base);
    expect(picture('辻\u{E0103}'), '辻 and 辻+VS20 share one glyph').toBe(picture('辻'));
  });
});

describe('one person’s document never depends on who was served before', () => {
  const fresh = (name: string): string =>
    execFileSync(
      process.execPath,
      ['--import', 'tsx', new URL('./renderOnce.fixture.ts', import.meta.url).pathname, name],
      {
        encoding: 'utf8',
      },
    ).trim();

  it('辻, 辻+U+E0103, 辻: the bytes are those of a fresh process', () => {
    const one = createRenderer(openCertificateFont(fontBytes));
    const [first, variant, again] = ['辻', '辻\u{E0103}', '辻'].map((name) =>
      rendered({ value: named(name) }, one),
    );
    expect(again!.sha256).toBe(first!.sha256);
    expect(variant!.sha256).not.toBe(first!.sha256);
    expect(first!.sha256).toBe(fresh('辻'));
    expect(variant!.sha256).toBe(fresh('辻\u{E0103}'));
    expect(textOf(first!)).not.toContain('\u{E0103}');
    expect(textOf(variant!)).toContain('辻\u{E0103}');
  });

  it('after three hundred unrelated documents the bytes are the same', () => {
    const one = createRenderer(openCertificateFont(fontBytes));
    const before = rendered({}, one).sha256;
    for (let n = 0; n < 300; n += 1) {
      const name = String.fromCodePoint(0x4e00 + n * 7);
      if (font.canDraw(name).kind === 'drawable') rendered({ value: named(name) }, one);
    }
    expect(rendered({}, one).sha256).toBe(before);
  });
});

describe('what is refused', () => {
  it('an undrawable character, with its code points and nothing of the name', () => {
    const outcome = render(requestOf({ value: named('見本　\u{E000}張邉\u{E0100}') }));
    expect(outcome).toEqual({
      kind: 'refused',
      requestId: '00000000-0000-4000-8000-000000000001',
      reason: 'undrawable-character',
      codePoints: ['U+E000', 'U+9089', 'U+E0100'],
    });
    expect(JSON.stringify(outcome)).not.toMatch(/見本|張/);
  });

  it('not a character that is omitted', () => {
    const record = { ...householdOf(1), householderName: '\u{E000}' };
    expect(render(requestOf({ value: record, include: [] })).kind).toBe('rendered');
    expect(render(requestOf({ value: record, include: ['relationship'] })).kind).toBe('refused');
  });

  it('a name that fits in no way, by field and number', () => {
    const record = householdOf(2, (n) => (n === 2 ? { name: '長'.repeat(90) } : {}));
    const outcome = render(requestOf({ value: record }));
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'does-not-fit', place: 'name', person: 2 });
    expect(JSON.stringify(outcome)).not.toContain('長長');
  });

  it('a seal larger than its place', () => {
    const request = requestOf();
    const outcome = render({ ...request, seal: { ...request.seal!, widthMm: 30 } });
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'does-not-fit', place: 'seal' });
  });

  it('a word of the layout that no font draws', () => {
    const request = requestOf();
    const json = request.layout.json.replace('"備考"', '"備\u{E000}考"');
    const outcome = render({ ...request, layout: { digest: 'changed', json } });
    expect(outcome).toMatchObject({ reason: 'undrawable-character', codePoints: ['U+E000'] });
  });

  it('a label of a municipality that fits in no way', () => {
    const outcome = render({ ...requestOf(), labels: { alias: '長'.repeat(40) } });
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'does-not-fit', place: 'alias' });
  });
});

describe('composing a request', () => {
  it('prints the persons asked for, numbered on this paper, and the sentence for a part', () => {
    const text = textOf(rendered({ extent: 'part', value: selectPersons(sampleHousehold, [2, 3]) }));
    expect(text).toContain('渡邉\u{E0117}陽葵');
    expect(text).not.toContain('SAMPLEMARIA');
    expect(text).toContain('この写しは、住民票の原本と相違ないことを証明する。');
    expect(text).not.toContain('世帯全員');
  });

  it('knows no option the profile does not offer', () => {
    expect(() =>
      composeRequest(exampleTemplates, exampleOrder({ include: ['resident-record-code'] })),
    ).toThrow(RangeError);
  });

  it('offers nothing before a head and a seal are in force', () => {
    const early = civilDate.parse('2020-01-01');
    expect(composeRequest(exampleTemplates, exampleOrder({ issueDate: early }))).toEqual({
      kind: 'not-offered',
    });
    expect(composeRequest(exampleTemplates, exampleOrder({ kind: 'tax-payment-certificate' }))).toEqual({
      kind: 'not-offered',
    });
  });

  it('prints the deputy while one is named, from the first day', () => {
    const profile = exampleTemplates.profiles.get(exampleOrder().municipality)!;
    const [head] = profile.value.head;
    const deputy = { title: '架空県みほん市長職務代理者　架空県みほん市副市長', name: '例示　二郎' };
    const value = {
      ...profile.value,
      head: [head!, { ...head!, from: civilDate.parse('2026-11-21'), deputy }],
    };
    const templates = {
      ...exampleTemplates,
      profiles: new Map([[value.municipality, { ...profile, value }]]),
    };
    const certifierOn = (day: string) => {
      const composed = composeRequest(templates, exampleOrder({ issueDate: civilDate.parse(day) }));
      return composed.kind === 'composed' ? composed.request.certifier!.name : composed.kind;
    };
    expect([certifierOn('2026-11-20'), certifierOn('2026-11-21')]).toEqual(['見本　一郎', '例示　二郎']);
  });
});
