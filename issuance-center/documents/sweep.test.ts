/**
 * Every character of IPAmj明朝 and every one of its variation sequences, drawn by the PDF writer, read back by poppler and
 * looked at pixel by pixel; samples of the other fonts and of the whole renderer likewise.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCharacterFont } from '#templates/characterFont.ts';
import { templatesDirectory } from '#templates/load.ts';
import { exampleOrder, exampleTemplates, householdOf } from './documents.fixture.ts';
import { openCertificateFont, withCharacterFont, type CertificateFont } from './font.ts';
import { loadFonts } from './fontFile.ts';
import { graphemes } from './graphemes.ts';
import { cellOf, letterGrid, PER_PAGE, readPictures } from './letterGrid.fixture.ts';
import { createRenderer } from './renderer.ts';
import { composeRequest } from './request.ts';

const TIMEOUT_MS = 120_000;

const font = openCertificateFont(loadFonts());
const [main, noto, hanaA, hanaB] = font.faces;
const folder = mkdtempSync(join(tmpdir(), 'sweep-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Fifteen pages in a document: far below the 65,535 glyphs a subset can have. */
const PART = PER_PAGE * 15;
const solid = (text: string): string => text.replaceAll(/\s/gu, '');
const names = (text: string): string =>
  [...text].map((point) => point.codePointAt(0)!.toString(16)).join('+');

interface Seen {
  readonly text: string;
  readonly cell: Uint8Array;
}

/** Draws the texts, compares what is extracted exactly, and gives each with its pixels. */
function drawn(using: CertificateFont, texts: readonly string[], dpi = 72): Seen[] {
  const seen: Seen[] = [];
  const file = join(folder, 'grid.pdf');
  for (let at = 0; at < texts.length; at += PART) {
    const part = texts.slice(at, at + PART);
    writeFileSync(file, letterGrid(using, part));
    const extracted = solid(run('pdftotext', '-raw', file, '-').toString('utf8'));
    const wrong = firstWrong(extracted, part);
    if (wrong !== undefined) expect.fail(`extracted otherwise from ${names(wrong)} on`);
    const pictures = readPictures(run('pdftoppm', '-r', String(dpi), '-gray', file));
    part.forEach((text, index) => {
      seen.push({ text, cell: cellOf(pictures[Math.floor(index / PER_PAGE)]!, index % PER_PAGE) });
    });
  }
  return seen;
}

/** Where a difference of ten thousand characters begins: the text that is not read back; undefined when all are. */
function firstWrong(extracted: string, texts: readonly string[]): string | undefined {
  let at = 0;
  for (const text of texts) {
    const wanted = solid(text);
    if (!extracted.startsWith(wanted, at)) return text;
    at += wanted.length;
  }
  return at === extracted.length ? undefined : extracted.slice(at);
}

const run = (command: string, ...args: string[]): Buffer =>
  execFileSync(command, args, { maxBuffer: 1024 ** 3 });

/** Paper only. A hairline at 72 dpi is light grey, hence close to white. */
const isBlank = (cell: Uint8Array): boolean => cell.every((pixel) => pixel > 248);
const hasOutline = (using: CertificateFont, text: string): boolean =>
  using.shape(text).some(({ face, glyph }) => {
    const [start, end] = face.sfnt.recordOf(glyph);
    return end > start;
  });

function expectInk(using: CertificateFont, seen: readonly Seen[]): void {
  const wrong = seen.filter(({ text, cell }) => isBlank(cell) === hasOutline(using, text));
  expect(wrong.map(({ text }) => names(text))).toEqual([]);
}

describe('IPAmj明朝', () => {
  const characters = main!.sfnt.codePoints().map((point) => String.fromCodePoint(point));
  const sequences = main!.sfnt.sequences().map(([base, selector]) => String.fromCodePoint(base, selector));
  const isDrawable = (text: string): boolean => font.canDraw(text).kind === 'drawable';

  it('has 54,578 characters and 11,474 sequences; only an invisible one and five of private use are refused', () => {
    expect([characters.length, sequences.length]).toEqual([54_578, 11_474]);
    expect(characters.filter((text) => !isDrawable(text)).map(names)).toEqual([
      'ad',
      ...['f860', 'f861', 'f862', 'f87a', 'f87f'],
    ]);
    expect(sequences.filter((text) => !isDrawable(text))).toEqual([]);
  });

  it(
    'draws every character, and it is read back as it was written',
    () => {
      const wanted = characters.filter(isDrawable);
      expect(wanted.filter((text) => graphemes(text).length !== 1)).toEqual([]);
      expectInk(font, drawn(font, wanted));
    },
    TIMEOUT_MS,
  );

  it(
    'draws every sequence: read back with its selector, looking as its base exactly when it shares its glyph',
    () => {
      const pairs = sequences.flatMap((text) => [String.fromCodePoint(text.codePointAt(0)!), text]);
      const seen = drawn(font, pairs, 144);
      expectInk(font, seen);
      const glyphOf = (text: string) => font.shape(text)[0]!.glyph;
      const wrong = seen.filter(({ text, cell }, index) => {
        if (index % 2 === 0) return false;
        const base = seen[index - 1]!;
        const alike = Buffer.compare(cell, base.cell) === 0;
        return alike !== (glyphOf(text) === glyphOf(base.text));
      });
      // five pairs of glyphs are one drawing in the font itself, to the point or within a unit of the em
      expect(wrong.map(({ text }) => names(text)).sort()).toEqual([
        '2314d+e0100',
        '269e0+e0100',
        '28119+e0101',
        '43d9+e0100',
        '43e2+e0100',
      ]);
    },
    TIMEOUT_MS,
  );
});

describe('what other fonts draw', () => {
  const every = (step: number, points: readonly number[]): string[] =>
    points.filter((_, index) => index % step === 0).map((point) => String.fromCodePoint(point));
  /** a mark alone stands beside its place, outside its cell */
  const drawnBy = (name: string, texts: readonly string[]): string[] =>
    texts.filter((text) => font.shapeGrapheme(text)?.[0]?.face.name === name && !/\p{M}/u.test(text));
  const vietnamese = every(
    1,
    Array.from({ length: 0x1ef9 - 0x1ea0 + 1 }, (_, index) => 0x1ea0 + index),
  );

  it('Vietnamese is whole in Noto Serif JP', () => {
    expect(vietnamese).toHaveLength(90);
    expect(drawnBy('NotoSerifJP-Regular', vietnamese)).toEqual(vietnamese);
  });

  it.each([
    [noto!.name, drawnBy(noto!.name, every(1, noto!.sfnt.codePoints()))],
    [hanaA!.name, drawnBy(hanaA!.name, every(5, hanaA!.sfnt.codePoints()))],
    [hanaB!.name, drawnBy(hanaB!.name, every(20, hanaB!.sfnt.codePoints()))],
  ])(
    'letters of %s are read back and none is blank',
    (_, texts) => {
      expect(texts.length).toBeGreaterThan(500);
      expectInk(font, drawn(font, texts));
    },
    TIMEOUT_MS,
  );

  it('sequences of characters that IPAmj明朝 lacks are read back too', () => {
    const sequences = [noto!, hanaA!]
      .flatMap(({ sfnt }) => sfnt.sequences())
      .map(([base, selector]) => String.fromCodePoint(base, selector));
    const texts = [...new Set(sequences)].filter((text) => font.canDraw(text).kind === 'drawable');
    const others = texts.filter((text) => font.shapeGrapheme(text)![0]!.face !== main);
    expect(others.length).toBeGreaterThan(50);
    expectInk(font, drawn(font, others));
  });

  it('a municipality’s own characters are, also one that is made of parts', () => {
    const bytes = readCharacterFont(readFileSync(`${templatesDirectory}profiles/fonts/992020.ttf`));
    const own = withCharacterFont(font, { digest: '', bytes });
    const seen = drawn(own, ['\ue000', '\ue001', '\ue002', '永', '\ue002']);
    expectInk(own, seen);
    expect(seen[4]!.cell).toEqual(seen[2]!.cell);
    // three flames: ink in the upper half and in both lower quarters
    const size = Math.sqrt(seen[2]!.cell.length);
    const ink = (from: number, to: number, left: number, right: number): boolean =>
      seen[2]!.cell.some((pixel, index) => {
        const [row, column] = [Math.floor(index / size), index % size];
        return pixel < 200 && row >= from && row < to && column >= left && column < right;
      });
    expect([ink(0, 8, 0, size), ink(10, size, 0, 8), ink(10, size, 10, size)]).toEqual([true, true, true]);
  });
});

describe('the whole renderer', () => {
  const render = createRenderer(font);

  /** A 住民票 whose names are these; its text without white space. */
  function printed(names: readonly [string, string, string]): string {
    const [name, previousAddress, address] = names;
    const value = { ...householdOf(1, () => ({ name, previousAddress })), address };
    const composed = composeRequest(exampleTemplates, exampleOrder({ value }));
    if (composed.kind !== 'composed') throw new Error(composed.kind);
    const outcome = render(composed.request);
    if (outcome.kind !== 'rendered') throw new Error(JSON.stringify(outcome));
    const file = join(folder, 'record.pdf');
    writeFileSync(file, outcome.bytes);
    return solid(run('pdftotext', '-raw', file, '-').toString('utf8'));
  }

  it(
    'prints names of all kinds of letters, and they are read back exactly',
    () => {
      const all = [
        ...main!.sfnt.codePoints().map((point) => String.fromCodePoint(point)),
        ...main!.sfnt.sequences().map(([base, selector]) => String.fromCodePoint(base, selector)),
      ];
      const letters = all.filter((text, index) => index % 29 === 0 && /^\p{L}/u.test(text));
      for (let at = 0; at + 60 <= letters.length; at += 60) {
        const [name, before, now] = [0, 20, 40].map((from) =>
          letters.slice(at + from, at + from + 20).join(''),
        ) as [string, string, string];
        const text = printed([name, before, now]);
        for (const value of [name, before, now]) expect(text).toContain(solid(value));
      }
    },
    TIMEOUT_MS,
  );
});
