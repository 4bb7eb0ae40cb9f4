/** What kinds, forms and versions are called on these pages. */
import type { Choices, TestIssue, VersionSummary } from '../../../../contract/console/configuration.ts';
import type { ProfileWords } from '../../../../configuration/profileWords.ts';
import { isChannelStop, stopReasonIds, stopReasons } from '../../../../configuration/stopReasons.ts';
import type { BadgeTone } from '../../parts/StateBadge.tsx';

type KindChoice = Choices['kinds'][number];

export function wordsOf({ kinds }: Choices): ProfileWords {
  const labelled = (
    kind: string,
    list: (choice: KindChoice) => readonly { readonly id: string; readonly label: string }[],
    id: string,
  ): string => {
    const choice = kinds.find((each) => each.id === kind);
    return (choice && list(choice).find((entry) => entry.id === id)?.label) ?? id;
  };
  return {
    kind: (id) => kinds.find((choice) => choice.id === id)?.label ?? id,
    extent: (kind, id) => labelled(kind, ({ extents }) => extents, id),
    option: (kind, id) => labelled(kind, ({ options }) => options, id),
    field: (kind, id) => labelled(kind, ({ fields }) => fields, id),
  };
}

export const LAYOUTS = {
  household: { label: '世帯連記式', explanation: '1枚に、同じ世帯の人を続けてのせます。' },
  individual: { label: '個票式', explanation: '1枚に、1人だけをのせます。人数の分だけ紙が増えます。' },
  standard: { label: '標準の様式', explanation: 'この証明書の、決まった形です。' },
} as const;
export type LayoutVariant = keyof typeof LAYOUTS;

export const variantOf = (layout: string): LayoutVariant | undefined => {
  const variant = layout.split('.')[1] ?? '';
  return variant in LAYOUTS ? (variant as LayoutVariant) : undefined;
};
export function layoutWords(layout: string): string {
  const variant = variantOf(layout);
  return variant ? LAYOUTS[variant].label : layout;
}

/** A version's state as one word. Approved is three things: to come, in force, over. */
export function versionState(
  { state, inForce, effectiveAt }: Pick<VersionSummary, 'state' | 'inForce' | 'effectiveAt'>,
  now: number,
): { readonly tone: BadgeTone; readonly words: string } {
  switch (state) {
    case 'draft':
      return { tone: 'plain', words: '下書き' };
    case 'proposed':
      return { tone: 'warning', words: '承認待ち' };
    case 'rejected':
      return { tone: 'bad', words: '差し戻し' };
    case 'withdrawn':
      return { tone: 'plain', words: '取り消し' };
    case 'approved':
      if (inForce) return { tone: 'good', words: '適用中' };
      return effectiveAt !== null && Date.parse(effectiveAt) > now
        ? { tone: 'active', words: '適用を待っています' }
        : { tone: 'plain', words: '前の版' };
  }
}

export const testIssueStates: Readonly<
  Record<TestIssue['state'], { readonly tone: BadgeTone; readonly words: string }>
> = {
  waiting: { tone: 'active', words: '機械で待っています' },
  fetched: { tone: 'active', words: '印刷しています' },
  printed: { tone: 'good', words: '印刷しました' },
  'not-printed': { tone: 'bad', words: '印刷できませんでした' },
  unknown: { tone: 'warning', words: '印刷できたか、わかりません' },
  cancelled: { tone: 'plain', words: '取り消しました' },
  expired: { tone: 'plain', words: '期限が切れました' },
};

/** A kind's 交付 is stopped; a channel's 受付 has its word in its name. */
export const stoppedThing = (kind: string | null, name: string): string =>
  isChannelStop(kind) ? name : `${name}の交付`;

export const stopChoices = stopReasonIds.map((id) => ({ id, label: stopReasons[id] }));

/** What a sample shows, by the end of its name; other files are named by it. */
const SAMPLES: Readonly<Record<string, string>> = {
  '': '標準の例',
  'five-persons': '5人の世帯',
  self: '本人だけの例',
  domicile: '本籍をのせる例',
  events: '身分事項が多い例',
  'four-pages': '4ページになる例',
  'not-taxed': '非課税の例',
  separate: '分離課税がある例',
  dependant: '扶養されている人の例',
  foreign: '外国人住民の例',
  'former-name': '旧氏がある例',
  largest: 'いちばん大きい印影の例',
  'all-taxes': 'すべての税目の例',
  'nothing-assessed': '課税がない例',
};

export function sampleWords(kind: string, sample: string): string {
  const end = sample === kind ? '' : sample.slice(kind.length + 1);
  return SAMPLES[end] ?? end;
}
