import { describe, expect, it } from 'vitest';
import { isScanned } from './scannedPage.ts';

/** Made up: pdf.js may number its operators anew. */
const OPS = {
  setTextRenderingMode: 1,
  paintImageXObject: 2,
  paintImageXObjectRepeat: 3,
  paintInlineImageXObject: 4,
  paintInlineImageXObjectGroup: 5,
};
const SHOW_TEXT = 20;
const PAINT_MASK = 21;
const drawn = (...operators: readonly [number, ...unknown[]][]) => ({
  fnArray: operators.map(([operator]) => operator),
  argsArray: operators.map(([, ...args]) => (args.length > 0 ? args : null)),
});

describe('a page of a PDF', () => {
  it('of words and masks is a certificate as it was made', () => {
    expect(isScanned(drawn([SHOW_TEXT, 'x'], [PAINT_MASK, { data: 'a' }]), OPS)).toBe(false);
    expect(isScanned(drawn([OPS.setTextRenderingMode, 0], [SHOW_TEXT, 'x']), OPS)).toBe(false);
    expect(isScanned(drawn(), OPS)).toBe(false);
  });

  it('with words that nobody sees is a scan: they are what a scanner believes to have read', () => {
    expect(isScanned(drawn([PAINT_MASK, {}], [OPS.setTextRenderingMode, 3], [SHOW_TEXT, 'x']), OPS)).toBe(
      true,
    );
  });

  it.each([2, 3, 4, 5])('with a picture in grey or colour is a scan (operator %i)', (paints) => {
    expect(isScanned(drawn([paints, 'img', 1653, 2339], [SHOW_TEXT, 'x']), OPS)).toBe(true);
  });
});
