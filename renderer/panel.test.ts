import { describe, expect, it } from 'vitest';
import { pixelsPerMillimetre } from './panel.ts';

describe('pixels per millimetre', () => {
  it('is 4.13 on the upright 21-inch reference panel', () => {
    expect(pixelsPerMillimetre({ widthPx: 1080, heightPx: 1920 }, '')).toBeCloseTo(4.13, 2);
  });
  it('is 5.78 on the lying 15-inch panel', () => {
    expect(pixelsPerMillimetre({ widthPx: 1920, heightPx: 1080 }, '')).toBeCloseTo(5.78, 2);
  });
  it('follows the configured width', () => {
    expect(pixelsPerMillimetre({ widthPx: 1080, heightPx: 1920 }, 'panelWidthMm=300')).toBe(3.6);
  });
  it.each(['0', '-5', 'wide', '99999', ''])('does not believe a width of %j', (width) => {
    const size = { widthPx: 1080, heightPx: 1920 };
    expect(pixelsPerMillimetre(size, `panelWidthMm=${width}`)).toBeCloseTo(4.13, 2);
  });
});
