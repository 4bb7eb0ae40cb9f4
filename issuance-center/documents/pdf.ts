/**
 * Writes a laid-out document as PDF/A-2b, tagged, and sealed when it is issued. pdfkit makes the file (objects, cross-
 * reference table, information dictionary), content streams, fonts and tags are ours. The same input gives the same bytes
 * in every process: dates are the issue date, the file id follows from the metadata, ids follow the order of first use.
 */
import type { PrintableImage } from '#templates/datasets/printable.ts';
import type { CertificateFont } from './font.ts';
import { documentFonts, type DocumentFonts } from './documentFonts.ts';
import type { Block, LaidOutPage } from './laidOut.ts';
import { paperPages, type Fronts, type PaperPage } from './paper/paperPages.ts';
import { embedTint, tintOperators, type Paper } from './paper/tintOperators.ts';
import { imageOperators, ruleOperators, specimenOperators, textOperators } from './pdfContent.ts';
import { openPdfFile, type PdfFile } from './pdfFile.ts';
import { deflated, embedFont, precompressed, type PdfObject } from './pdfFont.ts';
import { documentMetadata, outputIntent, pageMetadata, type PdfAPart } from './pdfMetadata.ts';
import { staticsOf, type PdfSheet, type Statics } from './pdfStatics.ts';
import { createStructureTree } from './pdfTags.ts';
import { sealInPlace } from './seal/pdfSeal.ts';
import { addSealField } from './seal/sealField.ts';
import type { CmsSigner } from './seal/signedData.ts';

export interface PdfDocument extends Fronts {
  readonly sheet: PdfSheet;
  /** default 2b; the twin exists for a validator that knows part 1 only */
  readonly pdfA?: PdfAPart;
}

export interface WrittenPdf {
  readonly bytes: Buffer;
  /** backs included */
  readonly pages: number;
}

/**
 * The complete file. Throws RangeError when a text cannot be drawn (callers ask `canDraw` before), when a front does not
 * fit the codes of its back, or when an issued document has nobody to seal it.
 */
export function writePdf(font: CertificateFont, document: PdfDocument, signer?: CmsSigner): WrittenPdf {
  const { sheet, finish, issueDate, pdfA = '2b' } = document;
  if (finish.kind === 'issued' && !signer) throw new RangeError('an issued document is sealed');
  const { paper } = sheet.layout;
  const pages = paperPages(document, font.measure, paper.widthPt);
  const issueNumber = `${document.issueNumberLabel}　${document.issueNumber}`;
  const facts = { pdfA, title: document.title, issueNumber, date: new Date(`${issueDate}T00:00:00+09:00`) };
  const file = openPdfFile({
    version: pdfA === '1b' ? '1.4' : '1.7',
    info: { title: facts.title, subject: issueNumber, date: facts.date },
  });
  const drawn = drawPages(file, font, document, pages, issueNumber);
  const seal =
    finish.kind === 'issued' && signer ? addSealField(file, drawn[0]!, signer, issueDate) : undefined;
  for (const page of drawn) page.end();
  file.catalog.Metadata = documentMetadata(file, facts);
  file.catalog.OutputIntents = [outputIntent(file)];
  const bytes = file.end();
  if (seal && signer) sealInPlace(bytes, file.offsetOf(seal), signer);
  return { bytes, pages: pages.length };
}

/** Everything but the page dictionaries' ends. */
function drawPages(
  file: PdfFile,
  font: CertificateFont,
  { sheet, finish, title, pdfA }: PdfDocument,
  pages: readonly PaperPage[],
  issueNumber: string,
): readonly PdfObject[] {
  const { paper } = sheet.layout;
  const statics = staticsOf(font, sheet, finish.kind);
  const fonts = documentFonts(font, statics.common);
  const tags = createStructureTree(file);
  const shared = sharedObjects(file, statics);
  const fontResources: Record<string, PdfObject> = {};
  const drawn = pages.map((paperPage) => {
    const { page, place } = paperPage;
    const object = file.addPage();
    const xobjects: Record<string, PdfObject> = paperPage.tint ? { [TINT_RESOURCE]: shared.tint() } : {};
    page.images.forEach(({ image }, index) => (xobjects[imageResource(index)] = shared.image(image)));
    const [under, over] = [ground(paperPage, fonts, paper), foreground(page, fonts, paper)].map(
      (operators) => (operators === '' ? [] : [deflated(file.make, Buffer.from(operators, 'latin1'))]),
    ) as [PdfObject[], PdfObject[]];
    Object.assign(object.data, {
      MediaBox: [0, 0, paper.widthPt, paper.heightPt],
      Contents: [...under, ...page.blocks.map(shared.block), ...over],
      Resources: { Font: fontResources, XObject: xobjects },
      StructParents: tags.addPage(object, page.reading, page.markCount),
      Metadata: pageMetadata(file, title, issueNumber, place),
    });
    return object;
  });
  for (const used of fonts.used()) {
    fontResources[used.face.resource] = file.make({});
    embedFont(fontResources[used.face.resource]!, used, file.make, { cidSet: pdfA === '1b' });
  }
  file.catalog.StructTreeRoot = tags.end();
  file.catalog.MarkInfo = { Marked: true };
  return drawn;
}

const TINT_RESOURCE = 'Tint';
const imageResource = (index: number): string => `Im${index}`;

/** What lies under everything that is read. */
function ground({ tint, specimen }: PaperPage, fonts: DocumentFonts, paper: Paper): string {
  const mark = specimen ? specimenOperators(fonts, paper) : '';
  return mark + (tint ? tintOperators(TINT_RESOURCE, tint.white, paper) : '');
}

function foreground(page: LaidOutPage, fonts: DocumentFonts, { heightPt }: Paper): string {
  const images = page.images.map((image, index) => imageOperators(image, imageResource(index), heightPt));
  return ruleOperators(page.rules, heightPt) + textOperators(page.texts, fonts, heightPt) + images.join('');
}

/** Objects that several pages name. */
function sharedObjects(file: PdfFile, statics: Statics) {
  const blocks = new Map<Block, PdfObject>();
  const images = new Map<PrintableImage, PdfObject>();
  const once = <Key>(known: Map<Key, PdfObject>, key: Key, make: () => PdfObject): PdfObject => {
    const object = known.get(key) ?? make();
    known.set(key, object);
    return object;
  };
  let tint: PdfObject | undefined;
  return {
    block: (block: Block) => once(blocks, block, () => precompressed(file.make, statics.zlibOf(block))),
    image: (image: PrintableImage) => once(images, image, () => embedImage(file, image)),
    tint: () => (tint ??= embedTint(file, statics.tint())),
  };
}

/** A stencil: ink is painted, paper is left as it is, pixel for pixel (ISO 32000-1, 8.9.6.2). */
function embedImage(file: PdfFile, { width, height, rows }: PrintableImage): PdfObject {
  return precompressed(file.make, rows, {
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    ImageMask: true,
    BitsPerComponent: 1,
    Interpolate: false,
    DecodeParms: { Predictor: 15, Colors: 1, BitsPerComponent: 1, Columns: width },
  });
}
