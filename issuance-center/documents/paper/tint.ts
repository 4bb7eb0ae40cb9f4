/**
 * 地紋 with けん制文字 (forms.md 2): two dot screens of equal mean tone on a grid of 600 dpi. Coarse dots stand inside the
 * letters 複写 and fine ones outside. The eye takes both for the same grey; a copier loses the fine dots and keeps the
 * coarse ones, so that a copy says what it is. Black dots of whole printer pixels, because a grey would be screened again
 * by the printer. What no file can settle is a printer's dot gain: a worn or over-inked one shows the letters on the
 * original; tint.test.ts measures pixels printed as they are.
 */
import type { SfntFont } from '#templates/sfnt.ts';
import { glyphPath } from '../glyphOutline.ts';
import { fillPolygons, grow, newBitmap, type Bitmap } from './bitmap.ts';
import { pathPolygons } from './pathPolygons.ts';

export const TINT_DPI = 600;
/** Points of one printer pixel. */
export const PIXEL_PT = 72 / TINT_DPI;

export interface TintDesign {
  readonly letters: string;
  /** sides of a dot in pixels: outside the letters, inside them */
  readonly fine: number;
  readonly coarse: number;
}
/** 0.04 and 0.13 mm; one and nine pixels, nine fine dots where one coarse dot stands: both screens are 5.6 % black. */
const DESIGN: TintDesign = { letters: '複写', fine: 1, coarse: 3 };

/** Coarse dots stand on both diagonals of a square of 18 pixels, fine ones likewise three times as close. */
const COARSE_PITCH = 9;
const FINE_PITCH = 3;

/** 26 mm a letter. */
const LETTER_PX = 616;
/** Mincho has hairlines; grown by so much on each side they are two coarse dots wide. */
const GROWN_PX = 8;
/** One repeat: whole squares of both screens, also when shifted by half. */
export const TILE = { width: 1296, height: 756 } as const;

export interface Tint {
  /** one repeat; rows of repeats are shifted by half a repeat */
  readonly tile: Bitmap;
  /** where the letters are, as large as the tile: for tests */
  readonly letters: Bitmap;
}

/** Throws RangeError when the font cannot draw the letters. */
export function drawTint(font: SfntFont, design: Partial<TintDesign> = {}): Tint {
  const { letters: words, fine, coarse } = { ...DESIGN, ...design };
  const shapes = letterShapes(font, words);
  const tile = newBitmap(TILE.width, TILE.height);
  const letters = newBitmap(TILE.width, TILE.height);
  for (let y = 0; y < TILE.height; y += COARSE_PITCH) {
    for (let x = y % (2 * COARSE_PITCH); x < TILE.width; x += 2 * COARSE_PITCH) {
      const inside = shapes.pixels[y * TILE.width + x] === 1;
      if (inside) drawDot(tile, x, y, coarse);
      else drawFineDots(tile, x, y, fine);
      if (inside) inkDiamond(letters, x, y);
    }
  }
  return { tile, letters };
}

/** The nine fine dots that belong to a coarse one: a diamond, so that every dot belongs to exactly one. */
function drawFineDots(tile: Bitmap, x: number, y: number, side: number): void {
  for (const along of [-1, 0, 1]) {
    for (const across of [-1, 0, 1]) {
      drawDot(tile, x + (along + across) * FINE_PITCH, y + (along - across) * FINE_PITCH, side);
    }
  }
}

/** A square with its centre (its upper left pixel when even) at x, y; what leaves the tile comes in on the other side. */
function drawDot(tile: Bitmap, x: number, y: number, side: number): void {
  const start = -Math.floor((side - 1) / 2);
  for (let dy = start; dy < start + side; dy += 1) {
    for (let dx = start; dx < start + side; dx += 1) ink(tile, x + dx, y + dy);
  }
}

function inkDiamond(bitmap: Bitmap, x: number, y: number): void {
  for (let dy = -COARSE_PITCH; dy < COARSE_PITCH; dy += 1) {
    const reach = COARSE_PITCH - Math.abs(dy);
    for (let dx = -reach; dx < reach; dx += 1) ink(bitmap, x + dx, y + dy);
  }
}

function ink({ width, height, pixels }: Bitmap, x: number, y: number): void {
  pixels[((y + height) % height) * width + ((x + width) % width)] = 1;
}

/** The letters in the middle of the tile, bold. */
function letterShapes(font: SfntFont, words: string): Bitmap {
  const bitmap = newBitmap(TILE.width, TILE.height);
  const left = (TILE.width - LETTER_PX * words.length) / 2;
  // the em box of an ideograph reaches from 0.88 em above the writing line to 0.12 below
  const baseline = (TILE.height - LETTER_PX) / 2 + LETTER_PX * 0.88;
  const polygons = [...words].flatMap((letter, index) => {
    const glyph = font.glyphOf(letter.codePointAt(0)!);
    if (glyph === 0) throw new RangeError('the font has no letters for the tint');
    const shift = left + index * LETTER_PX;
    return pathPolygons(glyphPath(font, glyph, LETTER_PX, baseline)).map((polygon) =>
      polygon.map(([x, y]) => [shift + x, y] as const),
    );
  });
  fillPolygons(bitmap, polygons);
  return grow(bitmap, GROWN_PX);
}
