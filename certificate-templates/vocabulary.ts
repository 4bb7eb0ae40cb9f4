/**
 * The words every room shares. Identifiers follow GLOSSARY.md; data ids are kebab-case.
 */
import { z } from 'zod';

/** Data ids of the certificate kinds shipped here. A municipality may have others: a kind is a file, not code. */
export const shippedKindIds = [
  'resident-record-copy', // 住民票の写し
  'resident-record-items', // 住民票記載事項証明書
  'seal-registration-certificate', // 印鑑登録証明書
  'taxation-certificate', // 課税（非課税）証明書
  'income-certificate', // 所得証明書
  'tax-payment-certificate', // 納税証明書
  'family-register-full', // 戸籍全部事項証明書
  'family-register-individual', // 戸籍個人事項証明書
  'family-register-address-copy', // 戸籍の附票の写し
] as const;
/** Data id of a certificate kind: kebab-case, the name of its file. */
export const certificateKindId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, '英小文字・数字をハイフンでつないだ名前ではありません');
export type CertificateKindId = z.infer<typeof certificateKindId>;

/**
 * Who of those the holder may ask for is printed: everybody (世帯全員, 戸籍全部), chosen persons, or the holder alone.
 */
export const extent = z.enum(['whole', 'part', 'self']);
export type Extent = z.infer<typeof extent>;

/** The registers a municipality feeds; each has an age of its own (operations.md 7, T6). */
export const registerIds = [
  'resident',
  'seal',
  'tax',
  'family-register',
  'address-history',
  'restriction',
  'certificate-link',
] as const;
export const registerId = z.enum(registerIds);
export type RegisterId = z.infer<typeof registerId>;

/**
 * True when the sixth digit is the check digit of 全国地方公共団体コード:
 * digits x 6,5,4,3,2, sum mod 11, check = last digit of (11 - remainder).
 */
export function isMunicipalityCode(value: string): boolean {
  if (!/^\d{6}$/.test(value)) return false;
  const digits = [...value].map(Number);
  const sum = digits.slice(0, 5).reduce((total, digit, index) => total + digit * (6 - index), 0);
  return (11 - (sum % 11)) % 10 === digits[5];
}

/** 団体コード, six digits with its check digit. */
export const municipalityCode = z
  .string()
  .refine(isMunicipalityCode, '6桁の団体コードではないか、検査数字が合いません')
  .brand<'MunicipalityCode'>();
export type MunicipalityCode = z.infer<typeof municipalityCode>;

/** 手数料 and every other amount of money: whole yen, never negative. */
export const yen = z.number().int().min(0).max(1_000_000).brand<'Yen'>();
export type Yen = z.infer<typeof yen>;

/** 発行番号: four groups of four from an alphabet without look-alikes; random, never built from a clock. */
export const issueNumber = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
  .brand<'IssueNumber'>();
export type IssueNumber = z.infer<typeof issueNumber>;

/** A civil date in Japan, `YYYY-MM-DD`, Gregorian. */
export const civilDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'YYYY-MM-DD の形ではありません')
  .refine((text) => isDay(text), 'ない日付です')
  .brand<'CivilDate'>();
export type CivilDate = z.infer<typeof civilDate>;

/** Time is a parameter everywhere: milliseconds since the epoch. */
export type Clock = () => number;

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
