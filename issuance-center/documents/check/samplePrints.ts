/** Every sample as every municipality that offers its kind would print it: for the templates' check and for goldens. */
import type { Templates } from '#templates/load.ts';
import type { CertificateSample } from '#templates/samples.ts';
import type { TemplateFault } from '#templates/templateFault.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { composeRequest } from '../request.ts';
import type { Renderer, RenderOutcome, RenderRequest } from '../renderer.ts';

export interface SamplePrint {
  /** file of the sample without `.json` */
  readonly sample: string;
  readonly municipality: MunicipalityCode;
  /** id of the layout that this municipality prints the kind with */
  readonly layout: string;
  readonly request: RenderRequest;
}

/** Plain prints (front only, white paper), by sample and municipality. Options that a municipality lacks stay omitted. */
export function samplePrints(
  templates: Templates,
  samples: ReadonlyMap<string, CertificateSample>,
): readonly SamplePrint[] {
  return [...samples].flatMap(([name, sample]) =>
    [...templates.profiles].flatMap(([municipality, { value: profile }]) => {
      const entry = profile.kinds.find(({ kind }) => kind === sample.kind);
      const offered = entry && (entry.extents?.includes(sample.extent) ?? entry.statements[sample.extent]);
      if (!entry || !offered) return [];
      const include = sample.include.filter((id) => entry.options.includes(id));
      const order = { ...sample, requestId: `${name}.${municipality}`, municipality, include };
      const composed = composeRequest(templates, order);
      if (composed.kind !== 'composed') return [];
      return [{ sample: name, municipality, layout: entry.layout, request: composed.request }];
    }),
  );
}

export interface Printed extends SamplePrint {
  readonly bytes: Uint8Array;
  readonly pages: number;
}
export interface PrintedSamples {
  readonly printed: readonly Printed[];
  readonly faults: readonly TemplateFault[];
}

/** Renders them all; a sample that cannot be printed is a fault of its municipality's layout. */
export function printSamples(render: Renderer, prints: readonly SamplePrint[]): PrintedSamples {
  const printed: Printed[] = [];
  const faults: TemplateFault[] = [];
  for (const print of prints) {
    const outcome = render(print.request);
    if (outcome.kind === 'rendered') printed.push({ ...print, bytes: outcome.bytes, pages: outcome.pages });
    else faults.push({ file: `samples/${print.sample}.json`, ...refusal(print, outcome) });
  }
  return { printed, faults };
}

function refusal(
  { layout, municipality }: SamplePrint,
  outcome: Extract<RenderOutcome, { kind: 'refused' }>,
): Omit<TemplateFault, 'file'> {
  if (outcome.reason === 'undrawable-character') {
    return { path: municipality, reason: `印刷できない文字があります：${outcome.codePoints.join(' ')}` };
  }
  const person = outcome.person === undefined ? '' : `（${outcome.person}人目）`;
  return {
    path: municipality,
    reason: `${layout} の ${outcome.place}${person} に、60％まで小さくして2行にしても入りません`,
  };
}
