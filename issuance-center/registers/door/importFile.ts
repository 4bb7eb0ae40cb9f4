/** A feed file on a municipality's disk: what its first line says it is, and its bytes on their way, counted. */
import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import {
  checksumsHeader,
  eventsHeader,
  loadHeader,
  loadLine,
  type FeedEntity,
} from '../../contract/registerFeed.ts';
import { keyOf } from '../entities.ts';
import { digestOf } from '../parseLines.ts';

export type FileKind = 'load' | 'events' | 'checksums';

/** What the command cannot work with; the message is for the person at the keyboard. */
export class UnusableFile extends Error {}

export const isPacked = (file: string): boolean => file.endsWith('.gz');

export function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    throw new UnusableFile(`ファイルを読めません：${file}`);
  }
}

/** Lines of the file, unpacked. */
async function* linesIn(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file);
  const input = isPacked(file) ? bytes.pipe(createGunzip()) : bytes;
  try {
    yield* createInterface({ input, crlfDelay: Infinity });
  } finally {
    bytes.destroy();
  }
}

/** By its header. Throws UnusableFile when there is none. */
export async function kindOf(file: string): Promise<FileKind> {
  const header = await firstLine(file);
  for (const schema of [loadHeader, eventsHeader, checksumsHeader]) {
    const parsed = schema.safeParse(header);
    if (parsed.success) return parsed.data.kind;
  }
  const kind = (header as { kind?: unknown } | undefined)?.kind;
  // a header with a fault in it: the center says which
  if (kind === 'load' || kind === 'events' || kind === 'checksums') return kind;
  throw new UnusableFile('1行目が見出し（"kind" が load・events・checksums のどれか）ではありません');
}

async function firstLine(file: string): Promise<unknown> {
  for await (const line of linesIn(file)) {
    try {
      return JSON.parse(line.replace(/^\uFEFF/, ''));
    } catch {
      return undefined;
    }
  }
  return undefined;
}

export type Progress = (bytes: number) => void;

/** The file as it is. */
export function bytesOf(file: string, progress: Progress): Readable {
  return Readable.from(counted(file, progress), { objectMode: false });
}

async function* counted(file: string, progress: Progress): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of createReadStream(file, { highWaterMark: 256 * 1024 })) {
    bytes += (piece as Buffer).length;
    progress(bytes);
    yield piece as Buffer;
  }
}

/** Checksums of every row of a full load, as the reconciliation wants them. Throws UnusableFile in the middle. */
export function checksumsOf(file: string, progress: Progress): Readable {
  return Readable.from(checksumLines(file, progress), { objectMode: false });
}

async function* checksumLines(file: string, progress: Progress): AsyncGenerator<string> {
  let line = 0;
  let bytes = 0;
  for await (const text of linesIn(file)) {
    line += 1;
    bytes += Buffer.byteLength(text) + 1;
    if (line % 1_000 === 0) progress(bytes);
    yield `${JSON.stringify(line === 1 ? headerOf(text) : checksumOf(text, line))}\n`;
  }
}

function headerOf(text: string): object {
  const parsed = loadHeader.safeParse(jsonOf(text.replace(/^\uFEFF/, ''), 1));
  if (!parsed.success) throw new UnusableFile('照合には、全件（load）のファイルを指定してください');
  const { stream, seq, count } = parsed.data;
  return { kind: 'checksums', stream, seq, count };
}

function checksumOf(text: string, line: number): object {
  const parsed = loadLine.safeParse(jsonOf(text, line));
  if (!parsed.success) throw new UnusableFile(`行 ${line}：全件の行として読めません`);
  const { entity, version, row } = parsed.data;
  const key = keyOf(entity as FeedEntity, row);
  if (key === undefined) throw new UnusableFile(`行 ${line}：行を指す項目がありません`);
  return { entity, key, version, sha256: digestOf(row) };
}

function jsonOf(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnusableFile(`行 ${line}：JSONとして読めません`);
  }
}
