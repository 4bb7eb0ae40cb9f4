/**
 * The certificate fonts of each municipality: the common ones, with its own private-use characters where it has any.
 * Kept by the font file's digest, which is checked against the bytes, so that no municipality is ever drawn with
 * another's characters, whatever was drawn before.
 */
import { createHash } from 'node:crypto';
import type { Templates } from '#templates/load.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { withCharacterFont, type CertificateFont, type CharacterFont } from './font.ts';

/** The fonts to draw with, given a municipality's own or none. Throws RangeError when digest and bytes do not agree. */
export type FontsWith = (own: CharacterFont | undefined) => CertificateFont;

/** Opened fonts kept, some 100 kB each with what they have shaped: more municipalities than one center serves in a minute. */
const OPENED_LIMIT = 64;

export function fontsWith(font: CertificateFont): FontsWith {
  const opened = new Map<string, CertificateFont>();
  return (own) => {
    if (!own) return font;
    const known = opened.get(own.digest);
    if (known) return known;
    if (opened.size >= OPENED_LIMIT) opened.clear();
    checkDigest(own);
    const fresh = withCharacterFont(font, own);
    opened.set(own.digest, fresh);
    return fresh;
  };
}

function checkDigest({ digest, bytes }: CharacterFont): void {
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const found = createHash('sha256').update(view).digest('hex');
  if (found !== digest) throw new RangeError(`the character font's SHA-256 is ${found}, not ${digest}`);
}

type Slots = Pick<Templates, 'profiles' | 'characterFonts'>;

/** The slot of a municipality's profile; undefined when it has none. */
export function characterFontOf(templates: Slots, municipality: MunicipalityCode): CharacterFont | undefined {
  const file = templates.profiles.get(municipality)?.value.characterFont;
  const loaded = file === undefined ? undefined : templates.characterFonts.get(file);
  return loaded && { digest: loaded.digest, bytes: loaded.value };
}

/** The fonts by municipality: what the register's door and the eligibility rules ask. */
export function municipalFonts(
  font: CertificateFont,
  templates: Slots,
): (municipality: MunicipalityCode) => CertificateFont {
  const fonts = fontsWith(font);
  return (municipality) => fonts(characterFontOf(templates, municipality));
}
