/**
 * A fictional household with one of each: 旧氏, a child born here, a foreign resident with 通称 (forms.md 3.6). Its
 * individual number has a wrong check digit on purpose.
 */
import { residentRecord, type ResidentRecord } from '#templates/datasets/residentRecord.ts';
import { loadSamples } from '#templates/samples.ts';

export const sampleHousehold: ResidentRecord = residentRecord.parse(
  loadSamples().get('resident-record-copy')!.value,
);
