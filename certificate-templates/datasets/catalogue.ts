/** Every dataset a kind or layout may name. A new dataset is code; a new kind over one of these is not. */
import type { PrintableDataset } from './printable.ts';
import { residentRecordDataset } from './residentRecordFields.ts';

export const datasetIds = ['resident-record'] as const;
export type DatasetId = (typeof datasetIds)[number];

export const datasets: Readonly<Record<DatasetId, PrintableDataset>> = {
  'resident-record': residentRecordDataset,
};

/** True for a field of the document's header, of a person or of a row, and for a label the view prints. */
export function hasField(dataset: DatasetId, field: string): boolean {
  const { headerFields, personFields, rows, labelIds } = datasets[dataset];
  return [headerFields, personFields, labelIds, ...Object.values(rows)].some((fields) =>
    fields.includes(field),
  );
}
