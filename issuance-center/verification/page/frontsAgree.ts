/**
 * Does a PDF's front say and show what its back was signed for? Only for files that hold their text and pictures; a scan
 * has none and is compared by eye. Pure.
 */
import { collectSets, readCode } from '../front/codes.ts';
import { readSign1 } from '../front/coseSign1.ts';
import { decodePage } from '../front/frontPayload.ts';
import type { FrontItem } from '../front/frontContent.ts';
import type { SignedDocument } from '../front/openFront.ts';
import { resampled, type OneBitPicture } from '../front/signedPicture.ts';

/** One page of a file, in order. */
export interface FilePage {
  readonly codes: readonly Uint8Array[];
  /** the words on it as they were printed; empty for a picture, whatever a scanner believes to have read in it */
  readonly text: string;
  /** the black-and-white pictures it draws, as they are in the file; none for a scan or a photo */
  readonly pictures?: readonly OneBitPicture[];
}

/** A page with less text than this is a picture with a stamp on it. */
const FEWEST_LETTERS = 20;
const letters = (text: string): string => text.replaceAll(/\s/g, '');

/** A test issue has it across the page. */
const SPECIMEN = '見本';

/** True when a front that can be read says or shows something else than the page on its back was signed for. */
export function isSwapped(pages: readonly FilePage[], document: SignedDocument): boolean {
  return [...frontsIn(pages, document)].some(([signed, index]) => {
    const { text, pictures = [] } = pages[index]!;
    const front = letters(text);
    if (front.length < FEWEST_LETTERS) return false;
    const { items } = document.pages[signed - 1]!;
    const saysAll = items.every((item) =>
      item.role === 'figure' ? isShown(item, pictures) : front.includes(letters(item.value)),
    );
    return !saysAll || !hasTheLetters(front, items);
  });
}

/**
 * Every letter of the values is printed as often as it was signed, and none more often: 3,000,000 is in 13,000,000 too.
 * Labels may be printed less often than they were signed, because a column's head names every row.
 */
function hasTheLetters(front: string, items: readonly FrontItem[]): boolean {
  const printed = countOf(front);
  const values = letters(items.map(wordsOf).join(''));
  const labels = letters(items.map(({ label }) => label).join(''));
  return isAtMost(countOf(values), printed) && isAtMost(printed, countOf(values + labels + SPECIMEN));
}

/** A figure's value describes it and is not printed. */
const wordsOf = ({ role, value }: FrontItem): string => (role === 'figure' ? '' : value);

type Counts = ReadonlyMap<string, number>;

function countOf(text: string): Counts {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}

const isAtMost = (counts: Counts, most: Counts): boolean =>
  [...counts].every(([letter, count]) => count <= (most.get(letter) ?? 0));

/** Pictures were in the file dot by dot when they were signed: made as small again, one of them is the signed copy. */
function isShown({ picture }: FrontItem, pictures: readonly OneBitPicture[]): boolean {
  if (!picture || pictures.length === 0) return true;
  return pictures.some((printed) => {
    if (printed.width < picture.width || printed.height < picture.height) return false;
    const { bits } = resampled(printed, picture.width, picture.height);
    return bits.every((byte, at) => byte === picture.bits[at]);
  });
}

/** For each page of the document whose back is in the file: the file's page before it, its front, counted from 0. */
export function frontsIn(pages: readonly FilePage[], document: SignedDocument): ReadonlyMap<number, number> {
  const fronts = pages.flatMap((back, index): [number, number][] => {
    const signed = numberOnBack(back, document);
    const before = pages[index - 1];
    return signed !== undefined && before && isFront(before) ? [[signed, index - 1]] : [];
  });
  return new Map(fronts);
}

/** Whatever other codes somebody has put on it. */
const isFront = ({ codes }: FilePage): boolean => codes.every((code) => !readCode(code));

/** Which page of the document is signed on this back; undefined for a front or somebody else's codes. */
function numberOnBack({ codes }: FilePage, document: SignedDocument): number | undefined {
  const pieces = codes.flatMap((code) => readCode(code) ?? []);
  const [set] = collectSets(pieces);
  if (set?.kind !== 'whole') return undefined;
  const message = readSign1(set.message);
  const page = message && decodePage(message.payload);
  return page?.documentDigest === document.documentDigest ? page.page : undefined;
}
