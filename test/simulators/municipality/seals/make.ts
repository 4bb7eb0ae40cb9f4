/**
 * Draws the demo residents' seals with ImageMagick and IPAmj, 1 bit, so that they can be made again:
 * `node --import tsx test/simulators/municipality/seals/make.ts`. The pictures are committed; nothing runs this at start.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SEAL_DPI, sealDesigns, type SealDesign } from './designs.ts';

const FONT = '/usr/share/fonts/truetype/ipamj/ipamjm.ttf';
const MM_PER_INCH = 25.4;
/** Drawn larger, then brought to size and cut to black and white at once: even strokes. */
const OVERSAMPLE = 4;
/** Share of the width: the rim, and the room between rim and characters. */
const RIM = 0.045;
const INNER = { round: 0.74, oval: 0.78, square: 0.84 } as const;
const OVAL_RATIO = 1.35;

const convert = (...args: readonly string[]): Buffer => execFileSync('convert', args, { maxBuffer: 1 << 26 });

function draw(design: SealDesign): void {
  const width = Math.round((design.widthMm / MM_PER_INCH) * SEAL_DPI);
  const height = design.shape === 'oval' ? Math.round(width * OVAL_RATIO) : width;
  const [wide, tall] = [width * OVERSAMPLE, height * OVERSAMPLE];
  const file = fileURLToPath(new URL(`${design.name}.png`, import.meta.url));
  const glyphs = glyphPlaces(design, wide, tall).flatMap(({ glyph, x, y, w, h }) => [
    ...['(', '-background', 'white', '-fill', 'black', '-stroke', 'black', '-strokewidth', '10'],
    ...['-font', FONT, '-pointsize', '600', `label:${glyph}`, '-trim', '+repage'],
    ...['-resize', `${w}x${h}!`, ')', '-geometry', `+${x}+${y}`, '-compose', 'multiply', '-composite'],
  ]);
  convert(
    ...['-size', `${wide}x${tall}`, 'xc:white', '-fill', 'none', '-stroke', 'black'],
    ...['-strokewidth', String(Math.round(wide * RIM)), '-draw', rim(design, wide, tall)],
    ...['-stroke', 'none', ...glyphs, '-resize', `${width}x${height}!`, '-threshold', '55%'],
    ...['-colorspace', 'Gray', '-depth', '1', '-strip', '-interlace', 'none'],
    ...['-define', 'png:bit-depth=1', '-define', 'png:color-type=0', '-define', 'png:compression-level=9'],
    `PNG:${file}`,
  );
}

function rim({ shape }: SealDesign, wide: number, tall: number): string {
  const inset = Math.round((wide * RIM) / 2) + 2;
  if (shape !== 'square') {
    const [x, y] = [wide / 2, tall / 2];
    return `ellipse ${x},${y} ${x - inset},${y - inset} 0,360`;
  }
  return `roundrectangle ${inset},${inset} ${wide - inset},${tall - inset} ${inset * 2},${inset * 2}`;
}

/** Every character in its part of the inner field, stretched to fill it as a seal cutter would. */
function glyphPlaces({ columns, shape }: SealDesign, wide: number, tall: number) {
  const [fieldWide, fieldTall] = [wide * INNER[shape], tall * INNER[shape]];
  const [left, top] = [(wide - fieldWide) / 2, (tall - fieldTall) / 2];
  const columnWide = fieldWide / columns.length;
  // one column does not fill a round seal's whole width
  const used = columns.length === 1 ? 0.66 : 0.92;
  return columns.flatMap((column, index) => {
    const glyphs = [...column];
    const rowTall = fieldTall / glyphs.length;
    return glyphs.map((glyph, row) => ({
      glyph,
      w: Math.round(columnWide * used),
      h: Math.round(glyph === '一' ? rowTall * 0.22 : rowTall * 0.92),
      x: Math.round(left + fieldWide - (index + 1) * columnWide + (columnWide * (1 - used)) / 2),
      y: Math.round(top + row * rowTall + rowTall * (glyph === '一' ? 0.39 : 0.04)),
    }));
  });
}

for (const design of sealDesigns) draw(design);
