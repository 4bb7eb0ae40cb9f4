/**
 * The certificate font as a facade (rendering.md 3): text becomes virtual glyphs, each a pair of glyph and the code
 * points it was written with. 辻 and 辻+U+E0103 share one glyph but never one virtual glyph, so what a document says
 * does not depend on which document came before it.
 */
import { shapeWithFontkit } from './fontShaper.ts';
import { graphemes } from './graphemes.ts';
import { readSfnt, type SfntFont } from './sfnt.ts';

/** One drawn glyph with the spelling it stands for. */
export interface VirtualGlyph {
  readonly glyph: number;
  /** the exact code points, as a string; together with `glyph` the identity of this virtual glyph */
  readonly spelling: string;
  /** in thousandths of an em, PDF's unit */
  readonly advance: number;
}

export type Drawability =
  | { readonly kind: 'drawable' }
  /** every code point that cannot be drawn as written, `U+XXXX`, each once */
  | { readonly kind: 'undrawable'; readonly codePoints: readonly string[] };

export interface CertificateFont {
  readonly sfnt: SfntFont;
  /** Can every grapheme be drawn exactly as written? Also the question at the register's door. */
  readonly canDraw: (text: string) => Drawability;
  /** Throws RangeError (without the text) for what `canDraw` refuses. */
  readonly shape: (text: string) => readonly VirtualGlyph[];
  /** width in em */
  readonly measure: (text: string) => number;
}

/** Distinct graphemes kept shaped: more than the common names of a city, about 2 MB. */
const CLUSTER_CACHE_LIMIT = 16_384;

/** Null: cannot be drawn as written. */
type Shaped = readonly VirtualGlyph[] | null;

/** A facade over the font's bytes (see `loadFontBytes`); costs about 20 ms, once per process or worker. */
export function openCertificateFont(bytes: SharedArrayBuffer): CertificateFont {
  const sfnt = readSfnt(new Uint8Array(bytes));
  const cache = new Map<string, Shaped>();
  const shapeCached = (cluster: string): Shaped => {
    const known = cache.get(cluster);
    if (known !== undefined) return known;
    if (cache.size >= CLUSTER_CACHE_LIMIT) cache.clear();
    const shaped = shapeCluster(sfnt, cluster);
    cache.set(cluster, shaped);
    return shaped;
  };
  return {
    sfnt,
    canDraw: (text) => drawability(graphemes(text), shapeCached),
    shape: (text) => shapeText(text, shapeCached),
    measure: (text) => shapeText(text, shapeCached).reduce((sum, { advance }) => sum + advance, 0) / 1000,
  };
}

function shapeText(text: string, shapeCached: (cluster: string) => Shaped): readonly VirtualGlyph[] {
  const glyphs: VirtualGlyph[] = [];
  for (const cluster of graphemes(text)) {
    const shaped = shapeCached(cluster);
    // never the text itself: errors are logged and a name is not for logs
    if (!shaped) throw new RangeError('the text holds a character that cannot be drawn');
    for (const glyph of shaped) glyphs.push(glyph);
  }
  return glyphs;
}

function drawability(clusters: readonly string[], shapeCached: (cluster: string) => Shaped): Drawability {
  const refused = clusters.filter((cluster) => shapeCached(cluster) === null);
  if (refused.length === 0) return { kind: 'drawable' };
  const codePoints = refused.flatMap((cluster) => [...cluster].map(codePointName));
  return { kind: 'undrawable', codePoints: [...new Set(codePoints)] };
}

const codePointName = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

/** Private use, controls, formats, surrogates, unassigned: no registered name holds them (forms.md 11.1). */
const NEVER = /[\p{Co}\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u;
const SELECTOR = /^[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]$/u;
const MARK = /\p{M}/u;

function shapeCluster(sfnt: SfntFont, cluster: string): Shaped {
  if (NEVER.test(cluster)) return null;
  const characters = [...cluster];
  const points = characters.map((character) => character.codePointAt(0)!);
  if (characters.length === 2 && SELECTOR.test(characters[1]!)) {
    return one(sfnt, sfnt.glyphOfSequence(points[0]!, points[1]!) ?? 0, cluster);
  }
  if (MARK.test(cluster)) return one(sfnt, shapeWithFontkit(sfnt.bytes, cluster) ?? 0, cluster);
  const glyphs = characters.map((character, index) => one(sfnt, sfnt.glyphOf(points[index]!), character));
  return glyphs.includes(null) ? null : (glyphs as (readonly VirtualGlyph[])[]).flat();
}

function one(sfnt: SfntFont, glyph: number, spelling: string): Shaped {
  if (glyph === 0) return null;
  return [{ glyph, spelling, advance: (sfnt.advanceOf(glyph) * 1000) / sfnt.unitsPerEm }];
}
