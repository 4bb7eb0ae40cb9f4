/**
 * 見本: a sample person's certificate by a version that need not be in force, on issued paper marked 見本 on every page. Its
 * codes are signed with a key that exists for this one document and is published nowhere, and its number is no certificate's:
 * it can neither be taken for one nor verify as one.
 */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { civilMoment } from '#templates/civilTime.ts';
import type { Extent } from '#templates/kindSchema.ts';
import type { Templates } from '#templates/load.ts';
import type { MunicipalityProfile } from '#templates/profileSchema.ts';
import { loadSamples, type CertificateSample } from '#templates/samples.ts';
import type { CertificateKindId, CivilDate } from '#templates/vocabulary.ts';
import { composeRequest } from '../documents/request.ts';
import type { RenderOutcome, RenderRequest } from '../documents/renderer.ts';
import type { VersionFault } from './municipalTemplates.ts';

export interface SpecimenWish {
  readonly kind: CertificateKindId;
  /** name of a sample of this kind */
  readonly sample: string;
  /** default: the sample's own */
  readonly include?: readonly string[];
  /** the day whose head, seal and statement are printed */
  readonly issueDate: CivilDate;
}

export interface SpecimenSource {
  readonly profile: MunicipalityProfile;
  readonly templates: Templates;
  readonly verificationUrl: string;
}

export type ComposedSpecimen =
  | { readonly kind: 'composed'; readonly request: RenderRequest }
  | { readonly kind: 'faults'; readonly faults: readonly VersionFault[] };

/** Before the first day there may be no head or seal yet: the first day's are shown. */
export function dayShown({ serviceStartsOn }: MunicipalityProfile, now: number): CivilDate {
  const today = civilMoment(now).date;
  return today < serviceStartsOn ? serviceStartsOn : today;
}

let known: ReadonlyMap<string, CertificateSample> | undefined;
/** Read once: they are files of this room. */
export function samples(): ReadonlyMap<string, CertificateSample> {
  known ??= loadSamples();
  return known;
}

export interface OfferedSample {
  readonly kind: CertificateKindId;
  readonly sample: string;
  readonly extent: Extent;
}

/** Samples that the profile can show, in the order of its kinds. */
export function samplesFor({ kinds }: MunicipalityProfile): readonly OfferedSample[] {
  return kinds.flatMap((entry) =>
    [...samples()].flatMap(([sample, { kind, extent }]) => {
      const offered = entry.extents?.includes(extent) ?? entry.statements[extent] !== undefined;
      return kind === entry.kind && offered ? [{ kind, sample, extent }] : [];
    }),
  );
}

const fault = (path: string, reason: string): ComposedSpecimen => ({
  kind: 'faults',
  faults: [{ path, reason }],
});

export function composeSpecimen(source: SpecimenSource, wish: SpecimenWish): ComposedSpecimen {
  const { profile, templates, verificationUrl } = source;
  const { municipality } = profile;
  const index = profile.kinds.findIndex(({ kind }) => kind === wish.kind);
  const entry = profile.kinds[index];
  const sample = samples().get(wish.sample);
  if (!entry || sample?.kind !== wish.kind) return fault('', 'この証明書の見本はありません');
  const include = (wish.include ?? sample.include).filter((id) => entry.options.includes(id));
  const { privateKey } = generateKeyPairSync('ed25519');
  const composed = composeRequest(templates, {
    ...sample,
    requestId: randomUUID(),
    municipality,
    include,
    issueDate: wish.issueDate,
    finish: {
      kind: 'issued',
      municipality,
      municipalityName: `${profile.prefecture}${profile.name}`,
      kindId: wish.kind,
      frontKey: { id: 'specimen', key: privateKey },
      verificationUrl,
      specimen: true,
    },
  });
  if (composed.kind === 'composed') return composed;
  return fault(`kinds.${index}`, 'この日に使う首長・公印・認証文のどれかがありません');
}

/** Why a specimen could not be drawn, in words. */
export function drawingFaults(outcome: Extract<RenderOutcome, { kind: 'refused' }>): readonly VersionFault[] {
  if (outcome.reason === 'undrawable-character') {
    return [{ path: '', reason: `印刷できない文字があります：${outcome.codePoints.join(' ')}` }];
  }
  return [{ path: '', reason: `様式の欄「${outcome.place}」に入りません（60％まで小さくし、2行にしても）` }];
}
