/**
 * What the screens' font, BIZ UDゴシック as packaged by @fontsource, shows. The data are written by
 * test/fonts/writeUiFontCoverage.ts from the package: code points that a font file holds and the style sheet asks it for.
 */
import coverage from './uiFontCoverage.json' with { type: 'json' };

/** Gaps and lengths of runs of code points, in turn, base 36. */
const { runs } = coverage;

const shown: ReadonlySet<number> = readRuns(runs);

function readRuns(text: string): ReadonlySet<number> {
  const points = new Set<number>();
  let at = 0;
  text.split(' ').forEach((word, index) => {
    const length = parseInt(word, 36);
    for (let n = 0; index % 2 === 1 && n < length; n += 1) points.add(at + n);
    at += length;
  });
  return points;
}

/**
 * Does the screen's font show this grapheme as registered? Never with a variation selector or a combining mark: the font
 * knows other collections' sequences only, and browsers drop what they do not know.
 */
export function uiFontShows(grapheme: string): boolean {
  const [first, ...others] = grapheme;
  return others.length === 0 && first !== undefined && shown.has(first.codePointAt(0)!);
}
