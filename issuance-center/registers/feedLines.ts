/** NDJSON in pieces to lines, and its header. */
import type { z } from 'zod';
import { inJapanese } from '#templates/templateFault.ts';

/** Pieces of UTF-8 text as they come, broken anywhere. */
export type Lines = AsyncIterable<string> | Iterable<string>;

/** 戸籍 with many members and the largest seals are some 100 kB. */
export const LINE_LIMIT = 1024 * 1024;

/** The file as such cannot be read; the message is for municipal staff. */
export class NotReadable extends Error {}

/** Lines without their ends; an empty last line is none. */
export async function* linesOf(text: Lines): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of text) {
    rest += piece;
    const lines = rest.split('\n');
    rest = lines.pop()!;
    if (rest.length > LINE_LIMIT) throw new NotReadable('1行が長すぎます');
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  if (rest !== '') yield rest;
}

/** Reads the first line. Throws NotReadable. */
export async function readHeader<Schema extends z.ZodType>(
  lines: AsyncGenerator<string>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const first = await lines.next();
  if (first.done) throw new NotReadable('ファイルが空です');
  let json: unknown;
  try {
    json = JSON.parse(first.value);
  } catch {
    throw new NotReadable('1行目が見出し（JSON）ではありません');
  }
  const parsed = schema.safeParse(json, { error: inJapanese });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NotReadable(`1行目の見出しの ${issue!.path.join('.')}：${issue!.message}`);
}
