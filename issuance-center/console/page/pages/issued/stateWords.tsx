/** The state of a certificate in a word. */
import type { IssuedRow } from '../../../../contract/console/issued.ts';
import { StateBadge, type BadgeTone } from '../../parts/StateBadge.tsx';

const STATES: Readonly<Record<IssuedRow['state'], { readonly words: string; readonly tone: BadgeTone }>> = {
  prepared: { words: '作成した', tone: 'active' },
  printed: { words: '印刷した', tone: 'good' },
  void: { words: '取り消した', tone: 'plain' },
};

export const stateWords = ({ state, withdrawn }: Pick<IssuedRow, 'state' | 'withdrawn'>): string =>
  withdrawn ? '無効にした' : STATES[state].words;

export function CertificateState(row: Pick<IssuedRow, 'state' | 'withdrawn'>) {
  return <StateBadge tone={row.withdrawn ? 'bad' : STATES[row.state].tone}>{stateWords(row)}</StateBadge>;
}
