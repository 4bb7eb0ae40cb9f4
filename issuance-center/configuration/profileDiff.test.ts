/** An approver decides by the differences: none may be missing, and none may need a programmer to be read. */
import { describe, expect, it } from 'vitest';
import { loadTemplates } from '#templates/load.ts';
import { profileDiff } from './profileDiff.ts';
import { placeWords } from './profileWords.ts';
import { templateWords } from './templateWords.ts';

const templates = loadTemplates();
const words = templateWords(templates);
type Json = Record<string, unknown>;
const whole = structuredClone([...templates.profiles.values()][0]!.value) as unknown as Json;
Object.assign(whole, {
  closedDays: [
    { kind: 'yearly', from: '12-29', to: '01-03' },
    { kind: 'date', on: '2027-02-11' },
    { kind: 'span', from: '2027-05-01', to: '2027-05-03' },
  ],
  maintenance: [
    { kinds: 'all', from: '2027-01-01T10:00', to: '2027-01-02T09:00' },
    { kinds: ['resident-record-copy'], from: '2027-02-01T10:00', to: '2027-02-02T09:00' },
  ],
  characterFont: '992011-0123456789abcdef.ttf',
  reading: 'みほんし',
  domicile: {
    startsOn: '2027-01-04',
    kiosk: {
      hours: [{ from: '2027-01-04', weekly: { monday: { opens: '06:30', closes: '23:00' }, sunday: null } }],
      maintenance: [{ from: '2027-02-01T10:00', to: '2027-02-01T12:00' }],
    },
    internet: null,
    cardText: true,
  },
});
(whole['head'] as Json[])[0]!['deputy'] = { title: '副市長', name: '代理　太郎' };
(whole['kinds'] as Json[])[0]!['labels'] = { address: '住所欄' };

const diff = (before: unknown, after: unknown) => profileDiff(before, after, words);
const changed = (change: (profile: Json) => void) => {
  const after = structuredClone(whole);
  change(after);
  return diff(whole, after);
};

/** Every value of the profile that is no list and no object, by its path. */
function places(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, part]) => places(part, [...path, key]));
}
const holderOf = (profile: Json, path: readonly string[]) =>
  path.slice(0, -1).reduce<Json>((here, step) => here[step] as Json, profile);
const other = (value: unknown) => (typeof value === 'number' ? value + 1 : `${String(value)}他`);

describe('differences', () => {
  it('are none between a profile and itself', () => {
    expect(diff(whole, structuredClone(whole))).toEqual([]);
  });

  it.each(places(whole).map((path) => [path.join('.'), path] as const))('tell of %s', (_name, path) => {
    const last = path.at(-1)!;
    const changes = changed((profile) => {
      const holder = holderOf(profile, path);
      holder[last] = other(holder[last]);
    });
    expect(changes.length).toBeGreaterThan(0);
  });

  it.each(Object.keys(whole).map((key) => [key]))('tell that %s was taken away', (key) => {
    const changes = changed((profile) => void delete profile[key]);
    expect(changes.length).toBeGreaterThan(0);
    for (const { after } of changes) expect(after).toBeNull();
  });

  it('read without a word of the system', () => {
    for (const { path, label, after } of diff({}, whole)) {
      const isFile = /image$|characterFont$/.test(path);
      expect([path, label]).toEqual([path, expect.not.stringMatching(/[a-z]{3}/)]);
      if (!isFile) expect([path, after]).toEqual([path, expect.not.stringMatching(/[a-z]{3}|\d-\d/)]);
    }
  });

  it('name a row by its day and a kind by its name, wherever it stands in the list', () => {
    const changes = changed((profile) => {
      const kinds = profile['kinds'] as { fees: unknown[] }[];
      kinds[0]!.fees.push({ from: '2027-04-01', fee: 1250 });
      kinds.reverse();
    });
    const label = '住民票の写し・手数料（令和9年4月1日から）';
    expect(changes).toEqual([
      { path: 'kinds.resident-record-copy.fees.2027-04-01.fee', label, before: null, after: '1,250円' },
    ]);
  });

  it('tell of the one closed day that went, not of those that moved up', () => {
    const changes = changed((profile) => void (profile['closedDays'] as unknown[]).shift());
    expect(changes).toEqual([
      expect.objectContaining({
        label: '休みの日',
        before: '毎年 12月29日から1月3日まで',
        after: null,
      }),
    ]);
  });
});

describe('the place of a fault', () => {
  it.each([
    ['', '全体'],
    ['head', '首長'],
    ['kinds.0.fees.0.fee', '住民票の写し・手数料（令和4年4月1日から）'],
    [
      'kinds.0.hours.0.weekly.monday.opens',
      /^住民票の写し・交付の時間（令和4年4月1日から）・.*月・始まりの時刻$/,
    ],
    ['kinds.0.statements.whole', '住民票の写し・認証文・世帯の全員'],
    ['kinds.99.kind', '100番目の証明書・種類'],
    ['closedDays.2.to', '休みの日（3番目）・いつまで'],
    ['seal.0.widthMm', '公印（令和4年4月1日から）・幅'],
    ['feedLimits.seal', '台帳の連携の遅れの上限・印鑑登録'],
  ])('%s is %s', (path, expected) => {
    expect(placeWords(path, whole, words)).toMatch(
      typeof expected === 'string' ? new RegExp(`^${expected}$`) : expected,
    );
  });
});

it('the way to a 利用登録 is told in words', () => {
  const words = (change: (profile: Json) => void) =>
    changed(change).map(({ label, after }) => [label, after]);
  const domicileOf = (profile: Json) => profile['domicile'] as Record<string, Json>;
  expect(words((profile) => void ((domicileOf(profile)['cardText'] as unknown) = false))).toEqual([
    ['本籍地の利用登録・券面の文字を使う', 'いいえ'],
  ]);
  const opened = words((profile) => {
    const kiosk = domicileOf(profile)['kiosk']!;
    domicileOf(profile)['internet'] = { ...kiosk, maintenance: [] };
  });
  expect(opened).toContainEqual([
    '本籍地の利用登録・インターネット・受付の時間（令和9年1月4日から）',
    expect.stringContaining('月 06:30〜23:00'),
  ]);
  const stopped = words((profile) => {
    domicileOf(profile)['kiosk']!['maintenance'] = [{ from: '2027-03-01T10:00', to: '2027-03-01T12:00' }];
  });
  expect(stopped.flat().join()).toContain('令和9年3月1日 10:00から令和9年3月1日 12:00まで');
  expect(stopped.flat().join()).not.toContain('証明書');
});
