/**
 * What the front of a certificate says, as it is signed and printed on the back: the document's identity and every printed
 * item in reading order. Browser-safe, like everything in this folder: the verification page opens what the center signs.
 */

import type { SignedPicture } from './signedPicture.ts';

/** The parts of a `ReadingItem` that a recipient compares by eye. */
export interface FrontItem {
  readonly role: 'title' | 'pair' | 'paragraph' | 'figure';
  /** heading it stands under; empty when none */
  readonly section: string;
  /** printed label; empty when none */
  readonly label: string;
  /** printed words; of a figure, its description */
  readonly value: string;
  /** of a figure that belongs to the dataset (印影) */
  readonly picture?: SignedPicture;
}

export interface FrontContent {
  /** 発行番号, four groups of four */
  readonly issueNumber: string;
  /** 団体コード, six digits */
  readonly municipality: string;
  /** data id of the kind, e.g. resident-record-copy */
  readonly kind: string;
  /** the certificate's name, e.g. 住民票の写し */
  readonly title: string;
  /** YYYY-MM-DD */
  readonly issueDate: string;
  /** items of each front page in reading order */
  readonly pages: readonly (readonly FrontItem[])[];
}

/** One front as it stands on its back. */
export interface SignedPage extends Omit<FrontContent, 'pages'> {
  /** from 1 */
  readonly page: number;
  readonly of: number;
  /** the same on every page of one document, different for any other content: lower case hex */
  readonly documentDigest: string;
  readonly items: readonly FrontItem[];
}
