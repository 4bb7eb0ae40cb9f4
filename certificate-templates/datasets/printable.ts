/**
 * What layouts, kinds and profiles see of a dataset: named fields, some of the document (`header`), some of each person
 * (a grid form), some of each row (a form that flows). The rules of law about a field's content live beside the dataset,
 * never in a layout.
 */
import type { RegisterId } from '../vocabulary.ts';

/** A picture that is printed at its own size: 1 bit, PNG's own row encoding (see sealImage.ts). */
export interface PrintableImage {
  readonly width: number;
  readonly height: number;
  readonly rows: Uint8Array;
}

/** A field's content. `empty` and `not-applicable` are printed as words: a cell is never a silent blank. */
export type Printable =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-applicable' }
  /** `widthMm` is its true width on paper; never scaled, never resampled. `alt` says what it is, without a name */
  | {
      readonly kind: 'image';
      readonly image: PrintableImage;
      readonly widthMm: number;
      readonly alt: string;
    };

export type PrintableFields = Readonly<Record<string, Printable>>;

/** Which form of the person's block is printed. */
export type PersonVariant = 'japanese' | 'foreign';

export interface PrintablePerson {
  /** position in the record, for messages about a person without a name */
  readonly number: number;
  readonly variant: PersonVariant;
  readonly fields: PrintableFields;
}

/** One row of a form that flows over pages: which row template of the layout, and what stands in its cells. */
export interface PrintableRow {
  /** id of a row template, declared by the dataset (`rows`) and drawn by the layout */
  readonly row: string;
  readonly fields: PrintableFields;
  /** the next row stands on the same page as this one (no heading alone at the foot of a page) */
  readonly keepWithNext?: boolean;
  /** number of the person it belongs to */
  readonly person?: number;
  /** heading it is read under, e.g. 戸籍事項; the person's number when absent */
  readonly section?: string;
}

export interface PrintableView {
  /** replaces the kind's printed title, e.g. 非課税証明書 */
  readonly title?: string;
  readonly header: PrintableFields;
  /** blocks of a grid form; empty in a form that flows */
  readonly persons: readonly PrintablePerson[];
  /** rows of a form that flows, in order; empty in a grid form */
  readonly flow: readonly PrintableRow[];
}

/** What was chosen for this one document. */
export interface Presentation {
  /** fields the resident did not ask for: most only carry the omit mark, some change what else is printed */
  readonly omitted: readonly string[];
  /** labels a municipality prints differently, by label id or field */
  readonly labels: Readonly<Record<string, string>>;
}

/** A dataset's vocabulary: ids of the fields, and how a value of the dataset becomes a view. */
export interface PrintableDataset {
  readonly id: string;
  /** whose data it is made of: stale registers withhold every kind over it; `restriction` always counts */
  readonly registers: readonly RegisterId[];
  readonly headerFields: readonly string[];
  readonly personFields: readonly string[];
  /** fields by row template; empty for a grid form */
  readonly rows: Readonly<Record<string, readonly string[]>>;
  /** ids of labels that the view itself prints (not the layout), e.g. the labels of 戸籍 events */
  readonly labelIds: readonly string[];
  /** Throws ZodError when the value is not of this dataset. */
  readonly view: (value: unknown, presentation: Presentation) => PrintableView;
}
