/**
 * A certificate from its dataset to the bytes of its PDF. A request is plain data and complete: nothing is read from
 * anywhere else, nothing of one request is seen by the next.
 */
import { createHash } from 'node:crypto';
import { datasets } from '#templates/datasets/catalogue.ts';
import type { DatasetId } from '#templates/datasets/catalogue.ts';
import type { PrintableFields, PrintableView } from '#templates/datasets/printable.ts';
import { warekiDate } from '#templates/civilTime.ts';
import type { CertificateLayout } from '#templates/layoutSchema.ts';
import type { Marks } from '#templates/profileSchema.ts';
import type { SealImage } from '#templates/sealImage.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { CertificateFont, CharacterFont, Fallback } from './font.ts';
import { layOut } from './layout.ts';
import { LabelDoesNotFitError } from './layoutFixed.ts';
import { compileSheet, fixedWords, type Sheet } from './layoutSheet.ts';
import type { DocumentWords } from './layoutWords.ts';
import { fontsWith } from './municipalFonts.ts';
import type { Finish } from './paper/finish.ts';
import { writePdf } from './pdf.ts';
import type { PdfAPart } from './pdfMetadata.ts';
import type { DocumentSealer } from './seal/documentSealer.ts';
import { cmsSigner, type CmsSigner } from './seal/signedData.ts';

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
  /** this, head and seal are absent on sheets that certify nothing */
  readonly statement?: string;
  readonly certifier?: { readonly title: string; readonly name: string };
  readonly seal?: { readonly image: SealImage; readonly widthMm: number; readonly description: string };
  /** 外字: the municipality's own font, shared with every worker */
  readonly characterFont?: CharacterFont;
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
      /** characters another font than IPAmj明朝 drew, each once; never the text they stand in */
      readonly fallbacks: readonly Fallback[];
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
const SHEET_CACHE_LIMIT = 64;

/** A sheet for the fonts it was compiled with, or why its own words cannot be printed. */
type PreparedSheet =
  { readonly sheet: Sheet } | { readonly place: string } | { readonly codePoints: readonly string[] };
type SheetOf = (request: RenderRequest, font: CertificateFont) => PreparedSheet;

export interface RendererOptions {
  /** seals what is issued; without one nothing can be */
  readonly seal?: DocumentSealer;
  /** default 2b; 1b is the twin that a validator of part 1 reads (see pdfMetadata.ts) */
  readonly pdfA?: PdfAPart;
}

/** A renderer over an opened font; keeps compiled sheets only. Throws ZodError for a value not of its dataset. */
export function createRenderer(font: CertificateFont, { seal, pdfA }: RendererOptions = {}): Renderer {
  const writer: Writer = { signer: seal && cmsSigner(seal), pdfA };
  const fonts = fontsWith(font);
  const sheets = new Map<string, PreparedSheet>();
  const sheetOf: SheetOf = (request, own) => {
    const { layout, labels, marks, characterFont } = request;
    const key = JSON.stringify([layout.digest, labels, marks.notApplicable, characterFont?.digest]);
    const known = sheets.get(key);
    if (known) return known;
    if (sheets.size >= SHEET_CACHE_LIMIT) sheets.clear();
    const prepared = prepareSheet(request, own);
    sheets.set(key, prepared);
    return prepared;
  };
  return (request) => renderCertificate(fonts(request.characterFont), sheetOf, request, writer);
}

interface Writer {
  readonly signer: CmsSigner | undefined;
  readonly pdfA: PdfAPart | undefined;
}

function prepareSheet({ layout, labels, marks }: RenderRequest, font: CertificateFont): PreparedSheet {
  const parsed = JSON.parse(layout.json) as CertificateLayout;
  const words = { labels, notApplicable: marks.notApplicable };
  const { undrawable } = font.survey(fixedWords(parsed));
  if (undrawable.length > 0) return { codePoints: undrawable };
  try {
    return { sheet: compileSheet(parsed, words, font.measure) };
  } catch (error) {
    if (error instanceof LabelDoesNotFitError) return { place: error.place };
    throw error;
  }
}

function renderCertificate(
  font: CertificateFont,
  sheetOf: SheetOf,
  request: RenderRequest,
  { signer, pdfA }: Writer,
): RenderOutcome {
  const { requestId } = request;
  const view = datasets[request.dataset.id].view(request.dataset.value, request);
  const words = wordsOf(request, view);
  const { undrawable: codePoints, fallbacks } = font.survey(everyText(request, view, words));
  if (codePoints.length > 0) return undrawable(requestId, codePoints);
  const prepared = sheetOf(request, font);
  if ('codePoints' in prepared) return undrawable(requestId, prepared.codePoints);
  if ('place' in prepared) return misfit(requestId, prepared.place);
  const { sheet } = prepared;
  const laidOut = layOut(sheet, view, words, font.measure);
  if (laidOut.kind === 'does-not-fit') return misfit(requestId, laidOut.field, laidOut.person);
  const { title, issueNumberLabel, issueNumber, issueDate, finish } = request;
  const fronts = { pages: laidOut.pages, title, issueNumberLabel, issueNumber, issueDate, finish };
  const { bytes, pages } = writePdf(font, { ...fronts, sheet, pdfA }, signer);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { kind: 'rendered', requestId, bytes, pages, sha256, fallbacks };
}

const undrawable = (requestId: string, codePoints: readonly string[]): RenderOutcome => ({
  kind: 'refused',
  requestId,
  reason: 'undrawable-character',
  codePoints,
});

const misfit = (requestId: string, place: string, person?: number): RenderOutcome => ({
  kind: 'refused',
  requestId,
  reason: 'does-not-fit',
  place,
  person,
});

function wordsOf(request: RenderRequest, view: PrintableView): DocumentWords {
  const { certifier, seal } = request;
  return {
    marks: request.marks,
    omitted: request.omitted,
    title: view.title ?? request.printedTitle,
    issueNumber: `${request.issueNumberLabel}　${request.issueNumber}`,
    statement: request.statement,
    issueDate: warekiDate(request.issueDate),
    certifier: certifier && `${certifier.title}　　${certifier.name}`,
    seal: seal && { image: seal.image, widthMm: seal.widthMm, alt: seal.description },
  };
}

/** Everything that may be printed: values that are not omitted, and all words around them. */
function everyText(request: RenderRequest, view: PrintableView, words: DocumentWords): readonly string[] {
  const { title, issueNumber, issueDate, statement, certifier } = words;
  const { omitted } = request;
  const texts = [title, issueNumber, issueDate, statement ?? '', certifier ?? ''];
  texts.push(...Object.values(request.marks), ...Object.values(request.labels));
  const add = (fields: PrintableFields): void => {
    for (const field of Object.keys(fields)) {
      const value = fields[field]!;
      if (value.kind === 'text' && !omitted.includes(field)) texts.push(value.text);
    }
  };
  add(view.header);
  for (const { fields } of view.persons) add(fields);
  for (const { fields } of view.flow) add(fields);
  return texts;
}
