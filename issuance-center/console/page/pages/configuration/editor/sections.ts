/** Parts of the editor, and in which of them a place of the profile is. Pure. */
import type { DraftProfile } from '../draftProfile.ts';

export const sections = [
  { id: 'basic', label: '基本' },
  { id: 'kinds', label: '証明書ごと' },
  { id: 'days', label: '休みの日・点検' },
  { id: 'domicile', label: '本籍地の利用登録' },
  { id: 'head', label: '首長' },
  { id: 'seal', label: '公印' },
  { id: 'print', label: '印刷の文字' },
  { id: 'feeds', label: '連携・委託手数料' },
  { id: 'review', label: '変更点と提出' },
] as const;
export type SectionId = (typeof sections)[number]['id'];

const PLACES: Readonly<Record<string, SectionId>> = {
  kinds: 'kinds',
  closedDays: 'days',
  maintenance: 'days',
  domicile: 'domicile',
  head: 'head',
  seal: 'seal',
  marks: 'print',
  issueNumberLabel: 'print',
  characterFont: 'print',
  feedLimits: 'feeds',
  commission: 'feeds',
};

export const sectionOf = (path: string): SectionId => PLACES[path.split('.')[0] ?? ''] ?? 'basic';

/** The kind that a path is about. */
export function kindOf(path: string, { kinds }: DraftProfile): string | undefined {
  const [first, index] = path.split('.');
  return first === 'kinds' && index !== undefined ? kinds[Number(index)]?.kind : undefined;
}

export const isSection = (text: string | undefined): text is SectionId =>
  sections.some(({ id }) => id === text);
