/**
 * Writes a laid-out document as PDF/A-2b: pdfkit makes the file (objects, pages, metadata, cross-reference table), the
 * content streams and the embedded fonts are ours. The same input gives the same bytes in every process: the dates
 * are the issue date, the file id follows from the metadata, ids follow the order of first use.
 */
import PDFDocument from 'pdfkit';
import { deflateSync } from 'node:zlib';
import type { CivilDate } from '#templates/vocabulary.ts';
import { commonFonts, documentFonts, type CommonFonts, type DocumentFonts } from './documentFonts.ts';
import type { CertificateFont, FontFace } from './font.ts';
import type { PrintableImage } from '#templates/datasets/printable.ts';
import type { Block, LaidOutPage } from './laidOut.ts';
import type { Sheet } from './layoutSheet.ts';
import {
  blockOperators,
  imageOperators,
  IMAGE_RESOURCE,
  ruleOperators,
  textOperators,
} from './pdfContent.ts';
import { deflated, embedFont, precompressed, type MakeObject, type PdfObject } from './pdfFont.ts';

export interface PdfDocument {
  readonly sheet: Sheet;
  readonly pages: readonly LaidOutPage[];
  /** the certificate's name, e.g. 住民票の写し */
  readonly title: string;
  /** label and number, as printed */
  readonly issueNumber: string;
  readonly issueDate: CivilDate;
}

const PRODUCER = 'certificate-kiosk';

function openPdf(document: PdfDocument) {
  const { paper } = document.sheet.layout;
  return new PDFDocument({
    font: null as unknown as string, // else pdfkit loads Helvetica
    autoFirstPage: false,
    size: [paper.widthPt, paper.heightPt],
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/A-2b',
    lang: 'ja',
    displayTitle: true,
    info: {
      Title: document.title,
      Subject: document.issueNumber,
      Creator: PRODUCER,
      Producer: PRODUCER,
      CreationDate: new Date(`${document.issueDate}T00:00:00+09:00`),
    },
  });
}

/** The complete file. Throws RangeError when a text cannot be drawn: callers ask `canDraw` before. */
export function writePdf(font: CertificateFont, document: PdfDocument): Uint8Array {
  const { paper } = document.sheet.layout;
  const pdf = openPdf(document);
  const make: MakeObject = (data) => pdf.ref(data) as unknown as PdfObject;
  const statics = staticStreams(font, document.sheet);
  const fonts = documentFonts(font, statics.common);
  const fontObjects = new Map<FontFace, PdfObject>();
  const images = new Map<PrintableImage, PdfObject>();
  const blocks = new Map<Block, PdfObject>();
  for (const page of document.pages) {
    pdf.addPage();
    page.images.forEach(({ image }, index) => {
      const object = images.get(image) ?? embedImage(make, image);
      images.set(image, object);
      pdf.page.xobjects[`${IMAGE_RESOURCE}${index}`] = object;
    });
    const streams = page.blocks.map((block) => blockStream(block, blocks, statics, make));
    const content = deflated(make, Buffer.from(pageOperators(page, fonts, paper.heightPt), 'latin1'));
    (pdf.page.dictionary as unknown as PdfObject).data.Contents = [...streams, content];
    for (const { face } of fonts.used()) pdf.page.fonts[face.resource] = objectOf(face, fontObjects, make);
  }
  for (const used of fonts.used()) embedFont(objectOf(used.face, fontObjects, make), used, make);
  pdf.end();
  // everything is written synchronously: after `end` the whole file waits in the stream's buffer
  return pdf.read() as Buffer;
}

function pageOperators(page: LaidOutPage, fonts: DocumentFonts, paperHeightPt: number): string {
  const images = page.images.map((placed, index) => imageOperators(placed, index, paperHeightPt));
  return [
    ruleOperators(page.rules, paperHeightPt),
    textOperators(page.texts, fonts, paperHeightPt),
    ...images,
  ].join('\n');
}

/** What a sheet's documents have in common: the first glyphs of their subsets and their blocks, deflated once. */
interface StaticStreams {
  readonly font: CertificateFont;
  readonly common: CommonFonts;
  readonly zlibOf: (block: Block) => Uint8Array;
}

const staticsBySheet = new WeakMap<Sheet, StaticStreams>();

/** Kept as long as the sheet itself; a sheet has a fixed number of blocks. */
function staticStreams(font: CertificateFont, sheet: Sheet): StaticStreams {
  const known = staticsBySheet.get(sheet);
  if (known?.font === font) return known;
  const common = commonFonts(font, sheet.fixedTexts);
  const fonts = documentFonts(font, common);
  const zlib = new Map<Block, Uint8Array>();
  const made: StaticStreams = {
    font,
    common,
    zlibOf: (block) => {
      const ready = zlib.get(block);
      if (ready) return ready;
      const operators = blockOperators(block, fonts, sheet.layout.paper.heightPt);
      const fresh = deflateSync(Buffer.from(operators, 'latin1'));
      zlib.set(block, fresh);
      return fresh;
    },
  };
  staticsBySheet.set(sheet, made);
  return made;
}

/** The object of a font, made when a page first needs it. */
function objectOf(face: FontFace, objects: Map<FontFace, PdfObject>, make: MakeObject): PdfObject {
  const known = objects.get(face);
  if (known) return known;
  const fresh = make({});
  objects.set(face, fresh);
  return fresh;
}

function blockStream(
  block: Block,
  objects: Map<Block, PdfObject>,
  statics: StaticStreams,
  make: MakeObject,
): PdfObject {
  const known = objects.get(block);
  if (known) return known;
  const object = precompressed(make, statics.zlibOf(block));
  objects.set(block, object);
  return object;
}

/** A stencil: ink is painted, paper is left as it is, pixel for pixel (ISO 32000-1, 8.9.6.2). */
function embedImage(make: MakeObject, image: PrintableImage): PdfObject {
  return precompressed(make, image.rows, {
    Type: 'XObject',
    Subtype: 'Image',
    Width: image.width,
    Height: image.height,
    ImageMask: true,
    BitsPerComponent: 1,
    Interpolate: false,
    DecodeParms: { Predictor: 15, Colors: 1, BitsPerComponent: 1, Columns: image.width },
  });
}
