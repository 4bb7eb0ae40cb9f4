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
  /** the words on it; empty for a picture */
  readonly text: string;
  /** the black-and-white pictures it draws, as they are in the file; none for a scan or a photo */
  readonly pictures?: readonly OneBitPicture[];
}

/** A page with less text than this is a picture with a stamp on it. */
const FEWEST_LETTERS = 20;
const letters = (text: string): string => text.replaceAll(/\s/g, '');

/** True when a front that can be read lacks a printed value or a picture of the page on its back. */
export function isSwapped(pages: readonly FilePage[], document: SignedDocument): boolean {
  return [...frontsIn(pages, document)].some(([signed, index]) => {
    const { text, pictures = [] } = pages[index]!;
    const front = letters(text);
    if (front.length < FEWEST_LETTERS) return false;
    const { items } = document.pages[signed - 1]!;
    return items.some((item) =>
      item.role === 'figure' ? !isShown(item, pictures) : !front.includes(letters(item.value)),
    );
  });
}

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
    return signed !== undefined && before?.codes.length === 0 ? [[signed, index - 1]] : [];
  });
  return new Map(fronts);
}

/** Which page of the document is signed on this back; undefined for a front or somebody else's codes. */
function numberOnBack({ codes }: FilePage, document: SignedDocument): number | undefined {
  const pieces = codes.flatMap((code) => readCode(code) ?? []);
  const [set] = collectSets(pieces);
  if (set?.kind !== 'whole') return undefined;
  const message = readSign1(set.message);
  const page = message && decodePage(message.payload);
  return page?.documentDigest === document.documentDigest ? page.page : undefined;
}
