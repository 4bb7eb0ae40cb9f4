/**
 * From an order to a complete render request: which persons, which fields, in whose name, by the templates in force on
 * the day of issue. Pure.
 */
import { omittedFields, type Extent } from '#templates/kindSchema.ts';
import { templateDigest, type Templates } from '#templates/load.ts';
import { inForceOn } from '#templates/profileSchema.ts';
import type { CertificateKindId, CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import type { RenderRequest } from './renderer.ts';

export interface DocumentOrder {
  /** random, one per rendering */
  readonly requestId: string;
  readonly municipality: MunicipalityCode;
  readonly kind: CertificateKindId;
  readonly extent: Extent;
  /** ids of options to show, checked against the offer before */
  readonly include: readonly string[];
  /** of the kind's dataset, reduced to the persons asked for */
  readonly value: unknown;
  readonly issueNumber: string;
  readonly issueDate: CivilDate;
}

export type RequestOutcome =
  | {
      readonly kind: 'composed';
      readonly request: RenderRequest;
      /** over kind, layout, profile and seal, hex */
      readonly templateDigest: string;
    }
  /** the municipality does not offer this kind, or nobody and no seal is in force on that day */
  | { readonly kind: 'not-offered' };

/**
 * Composes the request. Throws RangeError for a person who is not in the record or an option that the kind or the
 * profile does not know: that is a request the offer never made.
 */
export function composeRequest(templates: Templates, order: DocumentOrder): RequestOutcome {
  const profile = templates.profiles.get(order.municipality);
  const entry = profile?.value.kinds.find(({ kind }) => kind === order.kind);
  const kind = templates.kinds.get(order.kind);
  if (!profile || !entry || !kind) return { kind: 'not-offered' };
  const layout = templates.layouts.get(entry.layout);
  const head = inForceOn(profile.value.head, order.issueDate);
  const sealInForce = inForceOn(profile.value.seal, order.issueDate);
  const seal = sealInForce && templates.seals.get(sealInForce.image);
  if (!layout || !head || !seal) return { kind: 'not-offered' };
  const refusedOption = order.include.find((id) => !entry.options.includes(id));
  if (refusedOption !== undefined) throw new RangeError(`option ${refusedOption} is not offered here`);
  const request: RenderRequest = {
    requestId: order.requestId,
    layout: { digest: layout.digest, json: jsonOf(layout.value) },
    dataset: { id: kind.value.dataset, value: order.value },
    omitted: omittedFields(kind.value, order.include),
    labels: entry.labels,
    marks: profile.value.marks,
    title: kind.value.label,
    printedTitle: kind.value.printedTitle,
    issueNumberLabel: profile.value.issueNumberLabel,
    issueNumber: order.issueNumber,
    issueDate: order.issueDate,
    statement: entry.statements[order.extent] ?? '',
    certifier: head.deputy ?? { title: head.title, name: head.name },
    finish: { kind: 'plain' },
    seal: { image: seal.value, widthMm: sealInForce.widthMm, description: sealInForce.description },
  };
  return { kind: 'composed', request, templateDigest: templateDigest(kind, layout, profile, seal) };
}

const jsonByLayout = new WeakMap<object, string>();

/** Layouts are frozen: their JSON is made once. */
function jsonOf(layout: object): string {
  const known = jsonByLayout.get(layout);
  if (known !== undefined) return known;
  const json = JSON.stringify(layout);
  jsonByLayout.set(layout, json);
  return json;
}
