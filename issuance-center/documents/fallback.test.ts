/** Documents with characters that IPAmj明朝 lacks: which font draws them, what is read back, whose they are. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { readCharacterFont } from '#templates/characterFont.ts';
import { templatesDirectory } from '#templates/load.ts';
import { exampleOrder, exampleTemplates, householdOf } from './documents.fixture.ts';
import { openCertificateFont, type CharacterFont } from './font.ts';
import { FALLBACK_FONTS, loadFonts } from './fontFile.ts';
import { cellOf, letterGrid, readPictures } from './letterGrid.fixture.ts';
import { createRenderer, type Renderer, type RenderOutcome, type RenderRequest } from './renderer.ts';
import { composeRequest } from './request.ts';
import { warmUpRequests } from './warmUp.ts';
import { startRenderPool, type RenderPool } from './workerPool.ts';

const files = loadFonts();
const font = openCertificateFont(files);
const render = createRenderer(font);
const folder = mkdtempSync(join(tmpdir(), 'fallback-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FONT_FILE = `${templatesDirectory}profiles/fonts/992020.ttf`;

function characterFont(bytes: Uint8Array): CharacterFont {
  return { digest: createHash('sha256').update(bytes).digest('hex'), bytes: readCharacterFont(bytes) };
}
const tameshi = characterFont(readFileSync(FONT_FILE));
/** Another municipality's: U+E000 is what U+E001 is in the first. */
const other = characterFont(withSwappedLetters(readFileSync(FONT_FILE)));

/** Exchanges the first two glyph ids of the file's character map (format 4: idDelta of the first two segments). */
function withSwappedLetters(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  const cmap = Array.from({ length: copy.readUInt16BE(4) }, (_, index) => 12 + index * 16).find(
    (entry) => copy.toString('latin1', entry, entry + 4) === 'cmap',
  )!;
  const at = copy.readUInt32BE(cmap + 8) + 12;
  const segments = copy.readUInt16BE(at + 6) / 2;
  const deltas = at + 16 + segments * 4;
  copy.writeUInt16BE((2 - 0xe000) & 0xffff, deltas);
  copy.writeUInt16BE((1 - 0xe001) & 0xffff, deltas + 2);
  return copy;
}

function requestOf(name: string, own?: CharacterFont, requestId = 'r'): RenderRequest {
  const value = householdOf(1, () => ({ name }));
  const composed = composeRequest(exampleTemplates, exampleOrder({ value, requestId }));
  if (composed.kind !== 'composed') throw new Error(composed.kind);
  return { ...composed.request, characterFont: own };
}

type Rendered = Extract<RenderOutcome, { kind: 'rendered' }>;
function rendered(name: string, own?: CharacterFont, using: Renderer = render): Rendered {
  const outcome = using(requestOf(name, own));
  if (outcome.kind !== 'rendered') throw new Error(JSON.stringify(outcome));
  return outcome;
}

function tool(
  command: string,
  args: readonly string[],
  { bytes, sha256 }: Rendered,
  after: readonly string[] = [],
) {
  const file = join(folder, `${sha256}.pdf`);
  writeFileSync(file, bytes);
  return execFileSync(command, [...args, file, ...after], { encoding: 'utf8' });
}
const textOf = (document: Rendered): string =>
  tool('pdftotext', ['-raw'], document, ['-']).replaceAll(/\s/gu, '');
const fontsOf = (document: Rendered): string[] =>
  tool('pdffonts', [], document)
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => /^[A-Z]{6}\+(\S+)\s+CID TrueType\s+Identity-H\s+yes yes yes/.exec(line)?.[1] ?? line);

const MIXED = '\u{2A700}\ue000张NGUYỄN辻\u{E0103}';

describe('a document in several fonts', () => {
  const document = rendered(MIXED, tameshi);

  it('embeds those it needs, in the order fonts are asked, and reads back as it was written', () => {
    expect(fontsOf(document)).toEqual([
      'IPAmjMincho',
      'MunicipalCharacters',
      'NotoSerifJP-Regular',
      'HanaMinA',
      'HanaMinB',
    ]);
    expect(textOf(document)).toContain(MIXED);
    expect(tool('qpdf', ['--check'], document)).toMatch(/No syntax or stream encoding errors/);
  });

  it('embeds no other font than IPAmj明朝 when that has everything', () => {
    expect(fontsOf(rendered('渡邉\u{E0117}　太郎', tameshi))).toEqual(['IPAmjMincho']);
    expect(fontsOf(rendered('NGUYỄN'))).toEqual(['IPAmjMincho', 'NotoSerifJP-Regular']);
  });

  it('reports each character with its font, and nothing of the name', () => {
    expect(document.fallbacks).toEqual([
      { codePoint: 'U+2A700', font: 'HanaMinB' },
      { codePoint: 'U+E000', font: 'MunicipalCharacters' },
      { codePoint: 'U+5F20', font: 'HanaMinA' },
      { codePoint: 'U+1EC4', font: 'NotoSerifJP-Regular' },
    ]);
    expect(rendered('見本　太郎').fallbacks).toEqual([]);
  });

  it('has all letters on one writing line, whichever font they are of', () => {
    const lowest = (texts: readonly string[]): number[] => {
      const file = join(folder, 'line.pdf');
      writeFileSync(file, letterGrid(font, texts));
      const [picture] = readPictures(
        execFileSync('pdftoppm', ['-r', '288', '-gray', file], { maxBuffer: 1024 ** 3 }),
      );
      return texts.map((_, index) => {
        const cell = cellOf(picture!, index);
        const size = Math.sqrt(cell.length);
        return Math.floor(cell.findLastIndex((pixel) => pixel < 128) / size);
      });
    };
    const [plain, accented] = lowest(['E', 'Ễ']);
    expect(Math.abs(plain! - accented!)).toBeLessThanOrEqual(1);
  });
});

describe('a municipality’s own characters', () => {
  it('are refused where there is no slot, and in a slot that lacks them', () => {
    const refused = { kind: 'refused', reason: 'undrawable-character' };
    expect(render(requestOf('\ue000田'))).toMatchObject({ ...refused, codePoints: ['U+E000'] });
    expect(render(requestOf('\ue0f1田', tameshi))).toMatchObject({ ...refused, codePoints: ['U+E0F1'] });
  });

  it('are drawn with the font of the document’s municipality, whoever was served before', () => {
    const ink = (document: Rendered): string => {
      const file = join(folder, 'own.pdf');
      writeFileSync(file, document.bytes);
      return execFileSync('pdftoppm', ['-r', '150', '-mono', '-singlefile', file]).toString('latin1');
    };
    const [first, second, third, again] = [tameshi, other, tameshi, other].map((own) =>
      rendered('\ue000田', own),
    ) as [Rendered, Rendered, Rendered, Rendered];
    expect(third.sha256).toBe(first.sha256);
    expect(again.sha256).toBe(second.sha256);
    expect(ink(second)).not.toBe(ink(first));
    expect(ink(second)).toBe(ink(rendered('\ue000田', other, createRenderer(font))));
    expect(render(requestOf('\ue000田')).kind).toBe('refused');
  });

  it('are embedded under a name of their own: a printer that keeps fonts draws nobody with another town’s', () => {
    const nameIn = (own: CharacterFont) =>
      /[A-Z]{6}\+MunicipalCharacters/.exec(tool('pdffonts', [], rendered('\ue000田', own)))?.[0];
    expect(nameIn(tameshi)).toBeDefined();
    expect(nameIn(other)).not.toBe(nameIn(tameshi));
    expect(nameIn(tameshi)).toBe(nameIn(tameshi));
  });

  it('are the same when the font was forgotten and opened again, in labels of the sheet too', () => {
    const labelled = { ...requestOf('\ue000田', tameshi), labels: { alias: '\ue001名' } };
    const one = createRenderer(font);
    const before = one(labelled);
    // as many other municipalities as are kept: the first one is opened anew, its sheet is not
    for (let n = 0; n < 65; n += 1) {
      const bytes = Buffer.concat([readFileSync(FONT_FILE), Buffer.alloc(4 * n)]);
      one(requestOf('\ue0f1', characterFont(bytes))); // refused before a sheet is needed
    }
    expect(one(labelled)).toEqual(before);
  });

  it('must be the bytes of their digest', () => {
    const false_ = { digest: tameshi.digest, bytes: other.bytes };
    expect(() => createRenderer(font)(requestOf('\ue000田', false_))).toThrow(/SHA-256/);
  });
});

describe('a missing fallback font', () => {
  const without = (name: string) =>
    loadFonts(
      undefined,
      FALLBACK_FONTS.map((source) =>
        source.name === name ? { ...source, path: '/nowhere/font.ttf' } : source,
      ),
    );

  it('takes its characters with it, is told in one sentence, and nothing else changes', () => {
    const files = without('HanaMinA');
    expect(files.missing).toEqual([
      'no font at /nowhere/font.ttf; install it: apt-get install fonts-hanazono',
    ]);
    const less = openCertificateFont(files);
    expect(less.canDraw('张')).toEqual({ kind: 'undrawable', codePoints: ['U+5F20'] });
    for (const name of ['NGUYỄN\u{2A700}', '渡邉\u{E0117}']) {
      expect(rendered(name, undefined, createRenderer(less)).sha256).toBe(rendered(name).sha256);
    }
  });
});

describe('no document depends on who was served before', () => {
  const NAMES = ['辻', '辻\u{E0103}', '辻', 'Ễ', '张', '辻\u{E0103}张', '\u{2A700}', 'NGUYỄN', '辻', '张'];
  const fresh = (name: string, ...fontFile: string[]): string => {
    const script = new URL('./renderOnce.fixture.ts', import.meta.url).pathname;
    const args = ['--import', 'tsx', script, name, ...fontFile];
    return execFileSync(process.execPath, args, { encoding: 'utf8' }).trim();
  };
  let pool: RenderPool | undefined;
  afterEach(() => pool?.close());

  it('in one process: the bytes are those of a new renderer and of a new process', () => {
    const one = createRenderer(openCertificateFont(files));
    const served = NAMES.map((name) => rendered(name, undefined, one));
    served.forEach((document, index) => {
      const alone = rendered(NAMES[index]!, undefined, createRenderer(openCertificateFont(files)));
      expect(document.sha256).toBe(alone.sha256);
      expect(textOf(document)).toContain(NAMES[index]);
      expect(textOf(document).includes('\u{E0103}')).toBe(NAMES[index]!.includes('\u{E0103}'));
    });
    expect(rendered('NGUYỄN张', undefined, one).sha256).toBe(fresh('NGUYỄN张'));
    expect(rendered('\ue000\u{2A700}', tameshi, one).sha256).toBe(fresh('\ue000\u{2A700}', FONT_FILE));
  });

  it('across workers, municipalities with and without characters of their own in turn', async () => {
    pool = startRenderPool({ font: files, warmUp: warmUpRequests(exampleTemplates), workers: 2 });
    const { render: renderInPool } = pool;
    const asked = Array.from({ length: 40 }, (_, n) => {
      const own = [undefined, tameshi, other][n % 3];
      return requestOf(own ? `\ue000${NAMES[n % NAMES.length]}` : NAMES[n % NAMES.length]!, own, `r${n}`);
    });
    const outcomes = await Promise.all(asked.map(renderInPool));
    outcomes.forEach((outcome, index) => {
      const expected = createRenderer(font)(asked[index]!);
      if (outcome.kind !== 'rendered' || expected.kind !== 'rendered') throw new Error(outcome.kind);
      expect([outcome.requestId, outcome.sha256]).toEqual([`r${index}`, expected.sha256]);
    });
  });
});
