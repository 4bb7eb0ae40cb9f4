/**
 * What PDF/A asks for. No free validator of part 2 runs here, so the twin of part 1 is validated (the same pages, fonts,
 * tags, metadata and seal; version 1.4 and a CIDSet), and what differs between the parts is looked at by hand.
 */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openCertificateFont } from './font.ts';
import { loadFonts } from './fontFile.ts';
import type { Finish } from './paper/finish.ts';
import { issuedFinish, requestOf, testSeal, tool } from './paper/paper.fixture.ts';
import type { PdfAPart } from './pdfMetadata.ts';
import { createRenderer } from './renderer.ts';

const font = openCertificateFont(loadFonts());
const { sealer } = await testSeal();
const renderers = {
  '1b': createRenderer(font, { seal: sealer, pdfA: '1b' }),
  '2b': createRenderer(font, { seal: sealer }),
};

function documentOf(finish: Finish, persons: number, pdfA: PdfAPart): Uint8Array {
  const outcome = renderers[pdfA](requestOf(finish, persons));
  if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
  return outcome.bytes;
}

const JARS = [
  'preflight',
  'pdfbox2',
  'fontbox2',
  'xmpbox',
  'commons-logging',
  'javax.activation',
  'jaxb-api',
].map((name) => `/usr/share/java/${name}.jar`);
const VALIDATOR = 'org.apache.pdfbox.preflight.Validator_A1b';
const preflight = (bytes: Uint8Array): string => tool('java', ['-cp', JARS.join(':'), VALIDATOR], bytes);

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const specimen = { ...issuedFinish, specimen: true };

describe('the twin of PDF/A-1b', () => {
  it('has its validator here', () => {
    expect(JARS.filter((jar) => !existsSync(jar))).toEqual([]);
  });

  it.each([
    ['plain', { kind: 'plain' } as const, 4],
    ['issued', issuedFinish, 4],
    ['of two fronts', issuedFinish, 6],
    ['specimen', specimen, 1],
  ])(
    'is valid: %s',
    (_name, finish, persons) => {
      const bytes = documentOf(finish, persons, '1b');
      expect(text(bytes)).toMatch(/^%PDF-1\.4/);
      expect(preflight(bytes)).toContain('is a valid PDF/A-1b file');
    },
    30_000,
  );

  it('is refused by the validator once a font’s CIDSet is gone: it does look', () => {
    const bytes = documentOf({ kind: 'plain' }, 1, '1b');
    const broken = Buffer.from(Buffer.from(bytes).toString('latin1').replace('/CIDSet', '/CIDNot'), 'latin1');
    expect(() => preflight(broken)).toThrow();
  }, 30_000);
});

describe('PDF/A-2b', () => {
  it.each([
    ['plain', { kind: 'plain' } as const],
    ['issued', issuedFinish],
    ['specimen', specimen],
  ])('is the same file but for version, part and CIDSet: %s', (_name, finish) => {
    const [twin, issued] = [documentOf(finish, 4, '1b'), documentOf(finish, 4, '2b')];
    expect(text(issued)).toMatch(/^%PDF-1\.7/);
    expect(text(issued)).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(text(twin)).toContain('<pdfaid:part>1</pdfaid:part>');
    expect([text(issued).includes('/CIDSet'), text(twin).includes('/CIDSet')]).toEqual([false, true]);
    const objects = (bytes: Uint8Array) => text(bytes).match(/^\d+ 0 obj$/gm)!.length;
    expect(objects(twin) - objects(issued)).toBe(1);
    expect(tool('qpdf', ['--check'], issued)).toMatch(/No syntax or stream encoding errors/);
  });

  it('names the document on every page, and itself as tagged and Japanese', () => {
    const bytes = documentOf(issuedFinish, 6, '2b');
    const places = text(bytes)
      .match(/<dc:title>.*<\/dc:title>/g)!
      .map((line) => line.replaceAll(/<[^>]+>/g, ''));
    const name = '住民票の写し';
    expect(places).toEqual([
      ...['1／2', '1／2　うら', '2／2', '2／2　うら'].map((place) => `${name}　${place}`),
      name,
    ]);
    const number = /<dc:identifier>発行番号　7K3M-9QXA-2B4C-D5EF<\/dc:identifier>/g;
    expect(text(bytes).match(number)).toHaveLength(5);
    expect(text(bytes).match(/\/Metadata \d+ 0 R/g)).toHaveLength(5);
    expect(text(bytes)).toContain('/Lang (ja)');
    expect(tool('pdfinfo', [], bytes)).toMatch(/Tagged: +yes/);
  });

  it('keeps what XML would take for markup', () => {
    const request = { ...requestOf({ kind: 'plain' }), title: '証明 <A&B>' };
    const outcome = renderers['1b'](request);
    if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
    expect(preflight(outcome.bytes)).toContain('is a valid PDF/A-1b file');
    expect(tool('pdfinfo', [], outcome.bytes)).toContain('証明 <A&B>');
  }, 30_000);
});
