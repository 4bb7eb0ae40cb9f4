/** 台帳の連携 in words. Pure. */
import type { RegisterState } from '../../../../contract/console/registers.ts';
import type { BadgeTone } from '../../parts/StateBadge.tsx';

export const STATES: Readonly<Record<RegisterState, { readonly tone: BadgeTone; readonly words: string }>> = {
  fresh: { tone: 'good', words: '正常' },
  late: { tone: 'bad', words: '遅れ' },
  'not-loaded': { tone: 'bad', words: '未着' },
  gap: { tone: 'bad', words: '抜け' },
  blocked: { tone: 'bad', words: '食いちがい' },
  due: { tone: 'warning', words: '登録中' },
  doubtful: { tone: 'bad', words: '照合で不一致' },
};

const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;

/** 90 → 1時間30分 */
export function durationWords(minutes: number): string {
  if (minutes < HOUR) return `${minutes}分`;
  const [hours, rest] = [Math.floor(minutes / HOUR), minutes % HOUR];
  if (minutes >= 2 * DAY) return `${Math.floor(minutes / DAY)}日`;
  return rest === 0 ? `${hours}時間` : `${hours}時間${rest}分`;
}

/** e.g. 3分前 */
export function agoWords(instant: string, now: number): string {
  const minutes = Math.floor(Math.max(0, now - Date.parse(instant)) / MINUTE_MS);
  return minutes < 1 ? 'たったいま' : `${durationWords(minutes)}前`;
}

export const countWords = (count: number): string => `${count.toLocaleString('ja-JP')}件`;
