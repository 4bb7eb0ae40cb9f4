/**
 * From the PDF over paper, scanner and JPEG back to the signed data: real documents of this center, on tinted paper. Without
 * poppler-utils and ImageMagick there is nothing to scan with; `npm test` installs both.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadTemplates } from '#templates/load.ts';
import { loadSamples } from '#templates/samples.ts';
import { samplePrints } from '../documents/check/samplePrints.ts';
import { openCertificateFont } from '../documents/font.ts';
import { loadFonts } from '../documents/fontFile.ts';
import { createRenderer, type Renderer } from '../documents/renderer.ts';
import { centerKeys } from '../kiosks/centerKeys.ts';
import { publishedKey, type PublishedKey } from '../contract/verification.ts';
import { openFronts } from './front/openFront.ts';
import { municipalityKeys, type MunicipalityKeys } from './municipalityKeys.ts';
import { codesInPicture, scanned, worn, type Wear } from './scan.fixture.ts';

/** A desk scanner: turned by two degrees, noisy, soft, pressed hard. */
const DESK: Wear = { degrees: 2, noise: 0.5, blur: 0.8, quality: 60 };

// drawing tint and noise takes seconds on a busy machine
vi.setConfig({ testTimeout: 120_000 });
const folder = mkdtempSync(join(tmpdir(), 'print-scan-'));
const templates = loadTemplates();
const prints = samplePrints(templates, loadSamples());
let render: Renderer;
let keys: MunicipalityKeys;
let published: readonly PublishedKey[];

beforeAll(async () => {
  const seal = (await centerKeys(folder, Date.now())).documentSealer;
  render = createRenderer(openCertificateFont(loadFonts()), { seal });
  keys = municipalityKeys(folder, [...templates.profiles.keys()]);
  published = keys
    .published()
    .map((key) => publishedKey.parse({ ...key, municipalityName: '架空県みほん市' }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A sample as its municipality issues it. */
function issued(sample: string): Uint8Array {
  const print = prints.find((candidate) => candidate.sample === sample)!;
  const { municipality, request } = print;
  const outcome = render({
    ...request,
    finish: {
      kind: 'issued',
      municipality,
      municipalityName: '架空県みほん市',
      kindId: sample.split('.')[0]!,
      frontKey: keys.keyOf(municipality, request.issueDate),
      verificationUrl: 'https://verify.example',
    },
  });
  if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
  return outcome.bytes;
}

const backs = new Map<string, readonly Buffer[]>();

/** The backs of a sample at 200 dpi, scanned once. */
function backsOf(sample: string): readonly Buffer[] {
  const known = backs.get(sample) ?? scanned(issued(sample), 200, 'backs');
  backs.set(sample, known);
  return known;
}

describe('print and scan', () => {
  it.each([
    'resident-record-copy',
    'family-register-full',
    'taxation-certificate.separate',
    'seal-registration-certificate.largest',
  ])('%s at 200 dpi grey, turned, noisy, blurred, JPEG 60', async (sample) => {
    const scans = backsOf(sample).map((page) => worn(page, DESK));
    const codes = (await Promise.all(scans.map(codesInPicture))).flat();
    expect((await openFronts(codes, published)).kind).toBe('genuine');
  });

  it.each([90, 180, 357])('turned by %i degrees', async (degrees) => {
    const [back] = backsOf('resident-record-copy');
    const codes = await codesInPicture(worn(back!, { ...DESK, degrees }));
    expect((await openFronts(codes, published)).kind).toBe('genuine');
  });

  it('fronts carry no codes, and a scan of the front alone says so', async () => {
    const [front] = scanned(issued('resident-record-copy.self'), 150, 'fronts');
    expect(await openFronts(await codesInPicture(front!), published)).toEqual({ kind: 'no-code' });
  });

  it('what is read is what was printed', async () => {
    const [back] = backsOf('resident-record-copy');
    const verdict = await openFronts(await codesInPicture(worn(back!, DESK)), published);
    if (verdict.kind !== 'genuine') throw new Error(verdict.kind);
    const [page] = verdict.document.pages;
    const said = page!.items.map(({ section, label, value }) => [section, label, value].join(' ')).join('\n');
    expect(said).toContain('1 氏名 渡邉\u{E0117}　太郎');
    expect(said).toContain('4 在留カード等の番号 AB12345678CD');
    expect(said).toContain('この写しは、世帯全員の住民票の原本と相違ないことを証明する。');
  });
});
