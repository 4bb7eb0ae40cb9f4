/** 署名用電子証明書: the four items of its holder, in the subjectAltName (card.md 3.3). */
import { civilDate, type CivilDate } from '#templates/vocabulary.ts';
import type { BasicFourItems } from '../contract/domicileApplication.ts';
import type { Certificate } from './certificate.ts';
import { DerError, contextOf, decode, expect, oidOf, sequenceOf, type DerElement } from './der.ts';

const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';
const ITEM = '1.2.392.200149.8.5.5.';
const ITEMS = {
  name: `${ITEM}1`,
  nameReplacements: `${ITEM}2`,
  sex: `${ITEM}3`,
  birthDate: `${ITEM}4`,
  address: `${ITEM}5`,
  addressReplacements: `${ITEM}6`,
} as const;
const UTF8_STRING = 12;
const SEXES: Readonly<Record<string, BasicFourItems['sex']>> = { '1': 'male', '2': 'female', '3': 'unknown' };

/** Throws DerError when an item is missing, stands twice, or is in no form of the profile. */
export function basicFourItemsOf(certificate: Certificate): BasicFourItems {
  const extension = certificate.extensions.get(SUBJECT_ALTERNATIVE_NAME);
  if (!extension) throw new DerError('no subjectAltName');
  const texts = new Map<string, string>();
  for (const name of sequenceOf(decode(extension.value))) {
    const [type, value] = contextOf(name, 0)?.children ?? [];
    if (!type) continue;
    const id = oidOf(type);
    if (texts.has(id)) throw new DerError('an item stands twice');
    texts.set(id, textOf(contextOf(value, 0)?.children[0]));
  }
  const text = (id: keyof typeof ITEMS): string => {
    const found = texts.get(ITEMS[id]);
    if (found === undefined) throw new DerError('an item is missing');
    return found;
  };
  const sex = SEXES[text('sex')];
  if (!sex) throw new DerError('a sex of no known kind');
  const name = text('name');
  const address = text('address');
  return {
    name,
    nameReplacements: positions(text('nameReplacements'), name),
    birthDate: birthDateOf(text('birthDate')),
    sex,
    address,
    addressReplacements: positions(text('addressReplacements'), address),
  };
}

function textOf(part: DerElement | undefined): string {
  const { content } = expect(part, UTF8_STRING);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new DerError('no UTF-8');
  }
}

/** EYYYYMMDD: the digit of the era, then the Gregorian date. */
function birthDateOf(text: string): CivilDate {
  const [, year, month, day] = /^[1-5](\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  const parsed = civilDate.safeParse(`${year}-${month}-${day}`);
  if (!parsed.success) throw new DerError('a birth date in no form of the profile');
  return parsed.data;
}

/** One character for each of the text. */
function positions(text: string, of: string): string {
  if (!/^[01]*$/.test(text) || text.length !== [...of].length) {
    throw new DerError('positions that do not fit their text');
  }
  return text;
}
