/**
 * The demo cards: who holds which card, in which state, and what a visit with it must come to. Keys and certificates are
 * made when the demo is set up (test/simulators/card, test/simulators/authority); here are only the facts about them.
 */
import { noticeOf, type NoticeCode } from '#templates/notices/notices.ts';
import { residentId, type ResidentId } from '#templates/datasets/residentRegister.ts';

export const demoCardStates = [
  'valid',
  'expired',
  'revoked',
  'suspended',
  'not-yet-valid',
  'blocked',
  'unknown-ca',
  'wrong-policy',
  'juki',
  'smartphone',
  'foreign-card',
  'no-signature-certificate',
  'unregistered',
] as const;
export type DemoCardState = (typeof demoCardStates)[number];

/** The day of the tie between certificate and resident for every card that says nothing else. */
const REGISTERED_DAYS_AGO = 400;

export interface DemoCard {
  readonly id: string;
  readonly residentId: ResidentId;
  /** four digits; no two cards share one, so that a PIN found in a file names its card */
  readonly pin: string;
  readonly password: string;
  readonly state: DemoCardState;
  readonly note: string;
  /** days before today on which the certificate was tied to the resident; null when it never was */
  readonly registeredDaysAgo: number | null;
  /** what asking for a 住民票の写し comes to during open hours */
  readonly outcome: 'issued' | NoticeCode;
}

type Details = Partial<Pick<DemoCard, 'state' | 'registeredDaysAgo'>> & {
  readonly of?: string;
  readonly notice?: string;
};

/** `of` names the resident when the card's id is not the resident's own. */
function card(id: string, pin: string, note: string, details: Details = {}): DemoCard {
  const { of = id, notice, state = 'valid', registeredDaysAgo = REGISTERED_DAYS_AGO } = details;
  const password = `DEMO${pin}${id.replaceAll('-', '').slice(0, 8).toUpperCase()}`;
  const outcome = notice === undefined ? 'issued' : noticeOf(notice);
  return { id, residentId: residentId.parse(of), pin, password, state, note, registeredDaysAgo, outcome };
}

const DESK = { notice: 'DESK-01' };

const ordinaryHolders: readonly DemoCard[] = [
  card('taro', '1234', 'householder of the worked example: wife with 旧氏, child, foreign lodger'),
  card('sakura', '2849', 'wife of taro, 旧氏 on the record'),
  card('maria', '5073', '中長期在留者 with 通称, lodger in the household of taro'),
  card('six-person-household', '8162', 'six persons: a second sheet', { of: 'six-person-head' }),
  card('five-person-household', '3947', 'five persons: one alone on the second sheet; twins', {
    of: 'five-person-head',
  }),
  card('one-person-household', '6205', 'one person; born on 29 February'),
  card('minimal-name', '4718', 'one character each for family and given name; born in 昭和64年'),
  card('long-latin-name', '9361', 'a roman name of 73 characters with its spaces'),
  card('long-address', '1584', '60 letters of address, long kanji family name'),
  card('special-permanent-resident', '6927', '特別永住者 with 漢字氏名 and 通称'),
  card('foreign-resident', '3058', 'foreign wife in a household with Japanese members'),
  card('apostrophe-name', '8471', 'apostrophe and hyphen in the name; a child as 出生による経過滞在者'),
  card('former-name', '2690', '旧氏 of five characters; compatibility ideographs that NFC destroys'),
  card('hentaigana-name', '7134', '変体仮名 in the given name; born on the first day of 昭和'),
  card('taisho-birth', '5826', 'seven-kanji family name; born on the last day of 大正'),
  card('deceased-member-household', '4093', 'widow: the late husband is not on the record any more'),
  card('fifteen-today', '9657', 'reaches 15 today: the first day on which the card can be used'),
  card('no-seal', '1378', 'no seal registered: nothing but a 住民票の写し'),
  card('moved-in-yesterday', '6742', 'moved in yesterday, usable since today; 本籍 in ためし市'),
  card('same-name-1', '3815', 'same name and birth date as same-name-2, another person'),
  card('same-name-2', '8209', 'same name and birth date as same-name-1, another person'),
  card('azusa', '2531', 'ためし市: a character of plane 2; no 個人番号 on offer, a fee that changed'),
  card('municipal-character', '8923', 'ためし市: a private-use character that only its own font draws'),
  card('three-generations', '7968', 'ためし市: 子の妻, 子の子; a child born on the first day of 令和'),
  card('manabu', '5194', '見本町: 大字, 字 and 地割 in the address'),
  card('large-family', '7319', 'a 戸籍 of thirteen on six pages: adopted, removed, missing, married abroad'),
  card(
    'registered-at-domicile',
    '6843',
    'ためし市; 本籍 in みほん市, where this card is registered already',
    {
      of: 'yuki',
    },
  ),
  card('domicile-elsewhere', '7052', 'ためし市; 本籍 in みほん市, not registered yet', {
    of: 'misaki-grandmother',
  }),
  card('extension-a-name', '4627', '見本町: a character of Extension A; no reading recorded yet'),
];

const askAtTheCounter: readonly DemoCard[] = [
  card('protected', '9083', 'protective measure: the same answer as any other counter case', DESK),
  card('household-of-protected', '1746', 'a protective measure of a member of the household', DESK),
  card('moving-out', '6359', '転出予定', DESK),
  card('household-of-mover', '3492', '転出予定 of a member of the household', DESK),
  card('moved-in-today', '8615', '転入当日', DESK),
  card('character-pending', '2178', '外字登録中', DESK),
  card('undrawable-character', '6273', 'a private-use character in the name: no font draws it', DESK),
  card('pending-procedure', '7540', 'a notification is not entered yet', DESK),
  card('moved-out', '5387', 'moved out of ためし市; the tie to the old record still stands', DESK),
  card('deceased', '4862', "the late husband's card", DESK),
  card('registered-today', '9214', 'the card was handed over today: usable from tomorrow', {
    of: 'azusa-husband',
    registeredDaysAgo: 0,
    ...DESK,
  }),
  card('under-15', '1695', '14 years old', { notice: 'RULE-01' }),
];

const cardStates: readonly DemoCard[] = [
  card('no-signature-certificate', '6431', 'no 署名用電子証明書: not needed for a 住民票の写し', {
    of: 'six-person-wife',
    state: 'no-signature-certificate',
  }),
  card('expired', '3706', '利用者証明用電子証明書 expired', {
    of: 'former-name-husband',
    state: 'expired',
    notice: 'CERT-01',
  }),
  card('revoked', '8957', 'revoked', { of: 'five-person-wife', state: 'revoked', notice: 'CERT-02' }),
  card('suspended', '2364', 'suspended after a report of loss', {
    of: 'six-person-father',
    state: 'suspended',
    notice: 'CERT-03',
  }),
  card('not-yet-valid', '7825', 'valid from a later day', {
    of: 'six-person-mother',
    state: 'not-yet-valid',
    notice: 'CERT-04',
  }),
  card('unknown-ca', '5149', 'signed by a CA nobody pinned', {
    of: 'long-given-name',
    state: 'unknown-ca',
    notice: 'CERT-05',
  }),
  card('wrong-policy', '4586', 'another certificate policy', {
    of: 'mixed-husband',
    state: 'wrong-policy',
    notice: 'CERT-06',
  }),
  card('blocked', '9742', 'three wrong PINs were entered before', {
    of: 'parent-of-under-15',
    state: 'blocked',
    notice: 'CARD-04',
  }),
  card('juki', '1963', '住民基本台帳カード', { of: 'misaki', state: 'juki', notice: 'CARD-06' }),
  card('smartphone', '6508', 'smartphone certificate', {
    of: 'yuki',
    state: 'smartphone',
    notice: 'CARD-07',
  }),
  card('foreign-card', '3271', 'some other chip card', {
    of: 'ken',
    state: 'foreign-card',
    notice: 'CARD-02',
  }),
  card('unregistered', '8390', 'a good certificate that no resident is tied to', {
    of: 'willow',
    state: 'unregistered',
    registeredDaysAgo: null,
    notice: 'AUTH-03',
  }),
];

export const demoCards: readonly DemoCard[] = [...ordinaryHolders, ...askAtTheCounter, ...cardStates];
