/**
 * What a file says about itself: the document's XMP packet, one for each page, and the colour space PDF/A asks for. Only
 * properties that PDF/A predefines (ISO 19005-1, 6.7.9), uncompressed as it demands.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { PRODUCER, type PdfFile } from './pdfFile.ts';
import { precompressed, type PdfObject } from './pdfFont.ts';

/** `2b` is what is issued; `1b` is its twin without the younger features, because PDFBox Preflight checks only part 1. */
export type PdfAPart = '2b' | '1b';

export interface DocumentMetadata {
  readonly pdfA: PdfAPart;
  readonly title: string;
  /** label and number, as printed */
  readonly issueNumber: string;
  readonly date: Date;
}

/** The same facts as the information dictionary has, spelled alike (ISO 19005-1, 6.7.3). */
export function documentMetadata(
  file: PdfFile,
  { pdfA, title, issueNumber, date }: DocumentMetadata,
): PdfObject {
  const time = `${date.toISOString().slice(0, 19)}Z`;
  return packet(
    file,
    `<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title>${alternatives(title)}</dc:title>
<dc:description>${alternatives(issueNumber)}</dc:description>
<dc:identifier>${escaped(issueNumber)}</dc:identifier>
<dc:language><rdf:Bag><rdf:li>ja</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>${PRODUCER}</pdf:Producer>
<pdfaid:part>${pdfA[0]}</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<xmp:CreateDate>${time}</xmp:CreateDate>
<xmp:CreatorTool>${PRODUCER}</xmp:CreatorTool>
</rdf:Description>`,
  );
}

/** `place` is the page among its fellows, e.g. `1／2　うら`. A sheet taken out of the file still says what it is of. */
export function pageMetadata(file: PdfFile, title: string, issueNumber: string, place: string): PdfObject {
  return packet(
    file,
    `<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>${alternatives(`${title}　${place}`)}</dc:title>
<dc:identifier>${escaped(issueNumber)}</dc:identifier>
</rdf:Description>`,
  );
}

function packet(file: PdfFile, description: string): PdfObject {
  const xmp = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
${description}
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
  return plainStream(file, Buffer.from(xmp), { Type: 'Metadata', Subtype: 'XML' });
}

/** A stream that pdfkit shall not compress. */
function plainStream(file: PdfFile, bytes: Uint8Array, data: Record<string, unknown>): PdfObject {
  const object = file.make(data);
  (object as PdfObject & { compress: boolean }).compress = false;
  object.write(bytes);
  object.end();
  return object;
}

const alternatives = (text: string): string =>
  `<rdf:Alt><rdf:li xml:lang="x-default">${escaped(text)}</rdf:li></rdf:Alt>`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => ENTITIES[character]!);

const PROFILE_NAME = new String('sRGB IEC61966-2.1');
/** pdfkit brings the profile; deflated once. */
const profile = deflateSync(
  readFileSync(join(dirname(createRequire(import.meta.url).resolve('pdfkit')), 'data/sRGB_IEC61966_2_1.icc')),
  { level: 9 },
);

export function outputIntent(file: PdfFile): PdfObject {
  const intent = file.make({
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    Info: PROFILE_NAME,
    OutputConditionIdentifier: PROFILE_NAME,
    DestOutputProfile: precompressed(file.make, profile, { N: 3 }),
  });
  intent.end();
  return intent;
}
