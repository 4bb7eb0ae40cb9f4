/** SVG path data (M, L, Q, Z, absolute: what `glyphPath` writes) as polygons: curves become short chords. */

export type Point = readonly [x: number, y: number];

/** Chords of a curve; in letters of 26 mm a chord leaves its curve by less than 0.02 mm. */
const CHORDS = 8;
const COMMAND = /([MLQ])([-\d. ]+)/g;

export function pathPolygons(path: string): readonly (readonly Point[])[] {
  const polygons: Point[][] = [];
  for (const [, command, numbers] of path.matchAll(COMMAND)) {
    const points = pointsOf(numbers!);
    if (command === 'M') polygons.push([points[0]!]);
    else if (command === 'L') polygons.at(-1)!.push(points[0]!);
    else polygons.at(-1)!.push(...chords(polygons.at(-1)!.at(-1)!, points[0]!, points[1]!));
  }
  return polygons;
}

function pointsOf(numbers: string): readonly Point[] {
  const values = numbers.trim().split(' ').map(Number);
  return Array.from({ length: values.length / 2 }, (_, index) => [
    values[index * 2]!,
    values[index * 2 + 1]!,
  ]);
}

const chords = (from: Point, control: Point, to: Point): readonly Point[] =>
  Array.from({ length: CHORDS }, (_, index) => {
    const part = (index + 1) / CHORDS;
    return between(between(from, control, part), between(control, to, part), part);
  });

const between = ([x1, y1]: Point, [x2, y2]: Point, part: number): Point => [
  x1 + (x2 - x1) * part,
  y1 + (y2 - y1) * part,
];
