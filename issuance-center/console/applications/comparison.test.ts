import { describe, expect, it } from 'vitest';
import { addressHistoryEntry, type AddressHistoryEntry } from '#templates/datasets/addressHistoryEntry.ts';
import { familyRegisterEntry, type FamilyRegisterEntry } from '#templates/datasets/familyRegisterEntry.ts';
import type { ComparedItemId } from '../../contract/console/applications.ts';
import { compare, domicileOf, itemsToConfirm, obstaclesOf, type Beside, type Signed } from './comparison.ts';

const PLACE = { prefecture: '架空県', name: 'ためし市' };
const REGISTER = familyRegisterEntry.parse({
  familyRegisterId: 'r-1',
  municipality: '992020',
  domicile: '架空県ためし市本町一丁目5番地',
  familyName: '渡邉󠄜',
  headGivenName: '健',
  entries: [{ kind: 'established', on: '2016-08-11' }],
  members: [
    {
      givenName: '健',
      birthDate: '1978-03-30',
      relationship: '長男',
      events: [
        {
          kind: 'birth',
          on: '1978-03-30',
          birthplace: '架空県ためし市',
          notifiedOn: '1978-04-01',
          informant: { as: '父' },
        },
      ],
    },
  ],
});
const HISTORY = addressHistoryEntry.parse({
  familyRegisterId: 'r-1',
  municipality: '992020',
  domicile: REGISTER.domicile,
  familyName: REGISTER.familyName,
  headGivenName: '健',
  made: { kind: 'established', on: '2016-08-11' },
  members: [
    {
      givenName: '健',
      birthDate: '1978-03-30',
      sex: 'male',
      addresses: [
        { address: '架空県みほん市例示町七丁目1番1号' },
        { address: '架空県みほん市中央町二丁目2番2号　みほん荘201', setOn: '2018-04-02' },
      ],
    },
  ],
});

const signed = (
  items: Partial<Signed['items']> = {},
  statement: Partial<Signed['statement']> = {},
): Signed => {
  const name = items.name ?? '渡邉　健';
  const address = items.address ?? '架空県みほん市中央町二丁目2番2号　みほん荘201';
  return {
    items: {
      name,
      nameReplacements: '0'.repeat([...name].length),
      birthDate: '1978-03-30' as Signed['items']['birthDate'],
      sex: 'male',
      address,
      addressReplacements: '0'.repeat([...address].length),
      ...items,
    },
    statement: {
      domicile: '本町一丁目5番地',
      headOfRegister: '渡邉　健',
      furigana: 'ワタナベ　ケン',
      telephone: '09012345678',
      ...statement,
    },
  };
};
const beside = (
  register: Partial<FamilyRegisterEntry> = {},
  history: AddressHistoryEntry | null = HISTORY,
): Beside => {
  const entry = { ...REGISTER, ...register };
  return { register: entry, history, member: entry.members[0]!, place: PLACE };
};
const itemOf = (id: ComparedItemId, by: Signed, to: Beside = beside()) =>
  compare(by, to).find(({ item }) => item === id)!;
const marksOf = (pieces: readonly { text: string; mark: string }[]) =>
  pieces.filter(({ mark }) => mark !== 'same').map(({ text, mark }) => `${text}:${mark}`);

describe('names', () => {
  // stated 氏, registered 氏, result, marks of what is stated
  it.each([
    ['渡邉', '渡邉', 'same', []],
    ['渡邉', '渡邉󠄜', 'variant', ['邉:variant']],
    ['渡辺', '渡邊', 'variant', ['辺:variant']],
    ['高橋', '髙𣘺', 'variant', ['高橋:variant']],
    ['斉藤', '齋藤', 'variant', ['斉:variant']],
    ['神', '\uFA19', 'variant', ['神:variant']],
    ['山﨑', '山崎', 'variant', ['﨑:variant']],
    ['山田', '山本', 'differs', ['田:differs']],
    ['左衛門三郎', '左衛門', 'differs', ['三郎:differs']],
    ['吉田', '𠮷田', 'variant', ['吉:variant']],
    ['田', '中田', 'differs', []],
  ] as const)('%s against %s is %s', (stated, registered, result, marks) => {
    const found = itemOf(
      'family-name',
      signed({ name: `${stated}　健` }),
      beside({ familyName: registered }),
    );
    expect([found.result, marksOf(found.stated)]).toEqual([result, marks]);
    expect(found.registered.map(({ text }) => text).join('')).toBe(registered);
    if (result === 'variant') expect(found.notes.join()).toMatch(/字の形のちがい/);
  });

  it('says that a letter is a stand-in of the card, and never takes it for the registered one', () => {
    const found = itemOf(
      'family-name',
      signed({ name: '〓田　健', nameReplacements: '10000' }),
      beside({ familyName: '𡈽田' }),
    );
    expect(found.result).toBe('variant');
    expect(marksOf(found.stated)).toEqual(['〓:replaced']);
    expect(found.notes).toEqual(['「〓」は、カードに入らない字の代わりです（代替文字）。登録では「𡈽」です']);
    const other = itemOf(
      'family-name',
      signed({ name: '〓田　健', nameReplacements: '10000' }),
      beside({ familyName: '𡈽本' }),
    );
    expect(other.result).toBe('differs');
  });

  it('leaves 旧氏 in brackets out, with the places of the stand-ins behind it', () => {
    const by = signed({ name: '渡邉［佐藤］　〓', nameReplacements: '0000' + '000' + '1' });
    expect(itemOf('family-name', by).result).toBe('variant');
    expect(marksOf(itemOf('given-name', by).stated)).toEqual(['〓:replaced']);
  });

  it('finds nobody by a name without 氏 and 名', () => {
    expect(itemOf('given-name', signed({ name: '渡邉健' })).result).toBe('differs');
  });
});

describe('places', () => {
  // as typed, as registered: one place
  it.each([
    ['本町1-5', '本町一丁目5番地'],
    ['本町１丁目５番地', '本町一丁目5番地'],
    ['本町一丁目五番', '本町一丁目5番地'],
    ['架空県ためし市本町1丁目5番地', '本町一丁目5番地'],
    ['ためし市本町 1－5', '本町一丁目5番地'],
    ['本町九丁目8番地の7', '本町九丁目8番地7'],
    ['本町9-8-7', '本町九丁目8番地の7'],
    ['本町二十三丁目1', '本町23丁目1番地'],
    ['大字例示字試平第3地割12', '大字例示字試平第3地割12番地'],
    ['例示試平第3地割12番地', '大字例示字試平第3地割12番地'],
    ['一番町1', '一番町1番地'],
  ])('%s is %s', (typed, registered) => {
    const to = beside({ domicile: `架空県ためし市${registered}` });
    const found = itemOf('domicile', signed({}, { domicile: typed }), to);
    expect([found.result, marksOf(found.stated)]).toEqual(['same', []]);
    expect(found.registered.map(({ text }) => text).join('')).toBe(to.register.domicile);
  });

  it.each([
    ['本町1-51', '本町一丁目5番地', ['51:differs']],
    ['本町15', '本町一丁目5番地', ['15:differs']],
    ['本町2-5', '本町一丁目5番地', ['2:differs']],
    ['元町1-5', '本町一丁目5番地', ['元:differs']],
    ['本町1-5-1', '本町一丁目5番地', ['-1:differs']],
    ['一番町2', '二番町2番地', ['一:differs']],
  ])('%s is not %s', (typed, registered, marks) => {
    const to = beside({ domicile: `架空県ためし市${registered}` });
    const found = itemOf('domicile', signed({}, { domicile: typed }), to);
    expect([found.result, marksOf(found.stated)]).toEqual(['differs', marks]);
  });

  it('reads a 本籍 with and without 都道府県, 郡 and 市区町村', () => {
    const town = { prefecture: '架空県', name: '見本郡見本町' };
    for (const typed of [
      '架空県見本郡見本町大字見本7',
      '見本郡見本町大字見本7',
      '見本町大字見本7',
      '架空県見本町大字見本7',
      '大字見本7',
    ]) {
      expect(domicileOf(typed, town)).toBe('架空県見本郡見本町大字見本7');
    }
  });

  it('marks a letter of a place that is only another form', () => {
    const to = beside({ domicile: '架空県ためし市\uFA10ヶ原1番地' });
    const found = itemOf('domicile', signed({}, { domicile: '塚ケ原1' }), to);
    expect([found.result, marksOf(found.stated)]).toEqual(['variant', ['塚ケ:variant']]);
  });
});

describe('addresses', () => {
  it.each([
    ['the newest one', '架空県みほん市中央町2-2-2 みほん荘201', 'same', []],
    [
      'without the building',
      '架空県みほん市中央町二丁目2番2号',
      'variant',
      ['番地まで同じで、建物の名前などの書き方がちがいます'],
    ],
    [
      'the one before',
      '架空県みほん市例示町七丁目1番1号',
      'differs',
      ['附票の前の住所と同じです。新しい住所は、カードとちがいます'],
    ],
    ['none of them', '架空県みほん市例示町七丁目1番2号', 'differs', ['附票のどの住所とも、ちがいます']],
  ])('%s', (_, address, result, notes) => {
    const found = itemOf('address', signed({ address, addressReplacements: '' }));
    expect([found.result, found.notes]).toEqual([result, notes]);
  });

  it('is missing without a 附票, or where its person is not one', () => {
    expect(itemOf('address', signed(), beside({}, null)).result).toBe('missing');
    const twice = { ...HISTORY, members: [...HISTORY.members, ...HISTORY.members] };
    expect(itemOf('address', signed(), beside({}, twice)).result).toBe('missing');
  });
});

describe('what stands in the way', () => {
  const ONE = { alike: 1, isAnotherResident: false, isInDoubt: false };
  const judged = (by: Signed, to: Beside = beside(), standing = ONE) => {
    const items = compare(by, to);
    return [obstaclesOf(items, to, standing), itemsToConfirm(items)];
  };

  it('is nothing where all agrees or only forms of letters differ', () => {
    expect(judged(signed())).toEqual([[], []]);
    expect(judged(signed({ name: '渡辺　健' }))).toEqual([[], []]);
  });

  it.each([
    [
      'another birth date',
      judged(signed({ birthDate: '1978-03-31' as never })),
      [['birth-date-differs'], ['birth-date']],
    ],
    ['another given name', judged(signed({ name: '渡邉　賢' })), [['given-name-differs'], ['given-name']]],
    ['another 本籍', judged(signed({}, { domicile: '本町1-6' })), [['domicile-differs'], ['domicile']]],
    ['another 氏: to be confirmed', judged(signed({ name: '佐藤　健' })), [[], ['family-name']]],
    [
      'another 筆頭者: to be confirmed',
      judged(signed({}, { headOfRegister: '渡邉　守' })),
      [[], ['head-of-register']],
    ],
    ['another address: to be confirmed', judged(signed({ address: '架空県' })), [[], ['address']]],
    ['除籍', judged(signed(), beside({ status: 'closed' })), [['register-closed'], []]],
    [
      'a closed 附票',
      judged(signed(), beside({}, { ...HISTORY, status: 'closed' })),
      [['register-closed'], []],
    ],
    [
      '届出の反映待ち',
      judged(signed(), beside({ pendingNotification: true })),
      [['notification-pending'], []],
    ],
    [
      '届出の反映待ち of the 附票',
      judged(signed(), beside({}, { ...HISTORY, pendingNotification: true })),
      [['notification-pending'], []],
    ],
    ['two of one name and day', judged(signed(), beside(), { ...ONE, alike: 2 }), [['not-one-person'], []]],
    [
      'a card of somebody else',
      judged(signed(), beside(), { ...ONE, isAnotherResident: true }),
      [['another-resident'], []],
    ],
    ['a row in doubt', judged(signed(), beside(), { ...ONE, isInDoubt: true }), [['row-in-doubt'], []]],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  it('is everything about nobody', () => {
    const to = { ...beside(), member: null };
    expect(judged(signed(), to)).toEqual([['nobody-on-register'], ['given-name', 'birth-date', 'address']]);
  });

  it('is that somebody has left the register', () => {
    const members = [{ ...REGISTER.members[0]!, removed: true }];
    expect(judged(signed(), beside({ members }))[0]).toContain('removed');
  });
});
