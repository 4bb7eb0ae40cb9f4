/**
 * From an order to a complete render request: which persons, which fields, in whose name, by the templates in force on
 * the day of issue. Pure.
 */
import { omittedFields, type Extent } from '#templates/kindSchema.ts';
import type { CertificateLayout } from '#templates/layoutSchema.ts';
import { templateDigest, type Loaded, type Templates } from '#templates/load.ts';
import {
  inForceOn,
  marks as marksSchema,
  type MunicipalityProfile,
  type ProfileKind,
} from '#templates/profileSchema.ts';
import type { SealImage } from '#templates/sealImage.ts';
import type { CertificateKindId, CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import { characterFontOf } from './municipalFonts.ts';
import type { Finish, RenderRequest } from './renderer.ts';

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
  /** one day for everything on the paper: date and era, head, seal */
  readonly issueDate: CivilDate;
  /** plain when absent: a preview */
  readonly finish?: Finish;
}

export type RequestOutcome =
  | {
      readonly kind: 'composed';
      readonly request: RenderRequest;
      /** over kind, layout, profile, seal and 外字, hex */
      readonly templateDigest: string;
    }
  /** the municipality does not offer this kind, or nobody and no seal is in force on that day */
  | { readonly kind: 'not-offered' };

/**
 * Composes the request of a certificate. Throws RangeError for an option that the kind or the profile does not know:
 * that is a request the offer never made.
 */
export function composeRequest(templates: Templates, order: DocumentOrder): RequestOutcome {
  const profile = templates.profiles.get(order.municipality);
  const entry = profile?.value.kinds.find(({ kind }) => kind === order.kind);
  const kind = templates.kinds.get(order.kind);
  const layout = entry && templates.layouts.get(entry.layout);
  if (!profile || !entry || !kind || !layout) return { kind: 'not-offered' };
  const refusedOption = order.include.find((id) => !entry.options.includes(id));
  if (refusedOption !== undefined) throw new RangeError(`option ${refusedOption} is not offered here`);
  const certifying = certifyingOn(templates, profile.value, entry, order);
  if (!certifying && layout.value.purpose === 'certificate') return { kind: 'not-offered' };
  const characterFont = characterFontOf(templates, order.municipality);
  const request: RenderRequest = {
    ...commonParts(order, layout, profile.value),
    ...certifying?.parts,
    dataset: { id: kind.value.dataset, value: order.value },
    omitted: omittedFields(kind.value, order.include),
    labels: entry.labels,
    title: kind.value.label,
    printedTitle: kind.value.printedTitle,
    characterFont,
    finish: order.finish ?? { kind: 'plain' },
  };
  const parts = [kind, layout, profile, certifying?.seal, characterFont].filter((part) => part !== undefined);
  return { kind: 'composed', request, templateDigest: templateDigest(...parts) };
}

/** A sheet that certifies nothing: 領収書, 申請書. */
export interface SheetOrder {
  readonly requestId: string;
  /** id of a layout with `purpose: sheet` */
  readonly layout: string;
  /** of the layout's dataset */
  readonly value: unknown;
  readonly title: string;
  /** e.g. 取扱番号; printed before the number on every page */
  readonly issueNumberLabel: string;
  readonly issueNumber: string;
  readonly issueDate: CivilDate;
  /** whose marks and characters are printed; the usual ones when absent */
  readonly municipality?: MunicipalityCode;
}

/** Composes the request of a sheet. Throws RangeError for a layout that is not one. */
export function composeSheet(templates: Templates, order: SheetOrder): RenderRequest {
  const layout = templates.layouts.get(order.layout);
  if (layout?.value.purpose !== 'sheet') throw new RangeError(`${order.layout} is no layout of a sheet`);
  const { municipality, issueNumberLabel, title } = order;
  const profile = municipality && templates.profiles.get(municipality)?.value;
  return {
    ...commonParts(order, layout, { marks: profile ? profile.marks : usualMarks, issueNumberLabel }),
    dataset: { id: layout.value.dataset, value: order.value },
    omitted: [],
    labels: {},
    title,
    printedTitle: title,
    characterFont: municipality && characterFontOf(templates, municipality),
    finish: { kind: 'plain' },
  };
}

const usualMarks = marksSchema.parse({});

interface Certifying {
  readonly parts: Required<Pick<RenderRequest, 'statement' | 'certifier' | 'seal'>>;
  readonly seal: Loaded<SealImage>;
}

/** Statement, head and seal in force on the day; undefined when one of them is missing: no seal, no document. */
function certifyingOn(
  templates: Templates,
  profile: MunicipalityProfile,
  { statements }: ProfileKind,
  { extent, issueDate }: DocumentOrder,
): Certifying | undefined {
  const head = inForceOn(profile.head, issueDate);
  const inForce = inForceOn(profile.seal, issueDate);
  const seal = inForce && templates.seals.get(inForce.image);
  const statement = statements[extent];
  if (!head || !seal || statement === undefined) return undefined;
  const { widthMm, description } = inForce;
  const certifier = head.deputy ?? { title: head.title, name: head.name };
  return { parts: { statement, certifier, seal: { image: seal.value, widthMm, description } }, seal };
}

type Common = Pick<
  RenderRequest,
  'requestId' | 'layout' | 'marks' | 'issueNumberLabel' | 'issueNumber' | 'issueDate'
>;

function commonParts(
  order: Pick<DocumentOrder, 'requestId' | 'issueNumber' | 'issueDate'>,
  layout: Loaded<CertificateLayout>,
  { marks, issueNumberLabel }: Pick<MunicipalityProfile, 'marks' | 'issueNumberLabel'>,
): Common {
  const { requestId, issueNumber, issueDate } = order;
  const json = jsonOf(layout.value);
  return {
    requestId,
    layout: { digest: layout.digest, json },
    marks,
    issueNumberLabel,
    issueNumber,
    issueDate,
  };
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
