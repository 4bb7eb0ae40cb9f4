/**
 * Sample documents, one file or more per kind: samples/<kind>.json, samples/<kind>.<case>.json; and of the sheets that
 * certify nothing, samples/sheets/. Workers warm up with them, the checks render them, people look at them. All fictional.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { templatesDirectory } from './load.ts';
import { certificateKindId, civilDate, extent, issueNumber } from './vocabulary.ts';

export const certificateSample = z.strictObject({
  kind: certificateKindId,
  extent,
  /** ids of the kind's options that are shown */
  include: z.array(z.string()),
  /** of the kind's dataset, reduced to the persons printed */
  value: z.unknown(),
  issueDate: civilDate,
  issueNumber,
});
export type CertificateSample = z.infer<typeof certificateSample>;

/** 領収書, 申請書: an order of a sheet (`composeSheet`). */
export const sheetSample = z.strictObject({
  /** id of a layout with `purpose: sheet` */
  layout: z.string(),
  /** of the layout's dataset */
  value: z.unknown(),
  title: z.string().min(1),
  /** e.g. 取扱番号 */
  issueNumberLabel: z.string().min(1),
  issueNumber: z.string().min(1),
  issueDate: civilDate,
});
export type SheetSample = z.infer<typeof sheetSample>;

/** Every sample by the name of its file, without `.json`, in the order of names. Throws ZodError or SyntaxError. */
export function loadSamples(directory: string = templatesDirectory): ReadonlyMap<string, CertificateSample> {
  return loadFolder(join(directory, 'samples'), certificateSample);
}

/** The samples of sheets, as above. */
export function loadSheetSamples(directory: string = templatesDirectory): ReadonlyMap<string, SheetSample> {
  return loadFolder(join(directory, 'samples', 'sheets'), sheetSample);
}

function loadFolder<Schema extends z.ZodType>(
  folder: string,
  schema: Schema,
): ReadonlyMap<string, z.infer<Schema>> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(
    files.sort().map((file) => {
      const sample = schema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      return [file.slice(0, -'.json'.length), sample];
    }),
  );
}
