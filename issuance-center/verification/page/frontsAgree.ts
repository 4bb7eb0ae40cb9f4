/**
 * Does a PDF's front say what its back was signed for? Only for files that hold their text; a scan has none and is
 * compared by eye. Pure.
 */
import { collectSets, readCode } from '../front/codes.ts';
import { readSign1 } from '../front/coseSign1.ts';
import { decodePage } from '../front/frontPayload.ts';
import type { SignedDocument } from '../front/openFront.ts';

/** One page of a file, in order. */
export interface FilePage {
  readonly codes: readonly Uint8Array[];
  /** the words on it; empty for a picture */
  readonly text: string;
}

/** A page with less text than this is a picture with a stamp on it. */
const FEWEST_LETTERS = 20;
const letters = (text: string): string => text.replaceAll(/\s/g, '');

/** True when a front that can be read lacks a printed value of the page on its back. */
export function isSwapped(pages: readonly FilePage[], document: SignedDocument): boolean {
  return [...frontsIn(pages, document)].some(([signed, index]) => {
    const front = letters(pages[index]!.text);
    if (front.length < FEWEST_LETTERS) return false;
    const { items } = document.pages[signed - 1]!;
    return items.some(({ role, value }) => role !== 'figure' && !front.includes(letters(value)));
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
