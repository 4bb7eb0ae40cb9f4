/**
 * 手数料 by municipality, kind and date (operations.md 3.3). A fee changes on a date boundary only; a certificate costs
 * what was in force on its issue date, whatever the clock shows when it is paid.
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
