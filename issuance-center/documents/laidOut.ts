/**
 * A document after layout, before it is drawn: what the PDF writer, the tags, the signed data on the back and the
 * checker tests all read. Lengths are points from the upper left corner of the paper.
 */
import type { PrintableImage } from '#templates/datasets/printable.ts';

/** `baseline` is the y of the writing line. */
export interface TextRun {
  readonly x: number;
  readonly baseline: number;
  readonly sizePt: number;
  readonly text: string;
  /** marked-content id on its page (ISO 32000-1, 14.7.4.3); absent for what is decoration */
  readonly mark?: number;
}
export interface Rule {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly widthPt: number;
}
/** What never changes; the same object on every document of a sheet, so that its operators are written once. */
export interface Block {
  readonly texts: readonly TextRun[];
  readonly rules: readonly Rule[];
}
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly widthPt: number;
  readonly heightPt: number;
}
/** At its own size in millimetres, never scaled to fit. */
export interface PlacedImage extends Frame {
  readonly kind: 'seal' | 'picture';
  readonly image: PrintableImage;
  readonly alt: string;
  readonly mark: number;
}

/** A picture of the dataset (印影), for the signed data: what it shows and how large it is printed. */
export interface ReadPicture {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly image: PrintableImage;
}

/** One step of the reading order: what a screen reader says, what the back page signs, what the checker looks for. */
export interface ReadingItem {
  readonly role: 'title' | 'pair' | 'paragraph' | 'figure';
  /** heading it stands under: a person's running number, a block of a 戸籍; empty when none */
  readonly section: string;
  /** printed label; empty when none */
  readonly label: string;
  /** printed words, whole, as they stand after marks such as 【省略】 were put in; `alt` of a figure */
  readonly value: string;
  /** dataset field, sheet item or row; for checks, not printed */
  readonly field: string;
  /** marked-content ids of the runs it consists of, in reading order: label first */
  readonly marks: readonly number[];
  /** of a figure that belongs to the dataset; absent for 公印 and codes */
  readonly picture?: ReadPicture;
}

export interface LaidOutPage {
  readonly blocks: readonly Block[];
  /** what this document says */
  readonly texts: readonly TextRun[];
  /** rules that depend on this document (a form that flows) */
  readonly rules: readonly Rule[];
  readonly images: readonly PlacedImage[];
  /** every printed item of the page in reading order */
  readonly reading: readonly ReadingItem[];
  /** marked-content ids run from 0 to below this */
  readonly markCount: number;
}
