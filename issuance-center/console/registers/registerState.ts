/** Why a register withholds certificates, in a state and in words that say what to do first. Pure. */
import type { RegisterState } from '../../contract/console/registers.ts';
import { isGapOpen } from '../../registers/streamRules.ts';

export interface StreamFacts {
  readonly nextSeq: number;
  readonly heardSeq: number;
  /** milliseconds */
  readonly fedUntil: number;
  readonly blockedReason: string | null;
  /** events that have become due and are not entered */
  readonly due: number;
  readonly differences: number;
}

export interface StateQuestion {
  /** undefined: nothing has been loaded */
  readonly stream: StreamFacts | undefined;
  /** as issuing sees it (registerAges.ts) */
  readonly isKnown: boolean;
  readonly limitMinutes: number | null;
  readonly now: number;
}

const MINUTE_MS = 60_000;

export function registerState({ stream, isKnown, limitMinutes, now }: StateQuestion): RegisterState {
  if (!stream) return 'not-loaded';
  if (!isKnown) {
    if (stream.blockedReason !== null) return 'blocked';
    if (isGapOpen(stream)) return 'gap';
    return stream.due > 0 ? 'due' : 'doubtful';
  }
  const isLate = limitMinutes !== null && now - stream.fedUntil > limitMinutes * MINUTE_MS;
  return isLate ? 'late' : 'fresh';
}

const BLOCKED: Readonly<Record<string, string>> = {
  'repeated-differently': '全件を送り直してください。前に届いた変更とちがう内容が、同じ番号で届きました',
  'not-applicable': '全件を送り直してください。日付が来た変更を登録できませんでした',
};

export function stateWords(state: RegisterState, stream: StreamFacts | undefined): string {
  switch (state) {
    case 'fresh':
      return '届いています';
    case 'late':
      return '送る側の機械と回線を確かめてください。決めた時間より遅れています';
    case 'not-loaded':
      return 'はじめに全件を送ってください。まだ一度も届いていません';
    case 'gap':
      return gapWords(stream!);
    case 'blocked':
      return BLOCKED[stream!.blockedReason!] ?? '全件を送り直してください';
    case 'due':
      return '少し待ってください。日付が来た変更を登録しています';
    case 'doubtful':
      return '元の台帳を確かめ、全件を送り直してください。照合で、ちがう行がたくさん見つかりました';
  }
}

function gapWords({ nextSeq, heardSeq }: StreamFacts): string {
  if (heardSeq === nextSeq) return `${nextSeq}番の変更を送ってください。まだ届いていません`;
  return `${nextSeq}番からの変更を送ってください。${heardSeq}番まで、まだ届いていません`;
}
