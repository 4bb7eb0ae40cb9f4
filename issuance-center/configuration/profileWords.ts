/** Names of a profile's fields and values for municipal staff, for differences and faults. Pure. */
import { warekiDate } from '#templates/civilTime.ts';
import { civilDate } from '#templates/vocabulary.ts';

const FIELDS: Readonly<Record<string, string>> = {
  municipality: '団体コード',
  prefecture: '都道府県',
  name: '名前',
  serviceStartsOn: '交付を始める日',
  kinds: '証明書',
  layout: '様式',
  options: '選べる項目',
  extents: '範囲',
  maxCopies: '一度に取れる部数',
  fees: '手数料',
  fee: '金額',
  hours: '交付の時間',
  weekly: '曜日ごとの時間',
  statements: '認証文',
  labels: '欄の名前',
  taxYears: '年度',
  year: '年度',
  verifiableDays: '照会できる日数',
  closedDays: '休みの日',
  maintenance: '点検',
  head: '首長',
  title: '職名',
  deputy: '職務代理者',
  seal: '公印',
  image: '画像',
  widthMm: '幅（ミリメートル）',
  description: '説明',
  marks: '空欄の印',
  omitted: '省略の印',
  empty: '空欄の印',
  notApplicable: '該当なしの印',
  issueNumberLabel: '発行番号の見出し',
  feedLimits: '台帳の連携の遅れの上限',
  resident: '住民基本台帳',
  tax: '税',
  'family-register': '戸籍',
  'address-history': '戸籍の附票',
  restriction: '交付の制限',
  'certificate-link': '電子証明書のひも付け',
  characterFont: '外字のフォント',
  commission: '委託手数料',
  yen: '金額',
  whole: '全員',
  part: '一部',
  self: '本人のみ',
};

const DAYS = [
  ['monday', '月'],
  ['tuesday', '火'],
  ['wednesday', '水'],
  ['thursday', '木'],
  ['friday', '金'],
  ['saturday', '土'],
  ['sunday', '日'],
  ['holiday', '祝'],
] as const;

/** e.g. 住民票の写し・手数料（令和9年4月1日から）・金額 */
export function labelOf(steps: readonly string[], kindLabel: (kind: string) => string): string {
  const words = steps.map((step, index) => {
    if (index === 1 && steps[0] === 'kinds') return kindLabel(step);
    const day = civilDate.safeParse(step);
    if (day.success) return `${warekiDate(day.data)}から`;
    return /^\d+$/.test(step) ? `${step}番目` : (FIELDS[step] ?? step);
  });
  return words.filter((word, index) => !(index === 0 && steps[0] === 'kinds' && steps.length > 1)).join('・');
}

/** The field's name; the last step of its place. */
export const fieldWords = (field: string): string => FIELDS[field] ?? field;

/** A value that is shown as one: text, number, a week of hours, a list of ids, a closed day. Undefined for what has parts. */
export function valueWords(steps: readonly string[], value: unknown): string | undefined {
  const field = steps.at(-1) ?? '';
  const parent = steps.at(-2) ?? '';
  if (value === null || value === undefined) return 'なし';
  if (typeof value === 'string') return textWords(value);
  if (typeof value === 'number') return numberWords(field, parent, value);
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ';
  if (field === 'weekly') return weekWords(value as Record<string, Hours | null>);
  if (parent === 'closedDays') return closedDayWords(value as Record<string, string>);
  if (parent === 'maintenance') return maintenanceWords(value as Maintenance);
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) {
    return value.length === 0 ? 'なし' : value.map((entry) => FIELDS[entry] ?? entry).join('、');
  }
  return undefined;
}

function textWords(text: string): string {
  const day = civilDate.safeParse(text);
  return day.success ? warekiDate(day.data) : text;
}

function numberWords(field: string, parent: string, value: number): string {
  if (field === 'fee' || field === 'yen') return `${value.toLocaleString('ja-JP')}円`;
  if (field === 'year') return `${value}年度`;
  if (parent === 'feedLimits') return `${value}分`;
  return String(value);
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

function closedDayWords(closed: Readonly<Record<string, string>>): string {
  if (closed['kind'] === 'date') return textWords(closed['on']!);
  if (closed['kind'] === 'yearly') return `毎年 ${closed['from']} から ${closed['to']} まで`;
  return `${textWords(closed['from']!)}から${textWords(closed['to']!)}まで`;
}

interface Maintenance {
  readonly kinds: 'all' | readonly string[];
  readonly from: string;
  readonly to: string;
}

function maintenanceWords({ kinds, from, to }: Maintenance): string {
  const what = kinds === 'all' ? 'すべての証明書' : kinds.join('、');
  return `${from.replace('T', ' ')} から ${to.replace('T', ' ')} まで（${what}）`;
}
