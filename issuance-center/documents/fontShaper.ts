/**
 * Combining sequences (か+U+309A and the like) need the font's own substitutions: fontkit shapes them. Only a glyph id
 * leaves this file; fontkit's glyph objects remember the first spelling they were seen with (rendering.md 2).
 */
import * as fontkit from 'fontkit';

interface ShapedRun {
  readonly glyphs: readonly { readonly id: number }[];
}
interface Shaper {
  readonly layout: (text: string) => ShapedRun;
}
interface OpenedShaper {
  readonly shaper: Shaper;
  uses: number;
}

const shapers = new WeakMap<ArrayBufferLike, OpenedShaper>();

/** fontkit keeps every glyph it ever made; after so many sequences it is opened anew, which costs 2 ms. */
const USES_LIMIT = 4_096;

/**
 * The one glyph that draws this combining sequence; undefined when the font would need several: the mark would stand
 * beside its base or on a place of its own, which is another writing. Not for variation sequences (forms.md 12.2).
 */
export function shapeWithFontkit(font: Uint8Array, sequence: string): number | undefined {
  let opened = shapers.get(font.buffer);
  if (!opened || opened.uses >= USES_LIMIT) {
    opened = { shaper: fontkit.create(font) as Shaper, uses: 0 };
    shapers.set(font.buffer, opened);
  }
  opened.uses += 1;
  const { glyphs } = opened.shaper.layout(sequence);
  return glyphs.length === 1 ? glyphs[0]!.id : undefined;
}
