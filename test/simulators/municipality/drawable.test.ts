import { describe, expect, it } from 'vitest';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { municipalFonts } from '#center/documents/municipalFonts.ts';
import { undrawableTexts } from '#center/registers/drawable.ts';
import { keyOf, textsOf } from '#center/registers/entities.ts';
import { loadTemplates } from '#templates/load.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { demoFeed } from './demoFeed.ts';
import { byMunicipality } from './feedParts.ts';

describe('demo registers at the door', () => {
  it('the certificate fonts draw every text but the one that is there to be refused', () => {
    const fonts = municipalFonts(openCertificateFont(loadFonts()), loadTemplates());
    const feed = byMunicipality(demoFeed(civilDate.parse('2026-11-20')), () => undefined, '992011');
    const found = feed.flatMap(({ register, municipality, rows }) =>
      rows.flatMap(({ entity, row }) =>
        undrawableTexts(textsOf(entity, row), fonts(municipality as never).canDraw).map(
          ({ path, codePoints }) => `${register} ${keyOf(entity, row)} ${path} ${codePoints.join(' ')}`,
        ),
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
