/** The pages of a file from its laid-out fronts: as they are, or each with its back, on tinted paper. */
import type { CivilDate } from '#templates/vocabulary.ts';
import { codeMatrix } from '../../verification/codeMatrix.ts';
import { frontItem } from '../../verification/printedPicture.ts';
import { signFront } from '../../verification/signedFront.ts';
import type { Frame, LaidOutPage } from '../laidOut.ts';
import type { Measure } from '../layoutFit.ts';
import { backPage } from './backPage.ts';
import type { Finish, IssuedFinish } from './finish.ts';

export interface PaperPage {
  readonly page: LaidOutPage;
  /** among its fellows, e.g. `1／2`, `1／2　うら` */
  readonly place: string;
  /** absent on white paper; `white` are areas it leaves out */
  readonly tint?: { readonly white: readonly Frame[] };
  /** 見本 across the page */
  readonly specimen: boolean;
}

export interface Fronts {
  readonly pages: readonly LaidOutPage[];
  /** the certificate's name */
  readonly title: string;
  readonly issueNumberLabel: string;
  readonly issueNumber: string;
  readonly issueDate: CivilDate;
  readonly finish: Finish;
}

/**
 * Front 1, back 1, front 2, back 2 for paper printed on both sides. Throws RangeError when a front does not fit the codes
 * of its back.
 */
export function paperPages(fronts: Fronts, measure: Measure, paperWidthPt: number): readonly PaperPage[] {
  const { pages, finish } = fronts;
  const place = (index: number) => `${index + 1}／${pages.length}`;
  if (finish.kind === 'plain') {
    return pages.map((page, index) => ({ page, place: place(index), specimen: false }));
  }
  const codes = codesOf(fronts, finish);
  const specimen = finish.specimen ?? false;
  return pages.flatMap((page, index): PaperPage[] => {
    const words = { ...fronts, ...finish, page: index + 1, of: pages.length, codes: codes[index]! };
    const back = backPage(words, measure, paperWidthPt);
    return [
      { page, place: place(index), tint: { white: [] }, specimen },
      { page: back.page, place: `${place(index)}　うら`, tint: { white: back.white }, specimen },
    ];
  });
}

function codesOf(fronts: Fronts, { municipality, kindId, frontKey }: IssuedFinish) {
  const { issueNumber, title, issueDate, pages } = fronts;
  const content = {
    issueNumber,
    municipality,
    kind: kindId,
    title,
    issueDate,
    pages: pages.map(({ reading }) => reading.map(frontItem)),
  };
  return signFront(content, frontKey).map((payloads) => payloads.map((payload) => codeMatrix(payload)));
}
