import * as fontkit from 'fontkit';
import { describe, expect, it } from 'vitest';
import { graphemeOutline, OUTLINE_BASELINE, OUTLINE_EM } from '#templates/graphemeOutline.ts';
import { uiFontShows } from '#templates/uiFontCoverage.ts';
import type { SfntFont } from '#templates/sfnt.ts';
import { openCertificateFont } from './font.ts';
import { loadFonts } from './fontFile.ts';
import { glyphPath } from './glyphOutline.ts';
import { outlineOf, outlinesOf } from './outlines.ts';

const font = openCertificateFont(loadFonts());

type Point = readonly [x: number, y: number];
interface Command {
  readonly command: string;
  readonly args: readonly number[];
}
interface Reader {
  readonly getGlyph: (id: number) => { readonly path: { readonly commands: readonly Command[] } };
}

/** Points of the path in order, control points included, contour by contour. */
function contoursIn(path: string): Point[][] {
  return [...path.matchAll(/M([^Z]+)Z/g)].map(([, body]) => {
    const numbers = body!.split(/[MLQ ]/).map(Number);
    return pairs(numbers);
  });
}
const pairs = (numbers: readonly number[]): Point[] =>
  numbers.flatMap((x, index) => (index % 2 === 0 ? [[x, numbers[index + 1]!] as const] : []));

/** Twice the signed area of the control polygons: the same wherever a contour starts. */
const area = (contours: readonly (readonly Point[])[]): number =>
  contours
    .flatMap((points) =>
      points.map(([x, y], index) => {
        const [nextX, nextY] = points[(index + 1) % points.length]!;
        return x * nextY - nextX * y;
      }),
    )
    .reduce((sum, part) => sum + part, 0);

/** The outline as fontkit reads it, moved to the same em and baseline. */
function expected(reader: Reader, { unitsPerEm }: SfntFont, glyph: number): Point[][] {
  const scale = OUTLINE_EM / unitsPerEm;
  const contours: Point[][] = [];
  for (const { command, args } of reader.getGlyph(glyph).path.commands) {
    if (command === 'moveTo') contours.push([]);
    const points = pairs(args).map(([x, y]): Point => [x * scale, OUTLINE_BASELINE - y * scale]);
    contours.at(-1)?.push(...points);
  }
  return contours;
}

const extent = (contours: readonly (readonly Point[])[], axis: 0 | 1): readonly [number, number] => {
  const values = contours.flat().map((point) => point[axis]);
  return [Math.min(...values), Math.max(...values)];
};

describe('a glyph’s outline', () => {
  it.each(font.faces.map((face) => [face.name, face] as const))(
    'of %s is the one fontkit reads',
    (_, face) => {
      const reader = fontkit.create(face.sfnt.bytes) as Reader;
      for (let glyph = 1; glyph < face.sfnt.glyphCount; glyph += 211) {
        const ours = contoursIn(glyphPath(face.sfnt, glyph, OUTLINE_EM, OUTLINE_BASELINE));
        const theirs = expected(reader, face.sfnt, glyph);
        if (theirs.length === 0) {
          expect(ours).toEqual([]);
          continue;
        }
        // rounded to whole units: a long contour may gain or lose half a unit along its length
        expect(Math.abs(area(ours) - area(theirs)), `${face.name} ${glyph}`).toBeLessThan(12_000);
        for (const axis of [0, 1] as const) {
          extent(theirs, axis).forEach((edge, end) => {
            expect(Math.abs(extent(ours, axis)[end]! - edge), `${face.name} ${glyph}`).toBeLessThanOrEqual(1);
          });
        }
      }
    },
  );

  it('is one a screen accepts, also for the glyphs with the longest records', () => {
    const { sfnt } = font.faces[0]!;
    const length = (glyph: number) => sfnt.recordOf(glyph)[1] - sfnt.recordOf(glyph)[0];
    const longest = Array.from({ length: sfnt.glyphCount }, (_, glyph) => glyph)
      .sort((left, right) => length(right) - length(left))
      .slice(0, 50);
    for (const glyph of longest) {
      const path = glyphPath(sfnt, glyph, OUTLINE_EM, OUTLINE_BASELINE);
      expect(graphemeOutline.safeParse({ advance: 1000, path }).success, `${glyph}`).toBe(true);
    }
  });
});

describe('what a screen is sent', () => {
  it('is nothing for a name its own font shows', () => {
    expect(outlinesOf(font, '見本　太郎')).toEqual({});
    expect(outlinesOf(font, "SAMPLE O'NEIL ヤナギダ 髙﨑")).toEqual({});
  });

  it('is each grapheme it would show as another writing, once, whole with its selector', () => {
    const outlines = outlinesOf(font, '渡邉\u{E0117}　邉\u{E0117}𠮷太');
    expect(Object.keys(outlines)).toEqual(['邉\u{E0117}', '𠮷']);
    for (const outline of Object.values(outlines)) {
      expect(graphemeOutline.parse(outline)).toEqual(outline);
      expect(outline.path.length).toBeGreaterThan(200);
      expect(outline.advance).toBe(1000);
    }
    expect(outlines['邉\u{E0117}']).not.toEqual(outlineOf(font, '邉'));
  });

  it('shows two spellings of one glyph alike, in whatever order they were asked', () => {
    const [first, variant, again] = ['辻', '辻\u{E0103}', '辻'].map((text) => outlineOf(font, text));
    expect(variant).toEqual(first);
    expect(again).toEqual(first);
    expect(uiFontShows('辻\u{E0103}')).toBe(false);
  });

  it('comes from the fonts the paper is printed with, fallbacks too', () => {
    expect(Object.keys(outlinesOf(font, '张Ễ\u{2A700}'))).toEqual(['张', 'Ễ', '\u{2A700}']);
  });

  it('leaves out what cannot be printed', () => {
    expect(outlinesOf(font, '\u{E000}邉\u{E0100}')).toEqual({});
  });
});
