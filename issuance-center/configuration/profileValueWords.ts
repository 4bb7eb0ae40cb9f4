/** Values of a profile for municipal staff: 円, 曜日, 和暦, names of options. Pure. */
import { warekiDate } from '#templates/civilTime.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { DAYS, type ProfileWords } from './profileWords.ts';

const UNITS: Readonly<Record<string, string>> = {
  fee: '円',
  yen: '円',
  maxCopies: '部',
  verifiableDays: '日',
  widthMm: 'mm',
  year: '年度',
};
const LAYOUTS: Readonly<Record<string, string>> = {
  household: '世帯連記式',
  individual: '個票式',
  standard: '標準の様式',
};

/** A value that is shown as one: text, number, a week of hours, a list of ids, a closed day. Undefined for what has parts. */
export function valueWords(
  steps: readonly string[],
  value: unknown,
  words: ProfileWords,
): string | undefined {
  const field = steps.at(-1) ?? '';
  const parent = steps.at(-2) ?? '';
  if (field === 'year' && value === null) return '交付しない（年度の切り替え中）';
  if (value === null || value === undefined) return 'なし';
  if (typeof value === 'string') return textWords(field, value);
  if (typeof value === 'number') return numberWords(field, parent, value);
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ';
  if (field === 'weekly') return weekWords(value as Record<string, Hours | null>);
  if (parent === 'closedDays') return closedDayWords(value as Record<string, unknown>);
  if (parent === 'maintenance') return maintenanceWords(value as Record<string, unknown>, words);
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) {
    return value.length === 0 ? 'なし' : listWords(steps, value, words).join('、');
  }
  return undefined;
}

function listWords(
  [, kind = '']: readonly string[],
  ids: readonly string[],
  words: ProfileWords,
): readonly string[] {
  return ids.map((id) => {
    const option = words.option(kind, id);
    return option === id ? words.extent(kind, id) : option;
  });
}

function textWords(field: string, text: string): string {
  if (text === '') return '（空）';
  if (field === 'layout') return LAYOUTS[text.split('.')[1] ?? ''] ?? text;
  return dayWords(text);
}

function dayWords(text: string): string {
  const day = civilDate.safeParse(text);
  return day.success ? warekiDate(day.data) : text;
}

function numberWords(field: string, parent: string, value: number): string {
  if (parent === 'feedLimits') return minutesWords(value);
  if (field === 'year') return yearWords(value);
  return `${value.toLocaleString('ja-JP')}${UNITS[field] ?? ''}`;
}

/** 年度 are named by the era of their first day. */
function yearWords(year: number): string {
  const day = civilDate.safeParse(`${year}-04-01`);
  return day.success ? `${warekiDate(day.data).replace(/年.*$/, '')}年度` : `${year}年度`;
}

function minutesWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${hours > 0 ? `${hours}時間` : ''}${rest > 0 || hours === 0 ? `${rest}分` : ''}`;
}

interface Hours {
  readonly opens: string;
  readonly closes: string;
}

/** Days with the same hours together: 月・火・水 6:30〜23:00、土・日 休み */
function weekWords(weekly: Readonly<Record<string, Hours | null>>): string {
  const groups = new Map<string, string[]>();
  for (const [day, label] of DAYS) {
    const hours = weekly[day];
    const words = hours ? `${hours.opens}〜${hours.closes}` : '休み';
    groups.set(words, [...(groups.get(words) ?? []), label]);
  }
  return [...groups].map(([words, days]) => `${days.join('・')} ${words}`).join('、');
}

function closedDayWords(closed: Readonly<Record<string, unknown>>): string {
  const [from, to] = [String(closed['from']), String(closed['to'])];
  if (closed['kind'] === 'date') return dayWords(String(closed['on']));
  if (closed['kind'] === 'yearly') return `毎年 ${monthDayWords(from)}から${monthDayWords(to)}まで`;
  return `${dayWords(from)}から${dayWords(to)}まで`;
}

function monthDayWords(text: string): string {
  const [month, day] = text.split('-').map(Number);
  return `${month}月${day}日`;
}

function maintenanceWords(
  { kinds, from, to }: Readonly<Record<string, unknown>>,
  words: ProfileWords,
): string {
  const span = `${minuteWords(String(from))}から${minuteWords(String(to))}まで`;
  // of a channel of applications
  if (kinds === undefined) return span;
  const what = Array.isArray(kinds)
    ? kinds.map((kind) => words.kind(String(kind))).join('、')
    : 'すべての証明書';
  return `${span}（${what}）`;
}

function minuteWords(text: string): string {
  const [day = '', time = ''] = text.split('T');
  return `${dayWords(day)} ${time}`;
}
