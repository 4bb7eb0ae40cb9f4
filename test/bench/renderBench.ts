/**
 * CPU time of one 住民票 page (four persons, IPAmj明朝 subset embedded) over different residents, warm, and memory over
 * many documents. Different residents matter: the same document again flatters whoever remembers it.
 */
import { setImmediate } from 'node:timers/promises';
import { loadFonts } from '#center/documents/fontFile.ts';
import { openCertificateFont } from '#center/documents/font.ts';
import { createRenderer, type RenderRequest } from '#center/documents/renderer.ts';
import { composeRequest } from '#center/documents/request.ts';
import { residentRecord, type ResidentRecord } from '#templates/datasets/residentRecord.ts';
import { exampleOrder, exampleTemplates } from '#center/documents/documents.fixture.ts';
import { sampleHousehold } from '#center/documents/sampleHousehold.ts';

export interface RenderBenchOptions {
  /** different households rendered in turn, one page each */
  readonly documents?: number;
  readonly rounds?: number;
  /** documents of the memory run; 0 leaves it out */
  readonly flatOver?: number;
}
export interface RenderBenchResult {
  /** median over the rounds, user and system time of the whole process */
  readonly residentRecordPageCpuMs: number;
  readonly residentRecordPageCpuMsBest: number;
  readonly residentRecordBytes: number;
  /** after warm-up, and after `flatOver` more documents */
  readonly rssStartMb: number;
  readonly rssEndMb: number;
  readonly flatOver: number;
}

const WARM_UP = 60;

/** Streams and compressors let go of their memory at the end of a turn: a loop that never ends one keeps everything. */
const DOCUMENTS_PER_TURN = 20;

/** Runs in this process, on one thread; other work in the process would be counted too. */
export async function benchRender(options: RenderBenchOptions = {}): Promise<RenderBenchResult> {
  const { documents = 300, rounds = 7, flatOver = 10_000 } = options;
  const render = createRenderer(openCertificateFont(loadFonts()));
  let size = 0;
  const renderOne = (request: RenderRequest): void => {
    const outcome = render(request);
    if (outcome.kind !== 'rendered' || outcome.pages !== 1)
      throw new Error('the bench renders one page each');
    size = outcome.bytes.length;
  };
  for (let n = 0; n < WARM_UP; n += 1) renderOne(requestFor(1_000_000 + n));
  const requests = Array.from({ length: documents }, (_, n) => requestFor(n));
  const perPage: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    await inTurns(documents, (n) => renderOne(requests[n]!));
    const { user, system } = process.cpuUsage(before);
    perPage.push((user + system) / 1000 / documents);
  }
  perPage.sort((left, right) => left - right);
  const rssStartMb = settledRssMb();
  await inTurns(flatOver, (n) => renderOne(requestFor(2_000_000 + n)));
  return {
    residentRecordPageCpuMs: hundredths(perPage[Math.floor(rounds / 2)]!),
    residentRecordPageCpuMsBest: hundredths(perPage[0]!),
    residentRecordBytes: size,
    rssStartMb,
    rssEndMb: settledRssMb(),
    flatOver,
  };
}

async function inTurns(count: number, act: (n: number) => void): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    act(n);
    if (n % DOCUMENTS_PER_TURN === 0) await setImmediate();
  }
}

/** Collected first when node runs with --expose-gc; without it the figure holds garbage too. */
function settledRssMb(): number {
  globalThis.gc?.();
  return hundredths(process.memoryUsage.rss() / 1024 / 1024);
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

const FAMILIES =
  '渡辺佐藤鈴木高橋田中伊藤山本中村小林加藤吉田山田佐々木山口松本井上木村林斎藤清水阿部森池田橋本石川前田小川岡田長谷川';
const GIVEN =
  '太郎花子一二三四五六七八九十美咲翔陽菜大輝結衣蓮葵悠真凛颯湊樹律朝陽新碧紬詩澪杏楓鈴桜莉心春奈央希望光輝優斗健介';
const VARIANTS = ['', '渡邉\u{E0117}', '辻\u{E0103}', '𠮷', '髙', '﨑', '葛\u{E0103}', '辺\u{E0102}'];
const PLACES =
  '東西南北中央本町桜台緑丘若葉富士見青山白川黒石赤坂金沢銀座銅山鉄橋銭湯鏡池錦糸鎌倉長崎門司開成間宮関口阿蘇';

/** `count` characters picked by a fixed rule: the same number gives the same household in every run. */
function pick(from: string, seed: number, count: number): string {
  const characters = [...from];
  return Array.from({ length: count }, (_, place) => {
    return characters[(seed * 31 + place * 17 + (seed >> 3) * 7) % characters.length];
  }).join('');
}

function household(seed: number): ResidentRecord {
  const family = VARIANTS[seed % VARIANTS.length] || pick(FAMILIES, seed, 2);
  return residentRecord.parse({
    ...sampleHousehold,
    address: `架空県みほん市${pick(PLACES, seed, 3)}${(seed % 9) + 1}番${seed % 97}号　${pick(PLACES, seed + 5, 2)}荘`,
    householderName: `${family}　${pick(GIVEN, seed, 2)}`,
    persons: sampleHousehold.persons.map((person, index) => {
      if (person.foreign) return person;
      const name = `${family}　${pick(GIVEN, seed + index * 11, 2)}`;
      return { ...person, name, previousAddress: `架空県ためし市${pick(PLACES, seed + index, 4)}${index}番` };
    }),
  });
}

function requestFor(seed: number): RenderRequest {
  const value = household(seed);
  const composed = composeRequest(exampleTemplates, exampleOrder({ requestId: `bench-${seed}`, value }));
  if (composed.kind !== 'composed') throw new Error('the example municipality offers its certificate');
  return composed.request;
}
