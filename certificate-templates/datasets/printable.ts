/**
 * What layouts, kinds and profiles see of a dataset: named fields, some of the document (`header`), some of each
 * person. The rules of law about a field's content live beside the dataset, never in a layout.
 */

/** A field's content. `empty` and `not-applicable` are printed as words: a cell is never a silent blank. */
export type Printable =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-applicable' };

/** Which form of the person's block is printed. */
export type PersonVariant = 'japanese' | 'foreign';

export interface PrintablePerson {
  /** position in the record, for messages about a person without a name */
  readonly number: number;
  readonly variant: PersonVariant;
  readonly fields: Readonly<Record<string, Printable>>;
}

export interface PrintableView {
  readonly header: Readonly<Record<string, Printable>>;
  readonly persons: readonly PrintablePerson[];
}

/** A dataset's vocabulary: ids of the fields, and how a value of the dataset becomes a view. */
export interface PrintableDataset {
  readonly id: string;
  readonly headerFields: readonly string[];
  readonly personFields: readonly string[];
  /** Throws ZodError when the value is not of this dataset. */
  readonly view: (value: unknown) => PrintableView;
}
