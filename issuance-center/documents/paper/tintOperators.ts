/** The tint in a file: one tile as an image mask, repeated over the page by a form that all pages share. */
import { deflateSync } from 'node:zlib';
import type { Frame } from '../laidOut.ts';
import { HAIR_PT } from '../pdfContent.ts';
import type { PdfFile } from '../pdfFile.ts';
import { precompressed, type PdfObject } from '../pdfFont.ts';
import { packedRows } from './bitmap.ts';
import { PIXEL_PT, TILE, type Tint } from './tint.ts';

/**
 * 6.1 mm: printers leave 4 mm or a little more white. A multiple of 12, as the tile's sides are: at 100, 150, 200 or 300
 * dpi too a repeat begins on a pixel, and previews show no seams.
 */
const MARGIN_PX = 144;
const HAIR_PX = HAIR_PT / PIXEL_PT;

export interface Paper {
  readonly widthPt: number;
  readonly heightPt: number;
}

/** What does not depend on the document, compressed once. */
export interface TintStreams {
  readonly tile: Uint8Array;
  readonly form: Uint8Array;
  readonly paper: Paper;
}

export function tintStreams({ tile }: Tint, paper: Paper): TintStreams {
  const deflate = (bytes: Uint8Array) => deflateSync(bytes, { level: 9 });
  return {
    tile: deflate(packedRows(tile)),
    form: deflate(Buffer.from(formOperators(paper), 'latin1')),
    paper,
  };
}

/** Repeats in bricks: every other row begins half a repeat to the left. */
function formOperators(paper: Paper): string {
  const [columns, rows] = [paper.widthPt / PIXEL_PT, paper.heightPt / PIXEL_PT].map(Math.floor) as [
    number,
    number,
  ];
  const [right, bottom] = [columns - MARGIN_PX, rows - MARGIN_PX];
  const at = (px: number) => (px * PIXEL_PT).toFixed(4);
  const fromBottom = (px: number) => (paper.heightPt - px * PIXEL_PT).toFixed(4);
  const tiles: string[] = [];
  for (let y = MARGIN_PX, row = 0; y < bottom; y += TILE.height, row += 1) {
    const shift = row % 2 === 0 ? 0 : TILE.width / 2;
    for (let x = MARGIN_PX - shift; x < right; x += TILE.width) {
      const [width, height] = [at(TILE.width - 2 * HAIR_PX), at(TILE.height - 2 * HAIR_PX)];
      const corner = `${at(x + HAIR_PX)} ${fromBottom(y + TILE.height - HAIR_PX)}`;
      tiles.push(`q ${width} 0 0 ${height} ${corner} cm /Tile Do Q`);
    }
  }
  const area = `${at(MARGIN_PX)} ${fromBottom(bottom)} ${at(right - MARGIN_PX)} ${at(bottom - MARGIN_PX)} re`;
  return `0 g ${area} W n\n${tiles.join('\n')}`;
}

/** The form's object in this file. */
export function embedTint(file: PdfFile, { tile, form, paper }: TintStreams): PdfObject {
  const image = precompressed(file.make, tile, {
    Type: 'XObject',
    Subtype: 'Image',
    Width: TILE.width,
    Height: TILE.height,
    ImageMask: true,
    BitsPerComponent: 1,
    Interpolate: false,
  });
  return precompressed(file.make, form, {
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, paper.widthPt, paper.heightPt],
    Resources: { XObject: { Tile: image } },
  });
}

/** Draws the form but for the areas left white, as decoration. */
export function tintOperators(resource: string, white: readonly Frame[], paper: Paper): string {
  if (white.length === 0) return `/Artifact BMC /${resource} Do EMC`;
  const areas = white.map(
    ({ x, y, widthPt, heightPt }) =>
      `${hundredth(x)} ${hundredth(paper.heightPt - y - heightPt)} ${hundredth(widthPt)} ${hundredth(heightPt)} re`,
  );
  return `/Artifact BMC q 0 0 ${paper.widthPt} ${paper.heightPt} re ${areas.join(' ')} W* n /${resource} Do Q EMC`;
}
const hundredth = (value: number): string => value.toFixed(2);
