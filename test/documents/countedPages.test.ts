/** The kiosk counts the pages of what the center makes by its own reader; both know nothing of each other. */
import { describe, expect, it } from 'vitest';
import { countPdfPages } from '#agent/center/pdfPages.ts';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { issuedFinish, requestOf, testSeal } from '#center/documents/paper/paper.fixture.ts';
import { createRenderer } from '#center/documents/renderer.ts';

const { sealer } = await testSeal();
const render = createRenderer(openCertificateFont(loadFonts()), { seal: sealer });

describe('pages of issued documents as the kiosk counts them', () => {
  it.each([
    ['one front', 4, 2],
    ['two fronts', 5, 4],
    ['four fronts', 14, 8],
  ])('%s', (_name, persons, pages) => {
    const outcome = render(requestOf(issuedFinish, persons));
    if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
    expect(outcome.pages).toBe(pages);
    expect(countPdfPages(outcome.bytes)).toBe(pages);
  });

  it('a document without backs too, and none that was cut', () => {
    const outcome = render(requestOf({ kind: 'plain' }, 6));
    if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
    expect(countPdfPages(outcome.bytes)).toBe(2);
    expect(countPdfPages(outcome.bytes.subarray(0, -300))).toBeNull();
  });
});
