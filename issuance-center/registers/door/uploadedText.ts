/**
 * The body of an upload as text, piece by piece: unpacked, decoded and measured on its way. What is wrong with it becomes
 * NotReadable with words for municipal staff, so that whoever reads enters nothing. Nothing is kept on a disk.
 */
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { LINE_LIMIT, NotReadable } from '../feedLines.ts';

export interface UploadLimits {
  /** unpacked */
  readonly maxBytes: number;
  /** how long may be waited for the sender in all, besides what its bytes take at `bytesPerSecond` */
  readonly patienceMs: number;
  /** slower than this a sender holds up the municipality's other registers */
  readonly bytesPerSecond: number;
}

export interface Upload {
  readonly text: AsyncIterable<string>;
  /** HTTP status that belongs to what was wrong with the body as such; 400 when nothing was */
  readonly status: () => 400 | 408 | 413;
  /** unpacked, so far */
  readonly bytes: () => number;
}

/** A register packs to a tenth; a file of nothing packs to a thousandth. Small files are not looked at. */
const PACKED_RATIO_LIMIT = 200;
const RATIO_FREE_BYTES = 16 * 1024 * 1024;

/** @param encoding the request's content-encoding; undefined when there is none */
export function uploadedText(
  body: Readable,
  encoding: 'gzip' | undefined,
  { maxBytes, patienceMs, bytesPerSecond }: UploadLimits,
): Upload {
  let status: 400 | 408 | 413 = 400;
  let bytes = 0;
  let line = 1;
  let open = 0;
  const refuse = (as: typeof status, reason: string) => {
    status = as;
    return new NotReadable(reason);
  };
  const measure = (text: string) => {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      if (open + end - start > LINE_LIMIT) throw tooLong();
      start = end + 1;
      line += 1;
      open = 0;
    }
    open += text.length - start;
    if (open > LINE_LIMIT) throw tooLong();
  };
  const tooLong = () =>
    refuse(413, `${line}行目が長すぎます。1行は ${LINE_LIMIT.toLocaleString('en')} 文字までです`);
  const badText = (piece: Uint8Array) => {
    const good = new TextDecoder().decode(piece).split('\uFFFD')[0]!;
    const at = line + good.split('\n').length - 1;
    return refuse(400, `${at}行目のあたりに、UTF-8として読めない文字があります`);
  };

  async function* read(): AsyncGenerator<string> {
    const packed = encoding === 'gzip' ? unpack(body) : undefined;
    const pieces = (packed ?? body).iterator({ destroyOnReturn: false });
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let waited = 0;
    try {
      for (;;) {
        const asked = performance.now();
        const left = patienceMs + (bytes / bytesPerSecond) * 1_000 - waited;
        const next = await within(pieces.next() as Promise<IteratorResult<Buffer>>, left).catch(
          (error: unknown) => {
            throw error === TOO_SLOW
              ? refuse(408, '送信が遅すぎるため、途中でやめました')
              : refuse(400, cutWords(error));
          },
        );
        waited += performance.now() - asked;
        if (next.done) break;
        bytes += next.value.length;
        if (bytes > maxBytes)
          throw refuse(413, `大きすぎます。一度に送れるのは ${megabytes(maxBytes)} までです`);
        if (packed && bytes > RATIO_FREE_BYTES && bytes > PACKED_RATIO_LIMIT * packed.bytesWritten) {
          throw refuse(413, '圧縮のしかたが台帳のファイルではありません');
        }
        yield decoded(decoder, next.value, { measure, badText });
      }
      yield decoded(decoder, undefined, { measure, badText });
    } finally {
      if (packed) body.unpipe(packed);
      packed?.destroy();
    }
  }
  return { text: { [Symbol.asyncIterator]: read }, status: () => status, bytes: () => bytes };
}

interface Judges {
  readonly measure: (text: string) => void;
  readonly badText: (piece: Uint8Array) => NotReadable;
}

/** `piece` undefined: the end, where no character may be half. */
function decoded(
  decoder: InstanceType<typeof TextDecoder>,
  piece: Buffer | undefined,
  { measure, badText }: Judges,
): string {
  let text: string;
  try {
    text = piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
  } catch {
    throw badText(piece ?? Buffer.from([0xff]));
  }
  measure(text);
  return text;
}

function unpack(body: Readable) {
  const gunzip = createGunzip();
  body.once('error', (error) => gunzip.destroy(error));
  return body.pipe(gunzip);
}

/** Errors of zlib have names of their own; anything else is the sender's connection. */
function cutWords(error: unknown): string {
  const { code = '' } = error as { code?: string };
  if (code === 'Z_BUF_ERROR') return '圧縮されたファイルが途中で切れています';
  if (code.startsWith('Z_')) return '圧縮されたファイル（gzip）として読めません';
  return '送信が途中で切れました';
}

const TOO_SLOW = Symbol('too slow');

async function within<Value>(promise: Promise<Value>, ms: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(TOO_SLOW), Math.max(0, ms));
  });
  // a rejection after the end of the wait has nobody to tell
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)}MB`;
