/**
 * Every dataset a resident can be issued something over, and the rows it is made of. A dataset without a source (領収書,
 * 申請書) is printed by the center on its own account, never offered.
 */
import type { AddressHistoryEntry } from './addressHistoryEntry.ts';
import { addressHistorySource } from './addressHistorySource.ts';
import type { DatasetId } from './catalogue.ts';
import type { FamilyRegisterEntry } from './familyRegisterEntry.ts';
import { familyRegisterSource } from './familyRegisterSource.ts';
import { residentRecordSource } from './residentRecordSource.ts';
import type { HouseholdEntry, ResidentEntry } from './residentRegister.ts';
import { sealRegistrationSource, type SealRegistrationEntry } from './sealRegistration.ts';
import type { DatasetSource } from './source.ts';
import type { TaxRecordEntry } from './taxation.ts';
import { taxationSource } from './taxationSource.ts';
import type { TaxPaymentEntry } from './taxPayment.ts';
import { taxPaymentSource } from './taxPaymentSource.ts';

/** Everything of one holder in the holder's municipality, of one snapshot. */
export interface RegisterRows {
  readonly household: HouseholdEntry;
  /** everyone ever entered in the household, those who left included */
  readonly residents: readonly ResidentEntry[];
  readonly seal?: SealRegistrationEntry;
  /** of every year there is, oldest first */
  readonly taxRecords: readonly TaxRecordEntry[];
  readonly taxPayments: readonly TaxPaymentEntry[];
  /** the register in this municipality on which the holder is now */
  readonly familyRegister?: FamilyRegisterEntry;
  /** its 附票 */
  readonly addressHistory?: AddressHistoryEntry;
}

/** A source whose value nobody but itself and its dataset's view looks into. */
export type RegisterSource = DatasetSource<RegisterRows, unknown>;

/** The value goes back to the very source it came from: its type need not be known between. */
function sealed<Value>(source: DatasetSource<RegisterRows, Value>): RegisterSource {
  return source as RegisterSource;
}

const sources: Readonly<Record<string, RegisterSource>> = {
  'resident-record': sealed(residentRecordSource),
  'seal-registration': sealed(sealRegistrationSource),
  taxation: sealed(taxationSource),
  'tax-payment': sealed(taxPaymentSource),
  'family-register': sealed(familyRegisterSource),
  'family-register-address': sealed(addressHistorySource),
};

/** True when a resident can be issued something over this dataset. */
export function isIssuable(dataset: DatasetId): boolean {
  return sources[dataset] !== undefined;
}

/** The source of a dataset. Throws for one without: profiles are checked at load. */
export function sourceOf(dataset: DatasetId): RegisterSource {
  const source = sources[dataset];
  if (!source) throw new Error(`dataset ${dataset} has no source`);
  return source;
}
