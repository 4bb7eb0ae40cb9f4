/**
 * What an applicant signed beside one person of one 戸籍 and its 附票: each item matched, in another form of its letters, or
 * different, and what stands in the way of registering this person. Pure: the page shows it, the acceptance decides by it.
 */
import { warekiDate } from '#templates/civilTime.ts';
import type { AddressHistoryEntry } from '#templates/datasets/addressHistoryEntry.ts';
import type { FamilyRegisterEntry } from '#templates/datasets/familyRegisterEntry.ts';
import { headOfRegister } from '#templates/datasets/familyRegister.ts';
import type { ComparedItem, ComparedItemId, Obstacle } from '../../contract/console/applications.ts';
import type { ApplicantStatement, BasicFourItems } from '../../contract/domicileApplication.ts';
import { align, type Aligned } from './align.ts';
import { nameTokens, placeForm, placeTokens, type Token } from './tokens.ts';

export interface Signed {
  readonly items: BasicFourItems;
  readonly statement: ApplicantStatement;
}
export type Member = FamilyRegisterEntry['members'][number];
export interface Beside {
  readonly register: FamilyRegisterEntry;
  readonly history: AddressHistoryEntry | null;
  /** null: the person is not on this 戸籍 */
  readonly member: Member | null;
  /** 都道府県 and 市区町村, as every 本籍 of this municipality begins */
  readonly place: { readonly prefecture: string; readonly name: string };
}

export function compare(signed: Signed, beside: Beside): readonly ComparedItem[] {
  const { register, member, history } = beside;
  const [family, given] = namePartsOf(signed.items);
  const head = align(nameTokens(signed.statement.headOfRegister), nameTokens(headOfRegister(register)));
  const domicile = domicileOf(signed.statement.domicile, beside.place);
  return [
    item('family-name', align(family, nameTokens(register.familyName))),
    member
      ? item('given-name', align(given, nameTokens(member.givenName)))
      : absent('given-name', textOf(given)),
    birthDate(signed.items.birthDate, member),
    item('domicile', align(placeTokens(domicile), placeTokens(register.domicile))),
    item('head-of-register', head),
    address(signed.items, addressesOf(history, member)),
  ];
}

const textOf = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join('');

/** 旧氏 stands in brackets behind the 氏 and is no part of the 戸籍. */
const FORMER_NAME = /[［\[（(][^］\]）)]*[］\]）)]/u;

/** 氏 and 名, parted by the first space; without one, the whole is the 氏 and nobody is found. */
function namePartsOf({
  name,
  nameReplacements,
}: BasicFourItems): readonly [readonly Token[], readonly Token[]] {
  const [former] = FORMER_NAME.exec(name) ?? [];
  const begin = former ? name.indexOf(former) : 0;
  const lettersBefore = [...name.slice(0, begin)].length;
  const plain = former ? name.replace(former, '') : name;
  const flags = former
    ? nameReplacements.slice(0, lettersBefore) + nameReplacements.slice(lettersBefore + [...former].length)
    : nameReplacements;
  const tokens = nameTokens(plain, flags);
  const space = tokens.findIndex(({ form }) => form === '');
  return space < 0 ? [tokens, []] : [tokens.slice(0, space), tokens.slice(space + 1)];
}

/** The 本籍 as it is typed, from 都道府県 on. */
export function domicileOf(typed: string, { prefecture, name }: Beside['place']): string {
  const text = typed.replaceAll(/[\s\u3000]/gu, '');
  if (text.startsWith(prefecture + name)) return text;
  const town = /^.+?郡(.+)$/u.exec(name)?.[1];
  const begin = [prefecture + (town ?? name), name, town].find(
    (each) => each !== undefined && text.startsWith(each),
  );
  return prefecture + name + (begin === undefined ? text : text.slice(begin.length));
}

function item(id: ComparedItemId, { stated, registered, result, pairs }: Aligned): ComparedItem {
  const notes = pairs.flatMap(({ stated: one, registered: other, mark }) => {
    if (mark === 'variant') return [`「${one.text}」は、登録では「${other.text}」です（字の形のちがい）`];
    if (mark !== 'replaced') return [];
    return [`「${one.text}」は、カードに入らない字の代わりです（代替文字）。登録では「${other.text}」です`];
  });
  return { item: id, result, stated: [...stated], registered: [...registered], notes: [...new Set(notes)] };
}

const plain = (text: string, mark: 'same' | 'differs') => (text === '' ? [] : [{ text, mark }]);

const absent = (id: ComparedItemId, stated: string): ComparedItem => ({
  item: id,
  result: 'missing',
  stated: plain(stated, 'differs'),
  registered: [],
  notes: ['くらべるものが、台帳にありません'],
});

function birthDate(stated: BasicFourItems['birthDate'], member: Member | null): ComparedItem {
  if (!member) return absent('birth-date', warekiDate(stated));
  const isSame = member.birthDate === stated;
  const mark = isSame ? 'same' : 'differs';
  return {
    item: 'birth-date',
    result: mark,
    stated: plain(warekiDate(stated), mark),
    registered: plain(warekiDate(member.birthDate), mark),
    notes: [],
  };
}

type Address = AddressHistoryEntry['members'][number]['addresses'][number];

/** Of the person in the 附票, the newest first; nothing when not exactly one of it fits. */
export function addressesOf(history: AddressHistoryEntry | null, member: Member | null): readonly Address[] {
  if (!history || !member) return [];
  const found = history.members.filter(
    (each) =>
      !each.removed &&
      each.givenName === member.givenName &&
      (each.birthDate ?? member.birthDate) === member.birthDate,
  );
  return found.length === 1 ? [...found[0]!.addresses].reverse() : [];
}

function address(
  { address: stated, addressReplacements }: BasicFourItems,
  addresses: readonly Address[],
): ComparedItem {
  const [newest, ...earlier] = addresses;
  if (!newest) return absent('address', stated);
  const compared = item(
    'address',
    align(placeTokens(stated, addressReplacements), placeTokens(newest.address)),
  );
  if (compared.result !== 'differs') return compared;
  if (placeForm(withoutBuilding(stated)) === placeForm(withoutBuilding(newest.address))) {
    return { ...compared, result: 'variant', notes: ['番地まで同じで、建物の名前などの書き方がちがいます'] };
  }
  const before = earlier.find((each) => placeForm(each.address) === placeForm(stated));
  const words = before
    ? '附票の前の住所と同じです。新しい住所は、カードとちがいます'
    : '附票のどの住所とも、ちがいます';
  return { ...compared, notes: [words] };
}

/** 方書 stands behind a space. */
const withoutBuilding = (text: string): string => text.trim().replace(/[\s\u3000].*$/u, '');

export interface Standing {
  /** people on this 戸籍 with this 名 and 生年月日 who have not left it */
  readonly alike: number;
  /** the register of residents ties member and card to two people */
  readonly isAnotherResident: boolean;
  /** a row differs from its source */
  readonly isInDoubt: boolean;
}

export function obstaclesOf(
  items: readonly ComparedItem[],
  { register, history, member }: Beside,
  { alike, isAnotherResident, isInDoubt }: Standing,
): readonly Obstacle[] {
  const result = (id: ComparedItemId) => items.find((each) => each.item === id)?.result;
  const found: readonly (readonly [Obstacle, boolean])[] = [
    ['nobody-on-register', member === null],
    ['birth-date-differs', member !== null && result('birth-date') !== 'same'],
    [
      'given-name-differs',
      member !== null && (result('given-name') === 'differs' || result('given-name') === 'missing'),
    ],
    ['domicile-differs', result('domicile') === 'differs'],
    ['removed', member?.removed === true],
    ['register-closed', register.status !== 'current' || (history !== null && history.status !== 'current')],
    ['notification-pending', register.pendingNotification || history?.pendingNotification === true],
    ['not-one-person', member !== null && !member.removed && alike !== 1],
    ['another-resident', isAnotherResident],
    ['row-in-doubt', isInDoubt],
  ];
  return found.flatMap(([obstacle, stands]) => (stands ? [obstacle] : []));
}

/** Items that an officer must have looked at one by one before the person is registered. */
export const itemsToConfirm = (items: readonly ComparedItem[]): readonly ComparedItemId[] =>
  items.flatMap(({ item: id, result }) => (result === 'differs' || result === 'missing' ? [id] : []));
