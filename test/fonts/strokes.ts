/**
 * Letters of our own drawn with a straight pen, for the demo municipality's 外字: no outline of any other font is in
 * them. Lengths are font units, 1000 to the em, y upwards, the writing line at 0; a letter fills about -80..830.
 */
export type Point = readonly [x: number, y: number];
export type Contour = readonly Point[];
/** Flat lists of the two ends and the pen's width. */
export type Stroke = readonly [x1: number, y1: number, x2: number, y2: number, width: number];

const THIN = 32;
const THICK = 66;

/** A stroke as a closed contour, clockwise as TrueType fills it. */
export function contourOf([x1, y1, x2, y2, width]: Stroke): Contour {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [dx, dy] = [((y2 - y1) / length) * (width / 2), (-(x2 - x1) / length) * (width / 2)];
  const corner = (x: number, y: number): Point => [Math.round(x), Math.round(y)];
  return [
    corner(x1 - dx, y1 - dy),
    corner(x2 - dx, y2 - dy),
    corner(x2 + dx, y2 + dy),
    corner(x1 + dx, y1 + dy),
  ];
}

const across = (y: number, from: number, to: number): Stroke => [from, y, to, y, THIN];
const down = (x: number, from: number, to: number): Stroke => [x, from, x, to, THICK];
const slanted = (x1: number, y1: number, x2: number, y2: number): Stroke => [x1, y1, x2, y2, 54];

/** A tree beside a field with a roof over it: like 棟 and 槇, and neither. */
export const TREE_AND_ROOFED_FIELD: readonly Stroke[] = [
  across(600, 50, 400),
  down(225, 830, -80),
  slanted(215, 590, 60, 260),
  slanted(235, 590, 390, 330),
  across(790, 450, 950),
  slanted(700, 850, 700, 690),
  slanted(480, 790, 455, 640),
  slanted(935, 790, 925, 660),
  across(570, 500, 900),
  down(520, 590, -80),
  down(890, 590, -80),
  across(260, 530, 880),
  down(705, 570, -50),
  across(-50, 530, 880),
];

/** A mountain over a gate with one bar. */
export const MOUNTAIN_OVER_GATE: readonly Stroke[] = [
  down(500, 840, 520),
  down(230, 730, 500),
  down(770, 730, 500),
  across(520, 210, 790),
  across(390, 120, 880),
  down(170, 410, -80),
  down(840, 410, -80),
  across(180, 320, 690),
  across(40, 180, 830),
];

/** One flame; three of them, two below one, are a letter made of parts. */
export const FLAME: readonly Stroke[] = [
  slanted(500, 820, 480, 420),
  slanted(480, 430, 90, -70),
  slanted(490, 430, 920, -70),
  slanted(230, 640, 160, 380),
  slanted(790, 650, 690, 430),
];
