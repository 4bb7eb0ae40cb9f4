/**
 * Which letters a page's font cannot show as registered, and their outlines; for the verification page and the console. The center is asked for blocks of sixteen
 * characters, never for a name; what has been asked for stays in memory.
 */
import { blockOf, glyphBlock } from '../contract/verification.ts';
import type { GraphemeOutline, GraphemeOutlines } from '#templates/graphemeOutline.ts';
import { uiFontShows } from '#templates/uiFontCoverage.ts';

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

export type Part =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'letter'; readonly letter: string };

/** A text as runs the font shows and letters that must be drawn. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const last = parts.at(-1);
    if (!uiFontShows(segment) && !isPlain(segment)) parts.push({ kind: 'letter', letter: segment });
    else if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + segment };
    else parts.push({ kind: 'text', text: segment });
  }
  return parts;
}

/** Spaces and line ends are in no font's coverage and need no outline. */
const isPlain = (segment: string): boolean => /^[\s\u3000]+$/.test(segment);

const places = new Map<string, Promise<GraphemeOutlines>>();
const PRIVATE_USE = /\p{Co}/u;

/** Where outlines are asked for. */
export interface LetterSource {
  /** 外字 are other letters in every municipality */
  readonly municipality: string;
  /** of the page, with its last slash */
  readonly base: './' | '/';
}

function placeOf(letter: string, { municipality, base }: LetterSource): string {
  const block = blockOf(letter.codePointAt(0)!);
  const own = PRIVATE_USE.test(letter) ? `${municipality}/` : '';
  return `${base}glyphs/${own}${block}.json`;
}

/** The outline of a letter; undefined when the center has none or cannot be reached now. */
export async function outlineOf(
  get: typeof fetch,
  letter: string,
  source: LetterSource,
): Promise<GraphemeOutline | undefined> {
  const place = placeOf(letter, source);
  const asked = places.get(place) ?? askFor(get, place);
  places.set(place, asked);
  try {
    return (await asked)[letter];
  } catch {
    // the next time it is shown, it is asked for again
    places.delete(place);
    return undefined;
  }
}

async function askFor(get: typeof fetch, place: string): Promise<GraphemeOutlines> {
  const answer = await get(place);
  return glyphBlock.parse(await answer.json()).outlines;
}
