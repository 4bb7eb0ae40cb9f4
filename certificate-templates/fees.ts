/**
 * 手数料 and 年度 by municipality, kind and date (operations.md 3.3, forms.md 8). Both change on a date boundary only; a
 * certificate costs what was in force on its issue date, whatever the clock shows when it is paid.
 */
import { inForceOn, type MunicipalityProfile } from './profileSchema.ts';
import type { CertificateKindId, CivilDate, Yen } from './vocabulary.ts';

/** The fee for one certificate of this kind issued on `date`; undefined when the kind is not offered on that day. */
export function feeOn(
  profile: MunicipalityProfile,
  kind: CertificateKindId,
  date: CivilDate,
): Yen | undefined {
  const entry = profile.kinds.find((candidate) => candidate.kind === kind);
  if (!entry || date < profile.serviceStartsOn) return undefined;
  return inForceOn(entry.fees, date)?.fee;
}

/**
 * The 年度 a tax certificate of this kind is issued for on `date`, as the Gregorian year in which it begins; null while
 * the years are switched over; undefined for a kind that has none.
 */
export function taxYearOn(
  profile: MunicipalityProfile,
  kind: CertificateKindId,
  date: CivilDate,
): number | null | undefined {
  const entry = profile.kinds.find((candidate) => candidate.kind === kind);
  return entry?.taxYears && inForceOn(entry.taxYears, date)?.year;
}
