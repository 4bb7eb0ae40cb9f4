/** What an applicant types on the page, and what the contract takes: other widths, ひらがな and hyphens are no mistakes. Pure. */
import {
  applicantStatement,
  applicationNumber,
  type ApplicantStatement,
} from '../../contract/domicileApplication.ts';

export type Field = keyof ApplicantStatement;
export type TypedFields = Readonly<Record<Field, string>>;
export const NOTHING_TYPED: TypedFields = { domicile: '', headOfRegister: '', furigana: '', telephone: '' };

/** From ぁ to ァ in Unicode. */
const TO_KATAKANA = 0x60;
const katakana = (text: string): string =>
  text.replaceAll(/[ぁ-ゖ]/g, (letter) => String.fromCodePoint(letter.codePointAt(0)! + TO_KATAKANA));
/** Half-width forms become full-width ones; a name keeps its letters, so nothing else is normalised. */
const fullWidthKana = (text: string): string =>
  text.replaceAll(/[ｦ-ﾟ]+/g, (kana) => kana.normalize('NFKC')).replaceAll(' ', '　');
const digits = (text: string): string => text.normalize('NFKC').replaceAll(/[\s\p{Dash}ー()]/gu, '');

export type Stated =
  | { readonly kind: 'statement'; readonly statement: ApplicantStatement }
  /** in words, beside each field */
  | { readonly kind: 'faults'; readonly faults: Readonly<Partial<Record<Field, string>>> };

export function statementOf(typed: TypedFields): Stated {
  const parsed = applicantStatement.safeParse({
    domicile: typed.domicile,
    headOfRegister: typed.headOfRegister.replaceAll(' ', '　'),
    furigana: katakana(fullWidthKana(typed.furigana.trim())),
    telephone: digits(typed.telephone),
  });
  if (parsed.success) return { kind: 'statement', statement: parsed.data };
  const faults = parsed.error.issues.map(({ path, message }) => {
    const field = String(path[0]) as Field;
    return [field, field === 'furigana' ? FURIGANA : wordsOf(message)] as const;
  });
  // the first fault of a field is the one to mend first
  return { kind: 'faults', faults: Object.fromEntries([...faults].reverse()) };
}

/** Of what is taken here, which is more than the contract takes. */
const FURIGANA = '氏名のふりがなを、ひらがなか、かたかなで入れてください';
/** The contract speaks Japanese where a person can read it; a length that is exceeded does not. */
const wordsOf = (message: string): string => (/^[\p{ASCII}]*$/u.test(message) ? '長すぎます' : message);

/** 申請番号 as people type it: any case, any separators, O for 0, I and L for 1. Undefined when it cannot be one. */
export function typedApplicationNumber(text: string): string | undefined {
  const symbols = digits(text).toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const parsed = applicationNumber.safeParse(symbols.match(/.{1,4}/g)?.join('-'));
  return parsed.success ? parsed.data : undefined;
}
