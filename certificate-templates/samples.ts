/**
 * Sample documents, one file or more per kind: samples/<kind>.json, samples/<kind>.<case>.json. Workers warm up with them,
 * the checks render them, people look at them. All fictional.
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

/** Every sample by the name of its file, without `.json`, in the order of names. Throws ZodError or SyntaxError. */
export function loadSamples(directory: string = templatesDirectory): ReadonlyMap<string, CertificateSample> {
  const folder = join(directory, 'samples');
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(
    files.sort().map((file) => {
      const sample = certificateSample.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      return [file.slice(0, -'.json'.length), sample];
    }),
  );
}
