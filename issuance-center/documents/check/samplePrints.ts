/** Every sample as it would be printed: by every municipality that offers its kind, or as a sheet of nobody's. */
import type { Templates } from '#templates/load.ts';
import type { CertificateSample, SheetSample } from '#templates/samples.ts';
import type { TemplateFault } from '#templates/templateFault.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { composeRequest, composeSheet } from '../request.ts';
import type { Renderer, RenderOutcome, RenderRequest } from '../renderer.ts';

export interface LayoutPrint {
  /** name of the sample's file without `.json` */
  readonly sample: string;
  /** absent on a sheet that certifies nothing */
  readonly municipality?: MunicipalityCode;
  /** id */
  readonly layout: string;
  readonly request: RenderRequest;
}
export interface SamplePrint extends LayoutPrint {
  readonly municipality: MunicipalityCode;
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

/** 領収書, 申請書. */
export function sheetPrints(
  templates: Templates,
  sheets: ReadonlyMap<string, SheetSample>,
): readonly LayoutPrint[] {
  return [...sheets].map(([sample, sheet]) => {
    const request = composeSheet(templates, { ...sheet, requestId: sample });
    return { sample, layout: sheet.layout, request };
  });
}

export interface Printed extends LayoutPrint {
  readonly bytes: Uint8Array;
  readonly pages: number;
}
export interface PrintedSamples {
  readonly printed: readonly Printed[];
  readonly faults: readonly TemplateFault[];
}

/** Renders them all; a sample that cannot be printed is a fault of its municipality's layout. */
export function printSamples(render: Renderer, prints: readonly LayoutPrint[]): PrintedSamples {
  const printed: Printed[] = [];
  const faults: TemplateFault[] = [];
  for (const print of prints) {
    const outcome = render(print.request);
    if (outcome.kind === 'rendered') printed.push({ ...print, bytes: outcome.bytes, pages: outcome.pages });
    else faults.push({ file: fileOf(print), ...refusal(print, outcome) });
  }
  return { printed, faults };
}

const fileOf = ({ sample, municipality }: LayoutPrint): string =>
  municipality === undefined ? `samples/sheets/${sample}.json` : `samples/${sample}.json`;

function refusal(
  { layout, municipality }: LayoutPrint,
  outcome: Extract<RenderOutcome, { kind: 'refused' }>,
): Omit<TemplateFault, 'file'> {
  const path = municipality ?? '';
  if (outcome.reason === 'undrawable-character') {
    return { path, reason: `印刷できない文字があります：${outcome.codePoints.join(' ')}` };
  }
  const person = outcome.person === undefined ? '' : `（${outcome.person}人目）`;
  return {
    path,
    reason: `${layout} の ${outcome.place}${person} に、60％まで小さくして2行にしても入りません`,
  };
}
