/** The 外字 of the demo municipality ためし市: two letters of strokes and one made of parts. */
import { contourOf, FLAME, MOUNTAIN_OVER_GATE, TREE_AND_ROOFED_FIELD, type Stroke } from './strokes.ts';
import { trueTypeFile, type Outline } from './trueTypeFile.ts';

const simple = (strokes: readonly Stroke[]): Outline => ({
  kind: 'simple',
  contours: strokes.map(contourOf),
});

const FLAME_GLYPH = 4;
const threeFlames: Outline = {
  kind: 'composite',
  parts: [
    { glyph: FLAME_GLYPH, scale: 0.5, x: 250, y: 430 },
    { glyph: FLAME_GLYPH, scale: 0.48, x: 20, y: -40 },
    { glyph: FLAME_GLYPH, scale: 0.48, x: 500, y: -40 },
  ],
  box: [50, -90, 960, 850],
};

/** certificate-templates/profiles/fonts/992020.ttf */
export function demoCharacterFont(): Buffer {
  return trueTypeFile({
    family: 'Demo Municipal Characters',
    outlines: [
      simple([]),
      simple(TREE_AND_ROOFED_FIELD),
      simple(MOUNTAIN_OVER_GATE),
      threeFlames,
      simple(FLAME),
    ],
    characters: [
      [0xe000, 1],
      [0xe001, 2],
      [0xe002, 3],
    ],
  });
}
