/**
 * Counts the pages of a PDF by walking its page tree (ISO 32000-1, 7.7.3), independently of whoever made it. Reads
 * what our writer emits: indirect objects in the open, no object streams, one revision. Anything else is null, and
 * null is not printed. Pure.
 */

interface PdfObject {
  readonly type: string | null;
  readonly kids: readonly string[] | null;
  readonly count: number | null;
  readonly pages: string | null;
}
const MAX_PAGES = 1_000;
const DELIMITER = /[\s()<>[\]{}/%]/;

/** @returns the number of leaf pages, or null when the bytes are not a PDF whose page tree is whole and agrees with itself */
export function countPdfPages(document: Uint8Array): number | null {
  const text = Buffer.from(document.buffer, document.byteOffset, document.byteLength).toString('latin1');
  if (!text.startsWith('%PDF-') || !/%%EOF\s*$/.test(text.slice(-64))) return null;
  const objects = readObjects(text);
  const catalogs = [...(objects?.values() ?? [])].filter((object) => object.type === 'Catalog');
  const root = catalogs.length === 1 ? catalogs[0]?.pages : null;
  if (!objects || !root) return null;
  const count = countLeaves(objects, root, new Set());
  const leaves = [...objects.values()].filter((object) => object.type === 'Page').length;
  // a page outside the tree is not printed by some readers and printed by others
  return count === leaves && count !== 0 ? count : null;
}

function countLeaves(objects: ReadonlyMap<string, PdfObject>, id: string, seen: Set<string>): number | null {
  const object = objects.get(id);
  if (!object || seen.has(id) || seen.size > MAX_PAGES) return null;
  seen.add(id);
  if (object.type === 'Page') return 1;
  if (object.type !== 'Pages' || !object.kids) return null;
  let total = 0;
  for (const kid of object.kids) {
    const below = countLeaves(objects, kid, seen);
    if (below === null) return null;
    total += below;
  }
  return total === object.count ? total : null;
}

function readObjects(text: string): Map<string, PdfObject> | null {
  const objects = new Map<string, PdfObject>();
  const start = /(?:^|[\r\n])(\d+) (\d+) obj\b/g;
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const id = `${match[1]} ${match[2]}`;
    const body = readBody(text, start.lastIndex);
    if (body === null || objects.has(id)) return null;
    objects.set(id, body.object);
    start.lastIndex = body.end;
  }
  return objects;
}

/** Tokens of one object up to `endobj`; the bytes of a stream are stepped over by its /Length. */
function readBody(text: string, from: number): { object: PdfObject; end: number } | null {
  const tokens: string[] = [];
  let at = from;
  while (at < text.length) {
    const token = readToken(text, at);
    if (token === null) return null;
    at = token.end;
    if (token.text === 'endobj') return { object: toObject(tokens), end: at };
    if (token.text === 'stream') {
      const end = streamEnd(text, at, valueAfter(tokens, '/Length'));
      if (end === null) return null;
      at = end;
    } else if (token.text !== '') tokens.push(token.text);
  }
  return null;
}

function streamEnd(text: string, at: number, length: string | undefined): number | null {
  const data = text.startsWith('\r\n', at) ? at + 2 : at + 1;
  const declared = Number(length);
  const end = text.indexOf('endstream', Number.isInteger(declared) ? data + declared : data);
  return end < 0 ? null : end + 'endstream'.length;
}

function readToken(text: string, from: number): { text: string; end: number } | null {
  let at = from;
  while (/\s|\0/.test(text[at] ?? 'x')) at += 1;
  const first = text[at];
  if (first === undefined) return null;
  if (first === '%') {
    const line = text.slice(at).search(/[\r\n]/);
    return line < 0 ? null : { text: '', end: at + line };
  }
  if (first === '(') return readString(text, at);
  if (text.startsWith('<<', at) || text.startsWith('>>', at)) {
    return { text: text.slice(at, at + 2), end: at + 2 };
  }
  if (first === '<') {
    const close = text.indexOf('>', at);
    return close < 0 ? null : { text: '()', end: close + 1 };
  }
  let end = at + 1;
  if (!/[)>[\]{}]/.test(first)) while (end < text.length && !DELIMITER.test(text[end] ?? ' ')) end += 1;
  return { text: text.slice(at, end), end };
}

/** A literal string: nested parentheses and escapes; its content is of no interest and must not be read as names. */
function readString(text: string, from: number): { text: string; end: number } | null {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    if (depth === 0) return { text: '()', end: at + 1 };
  }
  return null;
}

function valueAfter(tokens: readonly string[], name: string): string | undefined {
  const values = topLevel(tokens, name);
  // `12 0 R` is a reference: the length is elsewhere and the end is searched for
  return values[2] === 'R' ? undefined : values[0];
}

/** The tokens after a key of the object's own dictionary (depth 1), not of one inside it. */
function topLevel(tokens: readonly string[], name: string): readonly string[] {
  let depth = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    if (tokens[index] === '<<' || tokens[index] === '[') depth += 1;
    else if (tokens[index] === '>>' || tokens[index] === ']') depth -= 1;
    else if (depth === 1 && tokens[index] === name) return tokens.slice(index + 1);
  }
  return [];
}

function toObject(tokens: readonly string[]): PdfObject {
  const type = topLevel(tokens, '/Type')[0];
  const count = Number(topLevel(tokens, '/Count')[0]);
  const pages = topLevel(tokens, '/Pages');
  return {
    type: type?.startsWith('/') ? type.slice(1) : null,
    kids: readKids(topLevel(tokens, '/Kids')),
    count: Number.isInteger(count) ? count : null,
    pages: pages[2] === 'R' ? `${pages[0]} ${pages[1]}` : null,
  };
}

function readKids(tokens: readonly string[]): string[] | null {
  if (tokens[0] !== '[') return null;
  const inside = tokens.slice(1, tokens.indexOf(']'));
  if (inside.length % 3 !== 0) return null;
  return Array.from({ length: inside.length / 3 }, (_, index) => {
    const [number, generation] = inside.slice(index * 3);
    return `${number} ${generation}`;
  });
}
