/** The screens' font as packaged: what its files hold and what its style sheets ask them for. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';

const PACKAGE = dirname(createRequire(import.meta.url).resolve('@fontsource/biz-udgothic/package.json'));

/** The whole common part in one file, named by renderer/styles/font.css without a range. */
const COMMON = 'japanese';

type Range = readonly [from: number, to: number];

/** `U+20-7e,U+a0` */
function parseRanges(text: string): Range[] {
  return text.split(',').map((part): Range => {
    const [from, to] = part.replace('U+', '').split('-') as [string, string | undefined];
    return [parseInt(from, 16), parseInt(to ?? from, 16)];
  });
}

/** Code points shown at weight 400, ascending: each is in a file, and in the range the style sheet gives that file. */
export function uiFontCodePoints(): number[] {
  const ranges = JSON.parse(readFileSync(join(PACKAGE, 'unicode.json'), 'utf8')) as Record<string, string>;
  const shown = new Set<number>();
  for (const file of readdirSync(join(PACKAGE, 'files'))) {
    const subset = /^biz-udgothic-(.+)-400-normal\.woff2$/.exec(file)?.[1];
    if (subset === undefined) continue;
    const asked = ranges[/^\d+$/.test(subset) ? `[${subset}]` : subset];
    if (asked === undefined && subset !== COMMON) continue;
    const { characterSet } = fontkit.create(readFileSync(join(PACKAGE, 'files', file))) as {
      characterSet: number[];
    };
    const inRange = asked === undefined ? () => true : within(parseRanges(asked));
    for (const point of characterSet) if (inRange(point)) shown.add(point);
  }
  return [...shown].sort((left, right) => left - right);
}

const within =
  (ranges: readonly Range[]) =>
  (point: number): boolean =>
    ranges.some(([from, to]) => point >= from && point <= to);

/** Gaps and lengths of runs, in turn, base 36 (certificate-templates/uiFontCoverage.ts). */
export function toRuns(points: readonly number[]): string {
  const words: string[] = [];
  let at = 0;
  for (let index = 0; index < points.length;) {
    const start = points[index]!;
    let length = 1;
    while (points[index + length] === start + length) length += 1;
    words.push((start - at).toString(36), length.toString(36));
    at = start + length;
    index += length;
  }
  return words.join(' ');
}
