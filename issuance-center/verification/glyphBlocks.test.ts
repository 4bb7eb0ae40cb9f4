import { describe, expect, it } from 'vitest';
import { blockOf, glyphBlock } from '../contract/verification.ts';
import { openCertificateFont } from '../documents/font.ts';
import { loadFonts } from '../documents/fontFile.ts';
import { outlineOf } from '../documents/outlines.ts';
import { uiFontShows } from '#templates/uiFontCoverage.ts';
import { municipalFonts } from '../documents/municipalFonts.ts';
import { loadTemplates } from '#templates/load.ts';
import { municipalityCode } from '#templates/vocabulary.ts';
import { glyphBlocks, privateGlyphBlocks } from './glyphBlocks.ts';

const font = openCertificateFont(loadFonts());
const glyphsOf = glyphBlocks(font);
const blockWith = (character: string) => glyphsOf(parseInt(blockOf(character.codePointAt(0)!), 16))!;

describe('a block of letters', () => {
  it.each(['渡邉\u{E0117}', '𠮷', '辻\u{E0103}'])('has the outlines the certificate prints: %s', (text) => {
    const [letter] = [...new Intl.Segmenter().segment(text)].slice(-1);
    expect(blockWith(letter!.segment)[letter!.segment]).toEqual(outlineOf(font, letter!.segment));
  });

  it('is the same for every one of its sixteen characters, and leaves out what a screen shows itself', () => {
    expect(blockWith('邉')).toBe(blockWith('邇'));
    expect(Object.keys(blockWith('あ'))).toEqual([]);
    expect(Object.keys(blockWith('邉')).filter(uiFontShows)).toEqual([]);
  });

  it('fits the contract, from the first to the last, and there is none beyond', () => {
    for (const block of [0, 0x400, 0x908, 0xd80, 0x2000, 0x10ffff >> 4]) {
      expect(glyphBlock.safeParse({ outlines: glyphsOf(block) }).success, block.toString(16)).toBe(true);
    }
    expect(glyphsOf((0x10ffff >> 4) + 1)).toBeUndefined();
  });

  it("of a municipality's own characters is of that municipality, and of nothing else", async () => {
    const [mihon, tameshi] = ['992011', '992020'].map((code) => municipalityCode.parse(code));
    const fonts = municipalFonts(font, loadTemplates());
    const privateOf = privateGlyphBlocks((municipality) => Promise.resolve(fonts(municipality)));
    // its own font stands second
    const own = fonts(tameshi!).faces[1]!.sfnt.codePoints()[0]!;
    const letter = String.fromCodePoint(own);
    const block = own >> 4;
    expect((await privateOf(tameshi!, block))?.[letter]).toEqual(outlineOf(fonts(tameshi!), letter));
    expect((await privateOf(tameshi!, block))?.[letter]).toBeDefined();
    expect(await privateOf(mihon!, block)).toEqual({});
    expect(await privateOf(tameshi!, 0x908)).toBeUndefined();
    expect(glyphsOf(block)).toEqual({});
  });
});
