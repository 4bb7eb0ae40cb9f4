/** Whether the samples are documents that could be printed: the part of `npm run templates:check` without a renderer. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { datasets, type DatasetId } from './datasets/catalogue.ts';
import type { ReadTemplates } from './load.ts';
import { certificateSample, sheetSample, type CertificateSample, type SheetSample } from './samples.ts';
import { inJapanese, schemaFaults, type TemplateFault } from './templateFault.ts';

export interface CheckedSamples {
  /** by the name of the file, without `.json` */
  readonly samples: ReadonlyMap<string, CertificateSample>;
  readonly sheets: ReadonlyMap<string, SheetSample>;
  readonly faults: readonly TemplateFault[];
}

/** Every sample under `directory`/samples that a document can be made of, and what is wrong with the others. */
export function checkSamples(directory: string, read: Omit<ReadTemplates, 'faults'>): CheckedSamples {
  const certificates = checkFolder(directory, 'samples', certificateSample, (sample) =>
    certificateFaults(sample, read),
  );
  const sheets = checkFolder(directory, 'samples/sheets', sheetSample, (sample) => sheetFaults(sample, read));
  return {
    samples: certificates.sound,
    sheets: sheets.sound,
    faults: [...certificates.faults, ...sheets.faults],
  };
}

type Fault = Omit<TemplateFault, 'file'>;

function checkFolder<Schema extends z.ZodType>(
  directory: string,
  folder: string,
  schema: Schema,
  faultsOf: (sample: z.infer<Schema>) => readonly Fault[],
) {
  const sound = new Map<string, z.infer<Schema>>();
  const faults: TemplateFault[] = [];
  const path = join(directory, folder);
  for (const name of existsSync(path) ? readdirSync(path).sort() : []) {
    if (!name.endsWith('.json')) continue;
    const file = `${folder}/${name}`;
    const outcome = readSample(file, readFileSync(join(path, name), 'utf8'), schema);
    if ('faults' in outcome) {
      faults.push(...outcome.faults);
      continue;
    }
    const found = faultsOf(outcome.sample).map((fault) => ({ file, ...fault }));
    faults.push(...found);
    if (found.length === 0) sound.set(name.slice(0, -'.json'.length), outcome.sample);
  }
  return { sound, faults };
}

function readSample<Schema extends z.ZodType>(
  file: string,
  text: string,
  schema: Schema,
): { readonly sample: z.infer<Schema> } | { readonly faults: readonly TemplateFault[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { faults: [{ file, path: '', reason: 'JSONとして読めません' }] };
  }
  const parsed = schema.safeParse(json, { error: inJapanese });
  return parsed.success ? { sample: parsed.data } : { faults: schemaFaults(file, parsed.error) };
}

type Read = Omit<ReadTemplates, 'faults'>;

function certificateFaults(sample: CertificateSample, { templates, broken }: Read): readonly Fault[] {
  const kind = templates.kinds.get(sample.kind)?.value;
  if (!kind && broken.kinds.has(sample.kind)) return [];
  if (!kind) return [{ path: 'kind', reason: `種類 ${sample.kind} はありません` }];
  const faults: Fault[] = sample.include
    .filter((id) => !kind.options.some((option) => option.id === id))
    .map((id) => ({ path: 'include', reason: `種類 ${kind.id} に選択肢 ${id} はありません` }));
  if (!kind.extents.some(({ id }) => id === sample.extent)) {
    faults.push({ path: 'extent', reason: `種類 ${kind.id} に範囲 ${sample.extent} はありません` });
  }
  return [...faults, ...valueFaults(kind.dataset, sample.value)];
}

function sheetFaults({ layout: id, value }: SheetSample, { templates, broken }: Read): readonly Fault[] {
  const layout = templates.layouts.get(id)?.value;
  if (!layout && broken.layouts.has(id)) return [];
  if (!layout) return [{ path: 'layout', reason: `レイアウト ${id} のファイルがありません` }];
  if (layout.purpose !== 'sheet') {
    return [{ path: 'layout', reason: `${id} は証明書のレイアウトです（purpose が sheet ではありません）` }];
  }
  return valueFaults(layout.dataset, value);
}

function valueFaults(dataset: DatasetId, value: unknown): readonly Fault[] {
  try {
    datasets[dataset].view(value, { omitted: [], labels: {} });
    return [];
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return error.issues.map(({ path, message }) => ({ path: ['value', ...path].join('.'), reason: message }));
  }
}
