/**
 * Letters for screens: the outlines of those graphemes of a text that the screen's font would show as another writing or
 * not at all, from the fonts the certificate is printed with. Only paths leave; no font is sent to a screen.
 */
import { OUTLINE_BASELINE, OUTLINE_EM, type GraphemeOutline } from '#templates/graphemeOutline.ts';
import { uiFontShows } from '#templates/uiFontCoverage.ts';
import type { CertificateFont, VirtualGlyph } from './font.ts';
import { glyphPath } from './glyphOutline.ts';
import { graphemes } from './graphemes.ts';

/** By grapheme; what is not in it the screen sets itself, among it what no certificate font can draw. */
export function outlinesOf(font: CertificateFont, text: string): Record<string, GraphemeOutline> {
  const wanted = new Set(graphemes(text).filter((grapheme) => !uiFontShows(grapheme)));
  const outlines: Record<string, GraphemeOutline> = {};
  for (const grapheme of wanted) {
    const outline = outlineOf(font, grapheme);
    if (outline) outlines[grapheme] = outline;
  }
  return outlines;
}

/** One grapheme as the certificate prints it; undefined when it cannot be printed. */
export function outlineOf(font: CertificateFont, grapheme: string): GraphemeOutline | undefined {
  const shaped = font.shapeGrapheme(grapheme);
  // the few graphemes of two glyphs (halfwidth kana with ﾞ) are in every screen font
  return shaped?.length === 1 ? drawn(shaped[0]!) : undefined;
}

function drawn({ face, glyph, advance }: VirtualGlyph): GraphemeOutline {
  return {
    advance: Math.round((advance * OUTLINE_EM) / 1000),
    path: glyphPath(face.sfnt, glyph, OUTLINE_EM, OUTLINE_BASELINE),
  };
}
