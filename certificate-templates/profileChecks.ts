/**
 * What makes a profile unusable with the kinds, layouts, seals and fonts there are. Also the check behind the municipal
 * console's save button. Reasons are for municipal staff.
 */
import { datasets, hasField } from './datasets/catalogue.ts';
import { isIssuable } from './datasets/sources.ts';
import type { CertificateKind } from './kindSchema.ts';
import type { CertificateLayout } from './layoutSchema.ts';
import type { Templates } from './load.ts';
import type { MunicipalityProfile, ProfileKind } from './profileSchema.ts';
import type { SealImage } from './sealImage.ts';

/** `path` within the profile, e.g. kinds.0.layout. */
export interface ProfileFault {
  readonly path: string;
  readonly reason: string;
}

/** Ids of files that are there and not usable: what does not agree with them is no fault of its own. */
export interface BrokenFiles {
  readonly kinds: ReadonlySet<string>;
  readonly layouts: ReadonlySet<string>;
}
const NONE: BrokenFiles = { kinds: new Set(), layouts: new Set() };

/** Every fault of the profile; empty when it is usable. */
export function profileFaults(
  profile: MunicipalityProfile,
  templates: Templates,
  broken: BrokenFiles = NONE,
): readonly ProfileFault[] {
  const isJudged = ({ kind, layout }: ProfileKind) => !broken.kinds.has(kind) && !broken.layouts.has(layout);
  const under = (path: string, faults: readonly ProfileFault[]): readonly ProfileFault[] =>
    faults.map((fault) => ({ path: `${path}.${fault.path}`, reason: fault.reason }));
  return [
    ...profile.kinds.flatMap((entry, index) => {
      if (!isJudged(entry)) return [];
      const own = [...kindFaults(entry, templates), ...sealPlaceFaults(profile, entry, templates)];
      return under(`kinds.${index}`, own);
    }),
    ...profile.seal.flatMap((seal, index) => under(`seal.${index}`, sealFaults(seal, templates))),
    ...maintenanceFaults(profile, templates, broken),
    ...fontFaults(profile, templates),
  ];
}

function kindFaults(entry: ProfileKind, templates: Templates): readonly ProfileFault[] {
  const kind = templates.kinds.get(entry.kind)?.value;
  if (!kind) return [{ path: 'kind', reason: `証明書の種類 ${entry.kind} のファイルがありません` }];
  return [
    ...datasetFaults(kind),
    ...layoutFaults(entry, kind, templates.layouts.get(entry.layout)?.value),
    ...choiceFaults(entry, kind),
    ...unprintedFaults(entry, kind, templates.layouts.get(entry.layout)?.value),
    ...labelFaults(entry, kind),
    ...taxYearFaults(entry, kind),
  ];
}

function datasetFaults({ id, dataset }: CertificateKind): readonly ProfileFault[] {
  if (isIssuable(dataset)) return [];
  return [{ path: 'kind', reason: `${id} のデータセット ${dataset} は、住民に交付するものではありません` }];
}

function layoutFaults(
  entry: ProfileKind,
  kind: CertificateKind,
  layout: CertificateLayout | undefined,
): readonly ProfileFault[] {
  const fault = (reason: string) => [{ path: 'layout', reason }];
  if (!layout) return fault(`レイアウト ${entry.layout} のファイルがありません`);
  if (layout.dataset !== kind.dataset) {
    return fault(`${entry.layout} は ${kind.dataset} のレイアウトではありません`);
  }
  return layout.purpose === 'certificate' ? [] : fault(`${entry.layout} は証明書のレイアウトではありません`);
}

/** Options and extents are the kind's, and each extent offered has its own 認証文. */
function choiceFaults(entry: ProfileKind, kind: CertificateKind): readonly ProfileFault[] {
  const offered = entry.extents ?? kind.extents.map(({ id }) => id);
  const tooFew = kind.asking.as === 'list' && entry.options.length < kind.asking.minimum;
  return [
    ...entry.options
      .filter((option) => !kind.options.some(({ id }) => id === option))
      .map((option) => ({ path: 'options', reason: `${kind.id} に項目 ${option} はありません` })),
    ...offered
      .filter((extent) => !kind.extents.some(({ id }) => id === extent))
      .map((extent) => ({ path: 'extents', reason: `${kind.id} に範囲 ${extent} はありません` })),
    ...offered
      .filter((extent) => entry.statements[extent] === undefined)
      .map((extent) => ({ path: 'statements', reason: `範囲 ${extent} の認証文がありません` })),
    ...(tooFew
      ? [{ path: 'options', reason: '選べる項目が、選ばなければならない数より少なくなっています' }]
      : []),
  ];
}

/** A choice that changes nothing on the paper would be paid for in vain. What is no field of the form (a tax) adds rows. */
function unprintedFaults(
  entry: ProfileKind,
  { options, dataset }: CertificateKind,
  layout: CertificateLayout | undefined,
): readonly ProfileFault[] {
  if (!layout || layout.dataset !== dataset) return [];
  const { headerFields, personFields, rows } = datasets[dataset];
  const fields = new Set([headerFields, personFields, ...Object.values(rows)].flat());
  const printed = printedFields(layout);
  return options
    .filter(({ id }) => entry.options.includes(id))
    .filter(({ reveals }) => reveals.every((field) => fields.has(field) && !printed.has(field)))
    .map(({ id }) => ({ path: 'options', reason: `${entry.layout} に、項目 ${id} の欄がありません` }));
}

/** Fields of the dataset that have a place on the form. */
function printedFields(layout: CertificateLayout): ReadonlySet<string> {
  const table =
    layout.form === 'grid'
      ? [...layout.header, ...(layout.persons?.cells ?? [])]
      : [...layout.pageHead, ...Object.values(layout.rows)].flatMap(({ cells }) => cells);
  const contents = [...table, ...layout.everyPage, ...layout.lastPage].map(({ content }) => content);
  return new Set(
    contents.flatMap((content) =>
      content.kind === 'field' || content.kind === 'image' ? [content.field] : [],
    ),
  );
}

function labelFaults(entry: ProfileKind, { dataset }: CertificateKind): readonly ProfileFault[] {
  return Object.keys(entry.labels)
    .filter((field) => !hasField(dataset, field))
    .map((field) => ({ path: 'labels', reason: `データセット ${dataset} に項目 ${field} はありません` }));
}

/** 年度 belongs to tax certificates, and only to them. */
function taxYearFaults(entry: ProfileKind, { id, dataset }: CertificateKind): readonly ProfileFault[] {
  const needed = datasets[dataset].registers.includes('tax');
  if (needed === (entry.taxYears !== undefined)) return [];
  const reason = needed ? `${id} には年度（taxYears）が必要です` : `${id} に年度（taxYears）はありません`;
  return [{ path: 'taxYears', reason }];
}

/** 400 dpi at the printed width keeps the strokes of a seal apart (forms.md 5). */
const MINIMUM_DPI = 400;

function sealFaults(
  { image, widthMm }: MunicipalityProfile['seal'][number],
  templates: Templates,
): readonly ProfileFault[] {
  const seal = templates.seals.get(image)?.value;
  if (!seal) return [{ path: 'image', reason: `公印の画像 ${image} がないか、読み取れません` }];
  const dpi = Math.floor(seal.width / (widthMm / 25.4));
  if (dpi >= MINIMUM_DPI) return [];
  return [
    {
      path: 'widthMm',
      reason: `${image} は幅 ${widthMm}mm で ${dpi}dpi です（${MINIMUM_DPI}dpi 以上が必要）`,
    },
  ];
}

/** A seal is printed at its own size, never scaled to fit: a layout must have the room. */
function sealPlaceFaults(
  profile: MunicipalityProfile,
  entry: ProfileKind,
  templates: Templates,
): readonly ProfileFault[] {
  const places = (templates.layouts.get(entry.layout)?.value.lastPage ?? []).filter(
    ({ content }) => content.kind === 'seal',
  );
  return profile.seal.flatMap(({ image, widthMm }) => {
    const seal = templates.seals.get(image)?.value;
    const fits = !seal || places.every(({ frame }) => hasRoom(frame, seal, widthMm));
    return fits
      ? []
      : [{ path: 'layout', reason: `${entry.layout} に ${widthMm}mm の公印を置く場所がありません` }];
  });
}

function hasRoom([, , width, height]: readonly number[], seal: SealImage, widthMm: number): boolean {
  const widthPt = (widthMm / 25.4) * 72;
  return widthPt <= width! && widthPt * (seal.height / seal.width) <= height!;
}

/** A stop that names no kind would stop nothing, and nobody would notice. */
function maintenanceFaults(
  profile: MunicipalityProfile,
  templates: Templates,
  broken: BrokenFiles,
): readonly ProfileFault[] {
  return profile.maintenance.flatMap(({ kinds }, index) =>
    (kinds === 'all' ? [] : kinds)
      .filter((kind) => !templates.kinds.has(kind) && !broken.kinds.has(kind))
      .map((kind) => ({
        path: `maintenance.${index}.kinds`,
        reason: `証明書の種類 ${kind} のファイルがありません`,
      })),
  );
}

function fontFaults({ characterFont }: MunicipalityProfile, templates: Templates): readonly ProfileFault[] {
  if (characterFont === undefined || templates.characterFonts.has(characterFont)) return [];
  return [{ path: 'characterFont', reason: `外字のフォント ${characterFont} がないか、読み取れません` }];
}
