/** How each register stands, in words. Of the restrictions only the age shows. */
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { MunicipalityProfile } from '#templates/profileSchema.ts';
import { registerEntities, type FeedRegister } from '../../contract/registerFeed.ts';
import type { Watch } from '../../contract/console/watch.ts';
import type { CenterDatabase } from '../../database/connect.ts';
import { readFedUntil } from '../../registers/registerAges.ts';

export const registerNames: Readonly<Record<FeedRegister, string>> = {
  resident: '住民基本台帳',
  seal: '印鑑登録',
  tax: '税',
  'family-register': '戸籍',
  'address-history': '戸籍の附票',
  restriction: '交付の制限',
  'certificate-link': '電子証明書のひも付け',
};
const MINUTE_MS = 60_000;

export async function feedStates(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  profile: MunicipalityProfile | undefined,
  now: number,
): Promise<Watch['feeds']> {
  const rows = await db
    .selectFrom('register_stream')
    .select(['register', 'fed_until'])
    .where('municipality', '=', municipality)
    .execute();
  const heard = new Map(rows.map(({ register, fed_until }) => [register, fed_until.getTime()]));
  const known = await readFedUntil(db, municipality, now);
  return (Object.keys(registerEntities) as FeedRegister[]).map((register) => {
    const until = heard.get(register);
    const limitMinutes = profile?.feedLimits[register] ?? null;
    const isLate = until !== undefined && limitMinutes !== null && now - until > limitMinutes * MINUTE_MS;
    const state = !known.has(register) ? 'not-known' : isLate ? 'late' : 'fresh';
    return {
      register,
      label: registerNames[register],
      fedUntil: until === undefined ? null : new Date(until).toISOString(),
      limitMinutes,
      state,
      words: wordsOf(state, until !== undefined),
    };
  });
}

function wordsOf(state: 'fresh' | 'late' | 'not-known', wasFed: boolean): string {
  if (!wasFed) return 'まだ台帳が届いていません。この台帳を使う証明書は交付されません';
  if (state === 'not-known') return '抜けや食いちがいがあります。この台帳を使う証明書は交付されません';
  return state === 'late' ? '上限より遅れています。この台帳を使う証明書は交付されません' : '届いています';
}
