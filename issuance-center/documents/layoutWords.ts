/** What is printed beside the dataset, and the words of a cell. */
import { fullWidthDigits } from '#templates/fullWidthDigits.ts';
import type { Printable, PrintableImage } from '#templates/datasets/printable.ts';
import type { CellContent } from '#templates/layoutSchema.ts';
import type { Marks } from '#templates/profileSchema.ts';

/** All texts are final: dates in wareki, names as they shall stand. What a sheet does not ask for may be absent. */
export interface DocumentWords {
  readonly marks: Marks;
  /** fields of the dataset the resident did not ask for */
  readonly omitted: readonly string[];
  readonly title: string;
  /** label and number */
  readonly issueNumber: string;
  readonly statement?: string;
  readonly issueDate: string;
  readonly certifier?: string;
  readonly seal?: { readonly image: PrintableImage; readonly widthMm: number; readonly alt: string };
}

/** What a municipality prints differently on a layout. */
export interface SheetWords {
  /** by field or label id of the dataset */
  readonly labels: Readonly<Record<string, string>>;
  readonly notApplicable: string;
}

/** Words that stand on every document of the layout; undefined for what changes and for white paper. */
export function fixedText(content: CellContent, words: SheetWords): string | undefined {
  if (content.kind === 'not-applicable') return words.notApplicable;
  if (content.kind !== 'label') return undefined;
  return (content.field === undefined ? undefined : words.labels[content.field]) ?? content.text;
}

/** A cell's content after marks were put in. */
export type CellWords =
  { readonly kind: 'text'; readonly text: string } | Extract<Printable, { readonly kind: 'image' }>;

/** The words or the picture of a cell; never blank (forms.md 1.2). Throws for a field the dataset's view does not hold. */
export function cellWords(
  field: string,
  value: Printable | undefined,
  { omitted, marks }: Pick<DocumentWords, 'omitted' | 'marks'>,
): CellWords {
  if (omitted.includes(field)) return { kind: 'text', text: marks.omitted };
  if (!value) throw new RangeError(`the dataset has no field ${field}`);
  switch (value.kind) {
    case 'text':
    case 'image':
      return value;
    case 'empty':
      return { kind: 'text', text: marks.empty };
    case 'not-applicable':
      return { kind: 'text', text: marks.notApplicable };
  }
}

/** Digits as 戸籍 prints them; everything else stays. */
export function withDigits(text: string, digits: 'half' | 'full'): string {
  return digits === 'half' ? text : fullWidthDigits(text);
}
