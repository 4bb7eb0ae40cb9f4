/**
 * `npm run registers:import -- <municipality> <register> file.ndjson[.gz] [--full | --events] [--reconcile] [--dry-run]
 * [--client file] [--url https://center:8444]`: a file of a municipality's register to the center, over mutual TLS.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { feedCredential, type FeedAnswer, type FeedCredential } from '../../contract/feedDoor.ts';
import { feedRegister, type FeedRegister } from '../../contract/registerFeed.ts';
import { feedHttp, FeedUnreachable, type FeedHttp } from './feedHttp.ts';
import { bytesOf, checksumsOf, isPacked, kindOf, sizeOf, UnusableFile, type FileKind } from './importFile.ts';
import { said } from './importWords.ts';
import { progressLine } from './progressLine.ts';

const CANNOT_RUN = 2;
const USAGE = `使い方: npm run registers:import -- <市区町村コード> <台帳> <ファイル.ndjson> [--full | --events]
  [--reconcile] [--dry-run] [--client <登録ファイル>] [--url <センターの住所>]
台帳: ${feedRegister.options.join('、')}
--dry-run   登録せずに、どうなるかだけを確かめます
--reconcile 全件のファイルから照合の値を作り、センターの台帳と照合します
登録ファイルは npm run feed:enrol か管理画面で受け取ったものです（省略時: DATA_DIR の feed/<市区町村コード>.json）`;

class Usage extends Error {}

interface Order {
  readonly municipality: string;
  readonly register: FeedRegister;
  readonly file: string;
  readonly expected?: FileKind;
  readonly reconcile: boolean;
  readonly dryRun: boolean;
  readonly client: string;
  readonly url?: string;
}

function readOrder(args: readonly string[]): Order {
  const flag = { type: 'boolean' as const, default: false };
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      full: flag,
      events: flag,
      reconcile: flag,
      'dry-run': flag,
      client: { type: 'string' },
      url: { type: 'string' },
    },
  });
  const [municipality, register, file, ...rest] = positionals;
  if (!municipality || !register || !file || rest.length > 0 || (values.full && values.events)) {
    throw new Usage(USAGE);
  }
  const known = feedRegister.safeParse(register);
  if (!known.success) throw new Usage(`台帳の名前は ${feedRegister.options.join('、')} のどれかです`);
  if (values.reconcile && (values['dry-run'] || values.events)) {
    throw new Usage('--reconcile は、--dry-run や --events といっしょには使えません');
  }
  const expected = values.full || values.reconcile ? 'load' : values.events ? 'events' : undefined;
  return {
    municipality,
    register: known.data,
    file,
    expected,
    reconcile: values.reconcile,
    dryRun: values['dry-run'],
    client: values.client ?? join(process.env['DATA_DIR'] || '.data', 'feed', `${municipality}.json`),
    url: values.url,
  };
}

function credentialOf({ client, municipality, url }: Order): FeedCredential {
  if (!existsSync(client))
    throw new Usage(`登録ファイルがありません：${client}（--client で指定してください）`);
  const parsed = feedCredential.safeParse(jsonIn(client));
  if (!parsed.success) throw new Usage(`登録ファイルとして読めません：${client}`);
  if (parsed.data.municipality !== municipality) {
    throw new Usage(`この登録ファイルは ${parsed.data.municipality} のものです`);
  }
  return url === undefined ? parsed.data : { ...parsed.data, feedUrl: url };
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

const SHORT: Readonly<Record<FileKind, string>> = { load: '全件', events: '変更', checksums: '照合の値' };

async function send(http: FeedHttp, order: Order): Promise<FeedAnswer> {
  const { register, file, reconcile, dryRun, expected } = order;
  const size = sizeOf(file);
  const kind = await kindOf(file);
  if (expected !== undefined && kind !== expected) {
    throw new UnusableFile(`このファイルは${SHORT[expected]}ではなく、${SHORT[kind]}です`);
  }
  if (kind === 'checksums' && dryRun) throw new Usage('照合の値は --dry-run では送れません');
  // whoever may not feed hears it before a long file is on its way
  const standing = await http.standing(register);
  if (standing.kind !== 'loaded' && standing.kind !== 'not-loaded') return standing;
  const progress = progressLine(isPacked(file) && reconcile ? undefined : size);
  try {
    if (reconcile) {
      const body = checksumsOf(file, progress.at);
      return await sent(body, () => http.send(register, { call: 'checksums', body }));
    }
    const body = bytesOf(file, progress.at);
    const upload = { call: kind, body, gzip: isPacked(file), dryRun };
    return await sent(body, () => http.send(register, upload));
  } finally {
    progress.end();
  }
}

/** A fault of the file's own reading is told as such, not as a connection that broke. */
async function sent(body: NodeJS.ReadableStream, go: () => Promise<FeedAnswer>): Promise<FeedAnswer> {
  let own: unknown;
  body.on('error', (error: unknown) => void (own = error));
  try {
    return await go();
  } catch (error) {
    throw own instanceof UnusableFile ? own : error;
  }
}

async function main(): Promise<number> {
  const order = readOrder(process.argv.slice(2));
  const http = feedHttp(credentialOf(order));
  try {
    const { lines, code } = said(await send(http, order));
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    return code;
  } finally {
    http.close();
  }
}

function words(error: unknown): string {
  if (error instanceof Usage || error instanceof UnusableFile) return error.message;
  if (error instanceof FeedUnreachable) return `センターにつながりません（${error.message}）`;
  if (error instanceof TypeError && 'code' in error) return USAGE;
  return '動かせませんでした';
}

main().then(
  (code) => void (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${words(error)}\n`);
    process.exitCode = CANNOT_RUN;
  },
);
