/** The card on the counter's own reader, asked for by the browser beside it. */
import { counterReader, counterReaderAnswer } from '../../../../contract/console/counter.ts';
import { api, ApiFailure } from '../../base/api.ts';

const READING_LIMIT_MS = 15_000;
const NO_READER =
  '窓口の読み取り機とつながりません。読み取り機の線と、このパソコンの読み取りの用意をたしかめてください';
const WORDS = {
  'no-card': 'カードがありません。マイナンバーカードを読み取り機に置いてください',
  'not-readable': 'カードを読めません。マイナンバーカードかどうかをたしかめて、置きなおしてください',
} as const;

/** DER, base64. Throws ApiFailure with what to do. */
export async function readCard(): Promise<string> {
  const { origin } = await api.get(counterReader, '/api/counter/reader');
  const answer = await fetch(`${origin}/certificate`, {
    signal: AbortSignal.timeout(READING_LIMIT_MS),
    cache: 'no-store',
    credentials: 'omit',
  }).catch(() => undefined);
  const told = counterReaderAnswer.safeParse(await answer?.json().catch(() => undefined));
  if (!answer?.ok || !told.success) throw new ApiFailure('unreachable', NO_READER);
  if (told.data.kind !== 'certificate') throw new ApiFailure('not-now', WORDS[told.data.kind]);
  return told.data.certificate;
}
