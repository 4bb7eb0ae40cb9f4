/** States, channels and days of an application in words. */
import type { ApplicationRow } from '../../../../contract/console/applications.ts';
import type { ApplicationRefusal } from '../../../../contract/domicileApplication.ts';
import { StateBadge, type BadgeTone } from '../../parts/StateBadge.tsx';

const STATES: Readonly<
  Record<ApplicationRow['state'], { readonly words: string; readonly tone: BadgeTone }>
> = {
  received: { words: '受付', tone: 'plain' },
  checking: { words: '確認中', tone: 'active' },
  accepted: { words: '登録した', tone: 'good' },
  refused: { words: '却下した', tone: 'bad' },
  withdrawn: { words: '取下げ', tone: 'plain' },
  expired: { words: '期限切れ', tone: 'plain' },
};
export const stateChoices = Object.values(STATES).map(({ words }) => ({ value: words, label: words }));
export const stateWords = ({ state }: Pick<ApplicationRow, 'state'>): string => STATES[state].words;

export function ApplicationState({ row }: { readonly row: Pick<ApplicationRow, 'state' | 'isAsked'> }) {
  return (
    <span className="row-tight">
      <StateBadge tone={STATES[row.state].tone}>{stateWords(row)}</StateBadge>
      {row.isAsked && <StateBadge tone="warning">問い合わせ中</StateBadge>}
    </span>
  );
}

const CHANNELS = { kiosk: '店の機械', internet: 'インターネット' } as const;
export const channelWords = ({ channel }: Pick<ApplicationRow, 'channel'>): string => CHANNELS[channel];
export const channelChoices = Object.values(CHANNELS).map((words) => ({ value: words, label: words }));

/** あと3日, きょうまで, 2日すぎ */
export function daysLeftWords(daysLeft: number | null): string {
  if (daysLeft === null) return '－';
  if (daysLeft === 0) return 'きょうまで';
  return daysLeft > 0 ? `あと${daysLeft}日` : `${-daysLeft}日すぎています`;
}

/** What an officer chooses; what the applicant then reads is domicile/refusalWords.ts. */
export const refusalNames: Readonly<Record<ApplicationRefusal, string>> = {
  'register-not-found': '書かれた本籍・筆頭者の戸籍がない',
  'person-not-on-register': '申請者が、その戸籍にいない',
  'items-differ': '氏名・生年月日・住所が、戸籍や附票と合わない',
  'head-differs': '筆頭者が、戸籍と合わない',
  'register-closed': '除籍・改製原戸籍である',
  'notification-pending': '届出の反映待ちである',
  'ask-at-the-counter': 'そのほか（窓口で聞いてもらう）',
};
