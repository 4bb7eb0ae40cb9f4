/**
 * Variation sequences of a font (ISO/IEC 14496-22, cmap format 14): for each selector a default table (ranges of bases
 * that look as without selector) and a non-default table (bases with a glyph of their own). A pair may be in either.
 */
import { everyPoint, firstNotBefore } from './codePointRanges.ts';

type Look = 'as-base' | { readonly glyph: number } | undefined;

export function readSequences(data: DataView, at: number, glyphOf: (codePoint: number) => number) {
  const uint24 = uint24Of(data);
  const selectors = data.getUint32(at + 6);
  const selectorOf = (index: number) => uint24(at + 10 + index * 11);
  const tables = Array.from({ length: selectors }, (_, index) => {
    const record = at + 10 + index * 11;
    const [defaults, others] = [data.getUint32(record + 3), data.getUint32(record + 7)];
    return {
      defaults: defaults === 0 ? undefined : defaultTable(data, at + defaults),
      others: others === 0 ? undefined : otherTable(data, at + others),
    };
  });
  const lookOf = (base: number, selector: number): Look => {
    const found = firstNotBefore(selectors, selectorOf, selector);
    if (found === selectors || selectorOf(found) !== selector) return undefined;
    const { defaults, others } = tables[found]!;
    return defaults?.has(base) ? 'as-base' : others?.lookOf(base);
  };
  return {
    glyphOfSequence: (base: number, selector: number): number | undefined => {
      const look = lookOf(base, selector);
      return look === 'as-base' ? glyphOf(base) : look?.glyph;
    },
    sequences: () =>
      tables.flatMap(({ defaults, others }, index) =>
        [...(defaults?.bases() ?? []), ...(others?.bases() ?? [])].map((base): [number, number] => [
          base,
          selectorOf(index),
        ]),
      ),
  };
}

const uint24Of =
  (data: DataView) =>
  (offset: number): number =>
    data.getUint16(offset) * 256 + data.getUint8(offset + 2);

/** Ranges of bases: the first one, and how many more. */
function defaultTable(data: DataView, at: number) {
  const uint24 = uint24Of(data);
  const count = data.getUint32(at);
  const startOf = (index: number) => uint24(at + 4 + index * 4);
  const endOf = (index: number) => startOf(index) + data.getUint8(at + 7 + index * 4);
  return {
    has: (base: number): boolean => {
      const found = firstNotBefore(count, endOf, base);
      return found < count && base >= startOf(found);
    },
    bases: () => everyPoint(Array.from({ length: count }, (_, index) => [startOf(index), endOf(index)])),
  };
}

/** Bases, each with its glyph. */
function otherTable(data: DataView, at: number) {
  const uint24 = uint24Of(data);
  const count = data.getUint32(at);
  const baseOf = (index: number) => uint24(at + 4 + index * 5);
  return {
    lookOf: (base: number): Look => {
      const found = firstNotBefore(count, baseOf, base);
      if (found === count || baseOf(found) !== base) return undefined;
      return { glyph: data.getUint16(at + 7 + found * 5) };
    },
    bases: () => Array.from({ length: count }, (_, index) => baseOf(index)),
  };
}
