/**
 * The map from a subset's ids back to text: CMap with one `bfchar` per id (Adobe Technical Note 5411), every spelling
 * exactly, variation selector included. What a sheet's documents have in common is deflated once.
 */
import { deflatePart, joinParts, type DeflatedPart } from './deflateParts.ts';
import type { CommonGlyphs, FontSubset, SubsetGlyph } from './fontSubset.ts';

const HEAD = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
`;
const END = `endcmap
CMapName currentdict /CMap defineresource pop
end
end`;

/** zlib data of the whole map. */
export function toUnicodeMap({ common, own }: Pick<FontSubset, 'common' | 'own'>): Uint8Array {
  return joinParts([commonPart(common), partOf(mappings(own, common.glyphs.length + 1) + END)]);
}

const parts = new WeakMap<CommonGlyphs, DeflatedPart>();

function commonPart(common: CommonGlyphs): DeflatedPart {
  const known = parts.get(common);
  if (known) return known;
  const fresh = partOf(HEAD + mappings(common.glyphs, 1));
  parts.set(common, fresh);
  return fresh;
}

const partOf = (text: string): DeflatedPart => deflatePart(Buffer.from(text, 'latin1'));

/** In one group. */
const MAX_MAPPINGS = 100;

/** Groups of `<id> <UTF-16>`; the first glyph has the id `first`. */
function mappings(glyphs: readonly SubsetGlyph[], first: number): string {
  let groups = '';
  let lines = '';
  let count = 0;
  const close = () => {
    if (count > 0) groups += `${count} beginbfchar\n${lines}endbfchar\n`;
    lines = '';
    count = 0;
  };
  glyphs.forEach(({ spelling }, index) => {
    if (spelling === '') return;
    lines += `<${HEX[first + index]}> <${utf16(spelling)}>\n`;
    count += 1;
    if (count === MAX_MAPPINGS) close();
  });
  close();
  return groups;
}

const HEX = Array.from({ length: 65_536 }, (_, value) => value.toString(16).padStart(4, '0'));

function utf16(text: string): string {
  let hex = '';
  for (let index = 0; index < text.length; index += 1) hex += HEX[text.charCodeAt(index)];
  return hex;
}
