/**
 * A certificate from its dataset to the bytes of its PDF. A request is plain data and complete: nothing is read from
 * anywhere else, nothing of one request is seen by the next.
 */
import { createHash } from 'node:crypto';
import { datasets } from '#templates/datasets/catalogue.ts';
import type { DatasetId } from '#templates/datasets/catalogue.ts';
import type { PrintableView } from '#templates/datasets/printable.ts';
import { warekiDate } from '#templates/civilTime.ts';
import type { GridLayout } from '#templates/layoutSchema.ts';
import type { Marks } from '#templates/profileSchema.ts';
import type { SealImage } from '#templates/sealImage.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { CertificateFont } from './font.ts';
import { layOut, type DocumentWords } from './layout.ts';
import { compileSheet, LabelDoesNotFitError, type Sheet } from './layoutSheet.ts';
import type { Finish } from './paper/finish.ts';
import { writePdf } from './pdf.ts';

export type { Finish } from './paper/finish.ts';

export interface RenderRequest {
  /** random; the answer carries it back */
  readonly requestId: string;
  /** validated at load; as JSON so that a worker parses each layout once, by its digest */
  readonly layout: { readonly digest: string; readonly json: string };
  readonly dataset: { readonly id: DatasetId; readonly value: unknown };
  readonly omitted: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly marks: Marks;
  /** the certificate's name for the file's metadata, e.g. 住民票の写し */
  readonly title: string;
  /** the title on the paper, e.g. 住　民　票; a dataset may replace it */
  readonly printedTitle: string;
  readonly issueNumberLabel: string;
  readonly issueNumber: string;
  readonly issueDate: CivilDate;
  readonly statement: string;
  /** absent on sheets that certify nothing */
  readonly certifier?: { readonly title: string; readonly name: string };
  readonly seal?: { readonly image: SealImage; readonly widthMm: number; readonly description: string };
  /** 外字: the municipality's own font, shared with every worker */
  readonly characterFont?: { readonly digest: string; readonly bytes: Uint8Array | SharedArrayBuffer };
  readonly finish: Finish;
}

export type RenderOutcome =
  | {
      readonly kind: 'rendered';
      readonly requestId: string;
      readonly bytes: Uint8Array;
      readonly pages: number;
      /** hex, of `bytes` */
      readonly sha256: string;
    }
  /** `codePoints` as `U+XXXX`; never the text they stand in */
  | {
      readonly kind: 'refused';
      readonly requestId: string;
      readonly reason: 'undrawable-character';
      readonly codePoints: readonly string[];
    }
  /** `place` is a field of the dataset or an item of the sheet; `person` the number in the record */
  | {
      readonly kind: 'refused';
      readonly requestId: string;
      readonly reason: 'does-not-fit';
      readonly place: string;
      readonly person?: number;
    };

export type Renderer = (request: RenderRequest) => RenderOutcome;

/** Compiled sheets kept: more than one municipality's layouts with their label sets, about 100 kB each. */
const SHEET_CACHE_LIMIT = 32;

/** A renderer over an opened font; keeps compiled sheets only. Throws ZodError for a value not of its dataset. */
export function createRenderer(font: CertificateFont): Renderer {
  const sheets = new Map<string, Sheet>();
  const sheetOf = (request: RenderRequest): Sheet => {
    const key = JSON.stringify([request.layout.digest, request.labels, request.marks.notApplicable]);
    const known = sheets.get(key);
    if (known) return known;
    if (sheets.size >= SHEET_CACHE_LIMIT) sheets.clear();
    const layout = JSON.parse(request.layout.json) as GridLayout;
    const words = { labels: request.labels, notApplicable: request.marks.notApplicable };
    const sheet = compileSheet(layout, words, font.measure);
    sheets.set(key, sheet);
    return sheet;
  };
  return (request) => renderCertificate(font, sheetOf, request);
}

function renderCertificate(
  font: CertificateFont,
  sheetOf: (request: RenderRequest) => Sheet,
  request: RenderRequest,
): RenderOutcome {
  const { requestId } = request;
  const view = datasets[request.dataset.id].view(request.dataset.value, request);
  const words = wordsOf(request, view);
  const codePoints = undrawable(font, everyText(request, view, words));
  if (codePoints.length > 0)
    return { kind: 'refused', requestId, reason: 'undrawable-character', codePoints };
  const sheet = sheetOrMisfit(sheetOf, request);
  if ('place' in sheet) return { kind: 'refused', requestId, reason: 'does-not-fit', place: sheet.place };
  const laidOut = layOut(sheet, view, words, font.measure);
  if (laidOut.kind === 'does-not-fit') {
    const { field, person } = laidOut;
    return { kind: 'refused', requestId, reason: 'does-not-fit', place: field, person };
  }
  const bytes = writePdf(font, {
    sheet,
    pages: laidOut.pages,
    seal: request.seal!.image,
    title: request.title,
    issueNumber: words.issueNumber,
    issueDate: request.issueDate,
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { kind: 'rendered', requestId, bytes, pages: laidOut.pages.length, sha256 };
}

function wordsOf(request: RenderRequest, view: PrintableView): DocumentWords {
  const { certifier, seal } = request;
  return {
    marks: request.marks,
    omitted: request.omitted,
    title: view.title ?? request.printedTitle,
    issueNumber: `${request.issueNumberLabel}　${request.issueNumber}`,
    statement: request.statement,
    issueDate: warekiDate(request.issueDate),
    certifier: certifier ? `${certifier.title}　　${certifier.name}` : '',
    sealWidthMm: seal?.widthMm ?? 0,
    sealRatio: seal ? seal.image.height / seal.image.width : 1,
  };
}

function sheetOrMisfit(
  sheetOf: (request: RenderRequest) => Sheet,
  request: RenderRequest,
): Sheet | { readonly place: string } {
  try {
    return sheetOf(request);
  } catch (error) {
    if (error instanceof LabelDoesNotFitError) return { place: error.place };
    throw error;
  }
}

function undrawable(font: CertificateFont, texts: readonly string[]): readonly string[] {
  const codePoints = texts.flatMap((text) => {
    const drawn = font.canDraw(text);
    return drawn.kind === 'undrawable' ? drawn.codePoints : [];
  });
  return [...new Set(codePoints)];
}

/** Everything that may be printed: values that are not omitted, and all words around them. */
function everyText(request: RenderRequest, view: PrintableView, words: DocumentWords): readonly string[] {
  const shown = [view.header, ...view.persons.map(({ fields }) => fields)].flatMap((fields) =>
    Object.entries(fields).flatMap(([field, value]) =>
      value.kind === 'text' && !request.omitted.includes(field) ? [value.text] : [],
    ),
  );
  const around = [words.issueNumber, words.statement, words.issueDate, words.certifier];
  return [...shown, ...around, ...Object.values(request.marks), ...Object.values(request.labels)];
}
