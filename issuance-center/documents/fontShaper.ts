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

const shapers = new WeakMap<ArrayBufferLike, Shaper>();

/**
 * The one glyph that draws this combining sequence; undefined when the font would need several, because IPAmj has no
 * mark positioning: the mark would stand beside its base, which is another writing.
 */
export function shapeWithFontkit(font: Uint8Array, sequence: string): number | undefined {
  let shaper = shapers.get(font.buffer);
  if (!shaper) {
    shaper = fontkit.create(font) as Shaper;
    shapers.set(font.buffer, shaper);
  }
  const { glyphs } = shaper.layout(sequence);
  return glyphs.length === 1 ? glyphs[0]!.id : undefined;
}
