import { mkdirSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { openCertificateFont } from '../font.ts';
import { loadFonts } from '../fontFile.ts';
import { createRenderer } from '../renderer.ts';
import { issuedFinish, pictureOf, requestOf, testSeal, type Picture } from './paper.fixture.ts';
import { drawTint, TILE, TINT_DPI, type Tint } from './tint.ts';

const font = openCertificateFont(loadFonts());
const { sfnt } = font.faces[0]!;
const tint = drawTint(sfnt);

/** 0.25 mm at 600 dpi: two minutes of arc at 40 cm, what an eye takes for one tone. */
const EYE_SIGMA_PX = 6;
/** 0.07 mm: what lens, sensor and sampling of a copier leave of a line pair. */
const COPIER_SIGMA_PX = 1.6;
/** A copier in text mode: whatever is lighter than this becomes paper, the rest ink. */
const COPIER_THRESHOLD = 0.8;
/** A difference in brightness that nobody sees (Weber), and one that nobody overlooks on a copy. */
const INVISIBLE = 0.01;
const VISIBLE = 0.05;

function gaussian(sigma: number): Float64Array {
  const radius = Math.ceil(sigma * 3);
  const weights = Float64Array.from({ length: radius * 2 + 1 }, (_, n) => {
    return Math.exp(-((n - radius) ** 2) / (2 * sigma * sigma));
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** The picture seen through a lens; beyond its edges it goes on as at them. */
function blurred({ width, height, grey }: Picture, sigma: number): Picture {
  const weights = gaussian(sigma);
  const radius = (weights.length - 1) / 2;
  const along = (from: Float64Array, step: number, stride: number, length: number, count: number) => {
    const to = new Float64Array(from.length);
    for (let line = 0; line < count; line += 1) {
      for (let at = 0; at < length; at += 1) {
        let sum = 0;
        for (let n = -radius; n <= radius; n += 1) {
          const place = Math.min(length - 1, Math.max(0, at + n));
          sum += weights[n + radius]! * from[line * stride + place * step]!;
        }
        to[line * stride + at * step] = sum;
      }
    }
    return to;
  };
  return { width, height, grey: along(along(grey, 1, width, width, height), width, 1, height, width) };
}

function photocopied(original: Picture): Picture {
  const scanned = blurred(original, COPIER_SIGMA_PX);
  return { ...scanned, grey: scanned.grey.map((value) => (value < COPIER_THRESHOLD ? 0 : 1)) };
}

/** Mean brightness in the letters and outside them, and how much darker the letters are (Weber contrast). */
function toneOf({ width, height, grey }: Picture, { letters }: Pick<Tint, 'letters'>) {
  const sums = { in: 0, out: 0 };
  const counts = { in: 0, out: 0 };
  for (let at = 0; at < width * height; at += 1) {
    const part = letters.pixels[at] ? 'in' : 'out';
    sums[part] += grey[at]!;
    counts[part] += 1;
  }
  const [inside, outside] = [sums.in / counts.in, sums.out / counts.out];
  return { inside, outside, contrast: (outside - inside) / outside };
}

/** Standard deviation: what there is to see at all, letters or dots. */
function unevenness({ grey }: Picture): number {
  const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
  return Math.sqrt(grey.reduce((sum, value) => sum + (value - mean) ** 2, 0) / grey.length);
}

const pictureOfTile = ({ tile }: Tint): Picture => ({
  width: tile.width,
  height: tile.height,
  grey: Float64Array.from(tile.pixels, (pixel) => 1 - pixel),
});

const figures = (name: string, values: Record<string, number>): void => {
  const words = Object.entries(values).map(([key, value]) => `${key} ${(value * 100).toFixed(2)} %`);
  console.log(`tint, ${name}: ${words.join(', ')}`);
};

/** A tile with nothing else on it: below the only person's block, below the words of its back; odd rows begin half a tile later. */
const SIDES = [
  ['front', 1, [144 + TILE.width, 144 + 4 * TILE.height, TILE.width, 672]],
  ['back', 2, [144, 144 + 8 * TILE.height, TILE.width, 672]],
] as const;

describe.each(SIDES)('the tint as a printer gets it, on the %s', (side, page, area) => {
  let paper: Picture;
  beforeAll(async () => {
    const { sealer } = await testSeal();
    const outcome = createRenderer(font, { seal: sealer })(requestOf(issuedFinish, 1));
    if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
    paper = pictureOf(outcome.bytes, page, TINT_DPI, area);
  });

  it('stands on the printer’s pixels, dot for dot', () => {
    const expected = pictureOfTile(tint).grey.subarray(0, paper.grey.length);
    expect(paper.grey.every((value, at) => value === expected[at])).toBe(true);
  });

  it('is one grey to the eye: the letters cannot be seen', () => {
    const seen = blurred(paper, EYE_SIGMA_PX);
    const tone = toneOf(paper, tint);
    const contrast = toneOf(seen, tint).contrast;
    figures(`original ${side}`, { ...tone, 'contrast to the eye': contrast, unevenness: unevenness(seen) });
    save(`${side}-original`, paper);
    save(`${side}-original-as-seen`, seen);
    expect(Math.abs(tone.contrast)).toBeLessThan(INVISIBLE);
    expect(Math.abs(contrast)).toBeLessThan(INVISIBLE);
    expect(unevenness(seen)).toBeLessThan(INVISIBLE);
  });

  it('says 複写 on a photocopy', () => {
    const copy = photocopied(paper);
    const tone = toneOf(copy, tint);
    figures(`copy of the ${side}`, tone);
    save(`${side}-copy`, copy);
    expect(tone.outside).toBeGreaterThan(0.995);
    expect(tone.contrast).toBeGreaterThan(VISIBLE);
    expect(unevenness(blurred(copy, EYE_SIGMA_PX))).toBeGreaterThan(INVISIBLE * 2);
  });
});

describe('what these tests would find', () => {
  it('dots of one size: no letters on the copy', () => {
    const copy = photocopied(pictureOfTile(drawTint(sfnt, { letters: '' })));
    expect(Math.abs(toneOf(copy, tint).contrast)).toBeLessThan(INVISIBLE);
  });

  it('dots too coarse for their number: letters on the original', () => {
    const seen = blurred(pictureOfTile(drawTint(sfnt, { coarse: 4 })), EYE_SIGMA_PX);
    const { contrast } = toneOf(seen, tint);
    figures('coarse dots of 4 pixels', { contrast });
    expect(contrast).toBeGreaterThan(INVISIBLE * 2);
  });

  it('letters of another word would be found at their place only', () => {
    const copy = photocopied(pictureOfTile(drawTint(sfnt, { letters: '見本' })));
    expect(toneOf(copy, tint).contrast).toBeLessThan(VISIBLE);
  });
});

/** `TINT_PICTURES=<folder>`: the pictures, to be looked at. */
function save(name: string, { width, height, grey }: Picture): void {
  const folder = process.env.TINT_PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const pixels = Buffer.from(Uint8Array.from(grey, (value) => Math.round(value * 255)));
  writeFileSync(`${folder}/${name}.pgm`, Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), pixels]));
}
