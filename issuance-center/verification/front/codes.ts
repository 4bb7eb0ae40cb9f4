/**
 * A signed page over several 2D codes. Each code says which set it belongs to and its place in it, so that they may be
 * read in any order, any number of times, and mixed with codes of other pages and other people's codes.
 *
 *   'C' 'K' version index total, 4 bytes of the set's id, piece
 */
const MARK = [0x43, 0x4b, 1] as const;
const SET_ID_BYTES = 4;
const HEADER_BYTES = MARK.length + 2 + SET_ID_BYTES;
/** Bytes of a symbol of version 20 and of version 25, level M (ISO/IEC 18004, table 7). */
const USUAL_CODE_BYTES = 666;
const LARGEST_CODE_BYTES = 997;
/** Two rows of three: what the back of an A4 page holds in a size every phone reads. */
export const MAX_CODES = 6;

/**
 * Pieces of one message as the bytes of 2D codes, all about equally long; `setId` starts the message's SHA-256. Throws
 * RangeError when it does not fit a back page: then the document is refused.
 */
export function splitIntoCodes(message: Uint8Array, setId: Uint8Array): readonly Uint8Array[] {
  const total = codesFor(message.length);
  const size = Math.ceil(message.length / total);
  return Array.from({ length: total }, (_, index) => {
    const piece = message.subarray(index * size, (index + 1) * size);
    return Uint8Array.from([...MARK, index + 1, total, ...setId.subarray(0, SET_ID_BYTES), ...piece]);
  });
}

function codesFor(bytes: number): number {
  const usual = Math.ceil(bytes / (USUAL_CODE_BYTES - HEADER_BYTES));
  if (usual <= MAX_CODES) return Math.max(1, usual);
  if (bytes > MAX_CODES * (LARGEST_CODE_BYTES - HEADER_BYTES)) {
    throw new RangeError('the front does not fit the codes of one back page');
  }
  return MAX_CODES;
}

export interface CodePiece {
  /** hex */
  readonly setId: string;
  /** from 1 */
  readonly index: number;
  readonly total: number;
  readonly bytes: Uint8Array;
}

/** The piece in a code's bytes, or undefined when the code is not one of ours. */
export function readCode(code: Uint8Array): CodePiece | undefined {
  if (code.length <= HEADER_BYTES || MARK.some((byte, at) => code[at] !== byte)) return undefined;
  const [index = 0, total = 0] = code.subarray(MARK.length);
  if (index < 1 || index > total || total > MAX_CODES) return undefined;
  const setId = code.subarray(HEADER_BYTES - SET_ID_BYTES, HEADER_BYTES);
  return {
    setId: Array.from(setId, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    index,
    total,
    bytes: code.slice(HEADER_BYTES),
  };
}

export type CodeSet =
  | { readonly kind: 'whole'; readonly setId: string; readonly message: Uint8Array }
  /** `missing`: places not read yet */
  | {
      readonly kind: 'partial';
      readonly setId: string;
      readonly total: number;
      readonly missing: readonly number[];
    }
  /** two codes claim the same place with other bytes, or disagree how many there are */
  | { readonly kind: 'contradictory'; readonly setId: string };

/** Puts pieces together, whatever their order; repeats do no harm. Sets stand in the order of their ids. */
export function collectSets(pieces: readonly CodePiece[]): readonly CodeSet[] {
  const ids = [...new Set(pieces.map(({ setId }) => setId))].sort();
  return ids.map((id) =>
    setOf(
      id,
      pieces.filter(({ setId }) => setId === id),
    ),
  );
}

function setOf(setId: string, pieces: readonly CodePiece[]): CodeSet {
  const total = pieces[0]!.total;
  const places = new Map<number, Uint8Array>();
  for (const piece of pieces) {
    const known = places.get(piece.index);
    if (piece.total !== total || (known && !isEqual(known, piece.bytes))) {
      return { kind: 'contradictory', setId };
    }
    places.set(piece.index, piece.bytes);
  }
  const wanted = Array.from({ length: total }, (_, index) => index + 1);
  const missing = wanted.filter((index) => !places.has(index));
  if (missing.length > 0) return { kind: 'partial', setId, total, missing };
  return {
    kind: 'whole',
    setId,
    message: Uint8Array.from(wanted.flatMap((index) => [...places.get(index)!])),
  };
}

const isEqual = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, at) => right[at] === byte);
