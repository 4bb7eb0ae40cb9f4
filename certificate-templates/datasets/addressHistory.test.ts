import { describe, expect, it } from 'vitest';
import { addressHistory, selectHistories } from './addressHistory.ts';
import { addressHistoryDataset } from './addressHistoryView.ts';
import type { PrintableRow } from './printable.ts';

const member = {
  number: 1,
  givenName: '太郎',
  birthDate: '1983-07-02',
  sex: 'male',
  addresses: [
    { address: '架空県ためし市本町四丁目5番6号', setOn: '2012-03-20' },
    { address: '架空県みほん市中央町一丁目2番3号', setOn: '2014-04-01' },
  ],
};
const history = {
  domicile: '架空県みほん市中央町一丁目2番地3',
  familyName: '見本',
  headGivenName: '太郎',
  made: { kind: 'established', on: '2014-04-01' },
  members: [member],
};
const gone = (on: string) => ({ ...member, number: 2, removed: { reason: '死亡', on } });
const bare = ({ birthDate: _born, sex: _sex, ...rest }: ReturnType<typeof gone>) => rest;
const faultsOf = (...members: readonly object[]) =>
  addressHistory
    .safeParse({ ...history, members })
    .error?.issues.map(({ message }) => message)
    .join() ?? '';

describe('an address history', () => {
  it.each([
    ['2022-01-10', '2022年1月11日より前', ''],
    ['2022-01-11', '', '生年月日と性別がありません'],
  ])('removed on %s: 生年月日 and 性別 are items since 2022-01-11', (on, withItems, withoutItems) => {
    expect(faultsOf(gone(on))).toContain(withItems);
    expect(faultsOf(gone(on)) === '').toBe(withItems === '');
    expect(faultsOf(bare(gone(on)))).toContain(withoutItems);
    expect(faultsOf(bare(gone(on))) === '').toBe(withoutItems === '');
  });

  it('住民票コード is an item since 2024-05-27', () => {
    const coded = (on: string) => faultsOf({ ...gone(on), residentRecordCode: '11111111111' });
    expect(coded('2024-05-26')).toContain('2024年5月27日より前');
    expect(coded('2024-05-27')).toBe('');
  });

  it.each([
    [
      '前の住所より前',
      [
        { address: 'い', setOn: '2016-01-01' },
        { address: 'ろ', setOn: '2015-01-01' },
      ],
    ],
    [
      '編製・改製より前',
      [
        { address: 'い', setOn: '2012-01-01' },
        { address: 'ろ', setOn: '2014-03-31' },
      ],
    ],
    ['生まれる前', [{ address: 'い', setOn: '1983-07-01' }]],
  ])('refuses addresses: %s', (words, addresses) => {
    expect(faultsOf(member)).toBe('');
    expect(faultsOf({ ...member, addresses })).toContain(words);
  });

  it('the first address may be older than the register, a date may be unknown', () => {
    expect(
      faultsOf({ ...member, addresses: [{ address: 'い' }, { address: 'ろ', setOn: '2015-01-01' }] }),
    ).toBe('');
  });

  it('gives the persons asked for, and nobody who has left', () => {
    const whole = addressHistory.parse({ ...history, members: [member, gone('2023-01-01')] });
    expect(selectHistories(whole, [1]).members).toEqual([whole.members[0]]);
    expect(() => selectHistories(whole, [2])).toThrow(RangeError);
    expect(() => selectHistories(whole, [])).toThrow(RangeError);
  });
});

const viewOf = (omitted: readonly string[], ...members: readonly object[]) =>
  addressHistoryDataset.view({ ...history, members }, { omitted, labels: {} });
const wordsOf = ({ fields }: PrintableRow) =>
  Object.values(fields).map((content) => (content.kind === 'text' ? content.text : content.kind));

describe('the printed rows', () => {
  it('with 本籍・筆頭者 each person stands by 名 only, without them by full 氏名', () => {
    expect(wordsOf(viewOf([], member).flow[0]!).slice(0, 2)).toEqual(['名', '太郎']);
    const omitted = ['domicile', 'head-of-register'];
    expect(wordsOf(viewOf(omitted, member).flow[0]!).slice(0, 2)).toEqual(['氏名', '見本　太郎']);
  });

  it('birth and sex, then the addresses, oldest first, in wareki with half-width digits', () => {
    const { header, flow } = viewOf([], member);
    expect(header['made-label']).toEqual({ kind: 'text', text: '編製日' });
    expect(flow.map(({ row }) => row)).toEqual(['member', 'member-items', 'address', 'address']);
    expect(wordsOf(flow[0]!).slice(2)).toEqual(['昭和58年7月2日', '男']);
    expect(wordsOf(flow[1]!)).toEqual(['empty', 'not-applicable']);
    expect(wordsOf(flow[2]!)).toEqual(['架空県ためし市本町四丁目5番6号', '平成24年3月20日']);
  });

  it('who has left: 除籍 with reason and day; what the register never held is empty, not blank', () => {
    const { flow } = viewOf([], member, bare(gone('2021-02-03')));
    expect(flow.slice(4).map(({ row }) => row)).toEqual([
      'member',
      'member-items',
      'removed',
      'address',
      'address',
    ]);
    expect(wordsOf(flow[4]!).slice(2)).toEqual(['empty', 'empty']);
    expect(wordsOf(flow[6]!)).toEqual(['死亡', '令和3年2月3日']);
  });

  it('a person’s rows stay together down to the first address; each row has its declared fields', () => {
    const { flow } = viewOf([], member);
    expect(flow.map(({ keepWithNext }) => keepWithNext)).toEqual([true, true, false, false]);
    for (const { row, fields } of flow) {
      expect(Object.keys(fields)).toEqual(addressHistoryDataset.rows[row]);
    }
  });

  it('改製日 for a register that was made anew; 在外選挙人名簿 when entered', () => {
    const revised = { ...history, made: { kind: 'revised', on: '2004-02-14' } };
    const { header, flow } = addressHistoryDataset.view(
      { ...revised, members: [{ ...member, overseasVoterMunicipality: '架空県ためし市' }] },
      { omitted: [], labels: { revised: '改製年月日' } },
    );
    expect(header['made-label']).toEqual({ kind: 'text', text: '改製年月日' });
    expect(wordsOf(flow[1]!)[1]).toBe('架空県ためし市');
  });
});
