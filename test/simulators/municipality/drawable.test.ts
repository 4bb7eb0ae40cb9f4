import { describe, expect, it } from 'vitest';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { undrawableTexts } from '#center/registers/drawable.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { demoRegisters } from './residents.ts';

describe('demo registers at the door', () => {
  it('the certificate font draws every text but the one that is there to be refused', () => {
    const { canDraw } = openCertificateFont(loadFonts());
    const { households, residents } = demoRegisters(civilDate.parse('2026-11-20'));
    const found = [...households, ...residents].flatMap((row) =>
      undrawableTexts(row, canDraw).map(({ path, codePoints }) => {
        const id = 'residentId' in row ? row.residentId : row.householdId;
        return `${id} ${path} ${codePoints.join(' ')}`;
      }),
    );
    expect(found).toEqual([
      'mihon-undrawable householderName U+E0F1',
      'undrawable-character name U+E0F1',
      'undrawable-character registeredDomicile.headOfRegister U+E0F1',
    ]);
  });
});
