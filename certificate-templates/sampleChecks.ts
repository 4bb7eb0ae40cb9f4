/** Whether the samples are documents that the kinds could print: the part of `npm run templates:check` without a renderer. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { datasets } from './datasets/catalogue.ts';
import type { Templates } from './load.ts';
import { certificateSample, type CertificateSample } from './samples.ts';
import { inJapanese, schemaFaults, type TemplateFault } from './templateFault.ts';

export interface CheckedSamples {
  /** by the name of the file, without `.json` */
  readonly samples: ReadonlyMap<string, CertificateSample>;
  readonly faults: readonly TemplateFault[];
}

/** Every sample under `directory`/samples that a document can be made of, and what is wrong with the others. */
export function checkSamples(directory: string, templates: Templates): CheckedSamples {
  const samples = new Map<string, CertificateSample>();
  const faults: TemplateFault[] = [];
  const folder = join(directory, 'samples');
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.json')) continue;
    const file = `samples/${name}`;
    const outcome = readSample(file, readFileSync(join(folder, name), 'utf8'));
    if (outcome.kind === 'faulty') {
      faults.push(...outcome.faults);
      continue;
    }
    const found = agreementFaults(outcome.sample, templates).map((fault) => ({ file, ...fault }));
    faults.push(...found);
    if (found.length === 0) samples.set(name.slice(0, -'.json'.length), outcome.sample);
  }
  return { samples, faults };
}

type ReadOutcome =
  | { readonly kind: 'read'; readonly sample: CertificateSample }
  | { readonly kind: 'faulty'; readonly faults: readonly TemplateFault[] };

function readSample(file: string, text: string): ReadOutcome {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'faulty', faults: [{ file, path: '', reason: 'JSONとして読めません' }] };
  }
  const parsed = certificateSample.safeParse(json, { error: inJapanese });
  if (parsed.success) return { kind: 'read', sample: parsed.data };
  return { kind: 'faulty', faults: schemaFaults(file, parsed.error) };
}

type Fault = Omit<TemplateFault, 'file'>;

function agreementFaults(sample: CertificateSample, { kinds }: Templates): readonly Fault[] {
  const kind = kinds.get(sample.kind)?.value;
  if (!kind) return [{ path: 'kind', reason: `種類 ${sample.kind} はありません` }];
  const faults: Fault[] = sample.include
    .filter((id) => !kind.options.some((option) => option.id === id))
    .map((id) => ({ path: 'include', reason: `種類 ${kind.id} に選択肢 ${id} はありません` }));
  if (!kind.extents.some(({ id }) => id === sample.extent)) {
    faults.push({ path: 'extent', reason: `種類 ${kind.id} に範囲 ${sample.extent} はありません` });
  }
  return [...faults, ...valueFaults(kind.dataset, sample.value)];
}

function valueFaults(dataset: keyof typeof datasets, value: unknown): readonly Fault[] {
  try {
    datasets[dataset].view(value, { omitted: [], labels: {} });
    return [];
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return error.issues.map(({ path, message }) => ({ path: ['value', ...path].join('.'), reason: message }));
  }
}
