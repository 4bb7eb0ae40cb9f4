/**
 * Text to glyphs, over whatever shapes a single grapheme. This is asked several times for each word of a document, so
 * answers are remembered: by code unit for the letters that are one, by string for the others.
 */
import type { CertificateFont, Drawability, Fallback, Survey } from './font.ts';
import type { FontFace, VirtualGlyph } from './fontFace.ts';
import { graphemes, isPlain, plainLength } from './graphemes.ts';

/** Null: cannot be drawn as written. */
export type Shaped = readonly VirtualGlyph[] | null;
export type Shape = (grapheme: string) => Shaped;
export interface Shaper {
  readonly ofGrapheme: Shape;
  /** of a grapheme that is one code unit, and stands alone whatever is beside it (see `plainLength`) */
  readonly ofUnit: (unit: number) => Shaped;
}

/** Keeps at most `limit` answers: a full memory is emptied, which costs time and changes nothing. */
export function graphemeMemory(limit: number, shape: Shape): Shape {
  const memory = new Map<string, Shaped>();
  return (grapheme) => {
    const known = memory.get(grapheme);
    if (known !== undefined) return known;
    if (memory.size >= limit) memory.clear();
    const shaped = shape(grapheme);
    memory.set(grapheme, shaped);
    return shaped;
  };
}

/** Keeps an answer for every code unit that was asked: at most 28,000 letters, 4 MB. */
export function unitMemory(shape: Shape): Shaper['ofUnit'] {
  const memory: Shaped[] = [];
  memory.length = 65_536;
  return (unit) => {
    const known = memory[unit];
    if (known !== undefined) return known;
    const shaped = shape(String.fromCharCode(unit));
    memory[unit] = shaped;
    return shaped;
  };
}

/** A certificate font that answers through this shaper; the first of the faces is the main one. */
export function facade(faces: readonly FontFace[], shaper: Shaper): CertificateFont {
  const survey = (texts: readonly string[]) => surveyOf(texts, faces[0]!, shaper);
  return {
    faces,
    shaper,
    shapeGrapheme: shaper.ofGrapheme,
    survey,
    canDraw: (text) => drawability(survey([text])),
    shape: (text) => shapeText(text, shaper),
    measure: (text) => measureText(text, shaper),
  };
}

/** The answers for the text's graphemes, in order. */
function shapedOf(text: string, { ofGrapheme, ofUnit }: Shaper): readonly Shaped[] {
  if (!isPlain(text)) return graphemes(text).map(ofGrapheme);
  const answers: Shaped[] = [];
  for (let at = 0; at < text.length;) {
    const length = plainLength(text, at);
    answers.push(length === 1 ? ofUnit(text.charCodeAt(at)) : ofGrapheme(text.slice(at, at + length)));
    at += length;
  }
  return answers;
}

/** Throws without the text: errors are logged, and a name is not for logs. */
function drawable(shaped: Shaped): readonly VirtualGlyph[] {
  if (!shaped) throw new RangeError('the text holds a character that cannot be drawn');
  return shaped;
}

function shapeText(text: string, shaper: Shaper): readonly VirtualGlyph[] {
  const glyphs: VirtualGlyph[] = [];
  for (const shaped of shapedOf(text, shaper)) {
    for (const glyph of drawable(shaped)) glyphs.push(glyph);
  }
  return glyphs;
}

function measureText(text: string, shaper: Shaper): number {
  let sum = 0;
  for (const shaped of shapedOf(text, shaper)) {
    for (const { advance } of drawable(shaped)) sum += advance;
  }
  return sum / 1000;
}

function surveyOf(texts: readonly string[], main: FontFace, shaper: Shaper): Survey {
  // nearly always everything is in the main font
  const others = texts.filter((text) => shapedOf(text, shaper).some((shaped) => shaped?.[0]?.face !== main));
  const undrawable = new Set<string>();
  const fallbacks = new Map<string, Fallback>();
  for (const grapheme of others.flatMap(graphemes)) {
    const face = shaper.ofGrapheme(grapheme)?.[0]?.face;
    const codePoints = [...grapheme].map(codePointName);
    if (!face) codePoints.forEach((codePoint) => undrawable.add(codePoint));
    else if (face !== main) fallbacks.set(grapheme, { codePoint: codePoints.join(' '), font: face.name });
  }
  return { undrawable: [...undrawable], fallbacks: [...fallbacks.values()] };
}

const drawability = ({ undrawable }: Survey): Drawability =>
  undrawable.length === 0 ? { kind: 'drawable' } : { kind: 'undrawable', codePoints: undrawable };

const codePointName = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
