import { describe, expect, it } from 'vitest';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { municipalFonts } from '#center/documents/municipalFonts.ts';
import { undrawableTexts } from '#center/registers/drawable.ts';
import { registerFeed } from '#center/registers/feed.ts';
import { rowsIn } from '#center/registers/feedRows.ts';
import { loadTemplates } from '#templates/load.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { demoFeed } from './demoFeed.ts';

describe('demo registers at the door', () => {
  it('the certificate fonts draw every text but the one that is there to be refused', () => {
    const fonts = municipalFonts(openCertificateFont(loadFonts()), loadTemplates());
    const feed = registerFeed.parse(demoFeed(civilDate.parse('2026-11-20'), 0));
    const homes = new Map(feed.households.map((row) => [row.householdId as string, row.municipality]));
    const found = rowsIn(feed, homes).flatMap(({ register, id, municipality, texts }) =>
      undrawableTexts(texts, fonts(municipality).canDraw).map(
        ({ path, codePoints }) => `${register} ${id} ${path} ${codePoints.join(' ')}`,
      ),
    );
    expect(found).toEqual([
      'resident mihon-undrawable householderName U+E0F1',
      'resident undrawable-character name U+E0F1',
      'resident undrawable-character registeredDomicile.headOfRegister U+E0F1',
      'family-register mihon-undrawable headGivenName U+E0F1',
      'family-register mihon-undrawable members.0.givenName U+E0F1',
      'address-history mihon-undrawable headGivenName U+E0F1',
      'address-history mihon-undrawable members.0.givenName U+E0F1',
    ]);
  });
});
