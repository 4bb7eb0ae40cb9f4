/** What a worker renders before it takes traffic: a document of every dataset that a municipality offers here. */
import { generateKeyPairSync } from 'node:crypto';
import type { Templates } from '#templates/load.ts';
import { loadSamples, type CertificateSample } from '#templates/samples.ts';
import type { CertificateKindId, MunicipalityCode } from '#templates/vocabulary.ts';
import { composeRequest } from './request.ts';
import type { Finish, RenderRequest } from './renderer.ts';

/**
 * One request per dataset with a sample, so that both forms and every code path of a view is warm. Throws RangeError when
 * no municipality offers any of them. `issued` warms tint, backs and seal too, with a key that nobody publishes.
 */
export function warmUpRequests(
  templates: Templates,
  samples: ReadonlyMap<string, CertificateSample> = loadSamples(),
  paper: Finish['kind'] = 'plain',
): readonly RenderRequest[] {
  const byDataset = new Map<string, RenderRequest>();
  for (const sample of samples.values()) {
    const dataset = templates.kinds.get(sample.kind)?.value.dataset;
    if (dataset === undefined || byDataset.has(dataset)) continue;
    const request = requestOf(templates, sample, paper);
    if (request) byDataset.set(dataset, request);
  }
  if (byDataset.size === 0) throw new RangeError('no municipality offers a document to warm up with');
  return [...byDataset.values()];
}

function requestOf(
  templates: Templates,
  sample: CertificateSample,
  paper: Finish['kind'],
): RenderRequest | undefined {
  for (const [municipality, { value: profile }] of templates.profiles) {
    const entry = profile.kinds.find(({ kind }) => kind === sample.kind);
    if (!entry) continue;
    const include = sample.include.filter((id) => entry.options.includes(id));
    const composed = composeRequest(templates, { ...sample, requestId: 'warm-up', municipality, include });
    if (composed.kind !== 'composed') continue;
    if (paper === 'plain') return composed.request;
    const municipalityName = `${profile.prefecture}${profile.name}`;
    const finish = specimen(municipality, municipalityName, sample.kind);
    return { ...composed.request, finish };
  }
  return undefined;
}

function specimen(
  municipality: MunicipalityCode,
  municipalityName: string,
  kindId: CertificateKindId,
): Finish {
  const { privateKey } = generateKeyPairSync('ed25519');
  const frontKey = { id: 'warm-up', key: privateKey };
  const verificationUrl = 'https://warm-up.invalid/';
  return {
    kind: 'issued',
    municipality,
    municipalityName,
    kindId,
    frontKey,
    verificationUrl,
    specimen: true,
  };
}
