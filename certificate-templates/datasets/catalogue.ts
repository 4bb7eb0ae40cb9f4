/** Every dataset a kind or layout may name. A new dataset is code; a new kind over one of these is not. */
import { addressHistoryDataset } from './addressHistoryView.ts';
import { familyRegisterDataset } from './familyRegisterView.ts';
import type { PrintableDataset } from './printable.ts';
import { receiptDataset } from './receipt.ts';
import { registrationApplicationDataset } from './registrationApplication.ts';
import { residentRecordDataset } from './residentRecordFields.ts';
import { sealRegistrationDataset } from './sealRegistrationFields.ts';
import { taxationDataset } from './taxationFields.ts';
import { taxPaymentDataset } from './taxPaymentFields.ts';

export const datasetIds = [
  'resident-record',
  'family-register',
  'family-register-address',
  'seal-registration',
  'taxation',
  'tax-payment',
  'receipt',
  'registration-application',
] as const;
export type DatasetId = (typeof datasetIds)[number];

export const datasets: Readonly<Record<DatasetId, PrintableDataset>> = {
  'resident-record': residentRecordDataset,
  'family-register': familyRegisterDataset,
  'family-register-address': addressHistoryDataset,
  'seal-registration': sealRegistrationDataset,
  taxation: taxationDataset,
  'tax-payment': taxPaymentDataset,
  receipt: receiptDataset,
  'registration-application': registrationApplicationDataset,
};

/** True for a field of the document's header, of a person or of a row, and for a label the view prints. */
export function hasField(dataset: DatasetId, field: string): boolean {
  const { headerFields, personFields, rows, labelIds } = datasets[dataset];
  return [headerFields, personFields, labelIds, ...Object.values(rows)].some((fields) =>
    fields.includes(field),
  );
}
