/** Names of a profile's places for municipal staff, for differences and faults. Pure; also used by the page. */
import { warekiDate } from '#templates/civilTime.ts';
import { civilDate } from '#templates/vocabulary.ts';

/** What kinds and layouts call their parts. An id that nobody knows is shown as it is. */
export interface ProfileWords {
  readonly kind: (kind: string) => string;
  readonly extent: (kind: string, extent: string) => string;
  readonly option: (kind: string, option: string) => string;
  /** what the form prints for a field of the dataset */
  readonly field: (kind: string, field: string) => string;
}

const FIELDS: Readonly<Record<string, string>> = {
  municipality: '団体コード',
  prefecture: '都道府県',
  name: '市区町村の名前',
  serviceStartsOn: '交付を始める日',
  kinds: '証明書',
  layout: '様式',
  options: '選べる項目',
  extents: '選べる範囲',
  maxCopies: '一度に取れる部数',
  fees: '手数料',
  hours: '交付の時間',
  statements: '認証文',
  labels: '欄の名前',
  taxYears: '年度',
  verifiableDays: '照会できる日数',
  closedDays: '休みの日',
  maintenance: '点検で止める時間',
  head: '首長',
  seal: '公印',
  image: '画像',
  widthMm: '幅',
  description: '文字',
  commission: '委託手数料',
  marks: '欄の印',
  issueNumberLabel: '発行番号の見出し',
  feedLimits: '台帳の連携の遅れの上限',
  characterFont: '外字のフォント',
  towns: '町字',
  domicile: '本籍地の利用登録',
  startsOn: '受付を始める日',
  kiosk: '店の機械',
  internet: 'インターネット',
  cardText: '券面の文字を使う',
  reading: '読み',
  from: 'いつから',
  to: 'いつまで',
  on: '日',
  kind: '種類',
  fee: '金額',
  yen: '金額',
  year: '年度',
  weekly: '曜日ごとの時間',
  opens: '始まりの時刻',
  closes: '終わりの時刻',
};

/** Where the same word means another thing: by the field above it. */
const WITHIN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  head: { title: '職名', name: '氏名', deputy: '職務代理者' },
  deputy: { title: '職名', name: '氏名' },
  domicile: { hours: '受付の時間' },
  towns: { name: '名前' },
  marks: { omitted: '省略した欄', empty: '空の欄', notApplicable: '当てはまらない欄' },
  feedLimits: {
    resident: '住民基本台帳',
    seal: '印鑑登録',
    tax: '税',
    'family-register': '戸籍',
    'address-history': '戸籍の附票',
    restriction: '交付の制限',
    'certificate-link': '電子証明書のひも付け',
  },
};

export const DAYS = [
  ['monday', '月'],
  ['tuesday', '火'],
  ['wednesday', '水'],
  ['thursday', '木'],
  ['friday', '金'],
  ['saturday', '土'],
  ['sunday', '日'],
  ['holiday', '祝日'],
] as const;
const DAY_WORDS = new Map<string, string>(DAYS);

/** Said by the field above already: 手数料（…から） needs no 金額. */
const SILENT = new Set(['fee', 'yen', 'year', 'weekly']);
const isPosition = (step: string): boolean => /^\d+$/.test(step);

/** e.g. 住民票の写し・手数料（令和9年4月1日から）. Entries of a list are named by kind, day or position (from 1). */
export function labelOf(steps: readonly string[], words: ProfileWords): string {
  const said: string[] = [];
  steps.forEach((step, index) => {
    const day = civilDate.safeParse(step);
    if (day.success && said.length > 0) said.push(`${said.pop()!}（${warekiDate(day.data)}から）`);
    else if (isPosition(step) && said.length > 0) said.push(`${said.pop()!}（${step}番目）`);
    else if (!isSilent(steps, index)) said.push(stepWords(steps, index, words));
  });
  return said.join('・');
}

function isSilent(steps: readonly string[], index: number): boolean {
  if (index === 0) return steps[0] === 'kinds' && steps.length > 1;
  const parent = steps[index - 1]!;
  if (parent === 'closedDays' || parent === 'maintenance') return true;
  return SILENT.has(steps[index]!) && index === steps.length - 1;
}

function stepWords(steps: readonly string[], index: number, words: ProfileWords): string {
  const step = steps[index]!;
  if (steps[0] === 'kinds' && index === 1) return isPosition(step) ? `${step}番目の証明書` : words.kind(step);
  const parent = steps[index - 1] ?? '';
  if (parent === 'statements') return words.extent(steps[1]!, step);
  if (parent === 'labels') return words.field(steps[1]!, step);
  if (parent === 'weekly') return DAY_WORDS.get(step) ?? step;
  const above = steps.slice(0, index).findLast((each) => WITHIN[each]?.[step] !== undefined);
  return (above && WITHIN[above]?.[step]) ?? FIELDS[step] ?? step;
}

/** The place of a fault (`kinds.0.fees.1.fee`) in a profile, in words. */
export function placeWords(path: string, profile: unknown, words: ProfileWords): string {
  if (path === '') return '全体';
  const steps: string[] = [];
  let here: unknown = profile;
  for (const step of path.split('.')) {
    const part = (here as Record<string, unknown> | null | undefined)?.[step];
    steps.push(Array.isArray(here) ? entryName(part, Number(step)) : step);
    here = part;
  }
  return labelOf(steps, words);
}

/** What an entry of a list is called: its kind, the day it counts from, or its position from 1. */
export function entryName(entry: unknown, index: number): string {
  const key = namingField(entry);
  return key === undefined ? String(index + 1) : String((entry as Record<string, unknown>)[key]);
}

/** The field that names an entry. A span has two days and is none. */
export function namingField(entry: unknown): 'kind' | 'from' | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { kind, fees, from, to } = entry as Record<string, unknown>;
  if (typeof kind === 'string' && fees !== undefined) return 'kind';
  return to === undefined && civilDate.safeParse(from).success ? 'from' : undefined;
}
