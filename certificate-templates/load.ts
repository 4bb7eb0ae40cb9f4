/**
 * Loads kinds, layouts and municipality profiles from JSON: validated, cross-checked, frozen, digested. The only I/O of
 * this room.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { hasField } from './datasets/catalogue.ts';
import { certificateKind, type CertificateKind } from './kindSchema.ts';
import { certificateLayout, type CertificateLayout } from './layoutSchema.ts';
import { municipalityProfile, type MunicipalityProfile, type ProfileKind } from './profileSchema.ts';
import { readSealImage, type SealImage } from './sealImage.ts';
import type { CertificateKindId, MunicipalityCode } from './vocabulary.ts';

/** A template file as loaded: deep-frozen, with the SHA-256 (hex) of the file's bytes. */
export interface Loaded<Value> {
  readonly value: Value;
  readonly digest: string;
}

export interface Templates {
  readonly kinds: ReadonlyMap<CertificateKindId, Loaded<CertificateKind>>;
  readonly layouts: ReadonlyMap<string, Loaded<CertificateLayout>>;
  readonly profiles: ReadonlyMap<MunicipalityCode, Loaded<MunicipalityProfile>>;
  readonly seals: ReadonlyMap<string, Loaded<SealImage>>;
}

/** A template file that cannot be used: which file, and every fault found in it. */
export class TemplateError extends Error {
  readonly file: string;
  constructor(file: string, faults: readonly string[]) {
    super(`${file}: ${faults.join('; ')}`);
    this.file = file;
    this.name = 'TemplateError';
  }
}

/** The directory of this room, as shipped. */
export const templatesDirectory = fileURLToPath(new URL('.', import.meta.url));

/**
 * Loads everything under `directory` (kinds/, layouts/, profiles/, profiles/seals/). Throws TemplateError for the first
 * file that is not valid or does not agree with the others.
 */
export function loadTemplates(directory: string = templatesDirectory): Templates {
  const kinds = loadFolder(join(directory, 'kinds'), certificateKind, ({ id }) => id);
  const layouts = loadFolder(join(directory, 'layouts'), certificateLayout, ({ id }) => id);
  const profiles = loadFolder(
    join(directory, 'profiles'),
    municipalityProfile,
    ({ municipality }) => municipality,
  );
  const seals = new Map<string, Loaded<SealImage>>();
  const templates: Templates = { kinds, layouts, profiles, seals };
  for (const { value: profile } of profiles.values()) {
    const file = `profiles/${profile.municipality}.json`;
    for (const { image } of profile.seal) {
      if (!seals.has(image)) seals.set(image, loadSeal(join(directory, 'profiles', 'seals', image)));
    }
    const faults = profileFaults(profile, templates);
    if (faults.length > 0) throw new TemplateError(file, faults);
  }
  return Object.freeze(templates);
}

/** One digest over kind, layout, profile and seal in force, hex: goes into the manifest, the order and the audit. */
export function templateDigest(...parts: readonly Loaded<unknown>[]): string {
  const hash = createHash('sha256');
  for (const { digest } of parts) hash.update(`${digest}\n`);
  return hash.digest('hex');
}

/**
 * What makes a profile unusable with these kinds, layouts and seals, in words; empty when it is usable. Also the check
 * behind the municipal console's save button.
 */
export function profileFaults(profile: MunicipalityProfile, templates: Templates): readonly string[] {
  return [
    ...profile.kinds.flatMap((entry) => kindFaults(entry, templates)),
    ...profile.kinds.flatMap((entry) => sealPlaceFaults(profile, entry, templates)),
    ...profile.seal.flatMap(({ image, widthMm }) => sealFaults(image, widthMm, templates)),
  ];
}

function kindFaults(entry: ProfileKind, templates: Templates): readonly string[] {
  const kind = templates.kinds.get(entry.kind)?.value;
  if (!kind) return [`no kind ${entry.kind}`];
  const layout = templates.layouts.get(entry.layout)?.value;
  const faults: string[] = [];
  if (!layout) faults.push(`no layout ${entry.layout}`);
  else if (layout.dataset !== kind.dataset) faults.push(`${entry.layout} is not a layout of ${kind.dataset}`);
  for (const option of entry.options) {
    if (!kind.options.some(({ id }) => id === option)) faults.push(`${kind.id} has no option ${option}`);
  }
  for (const extent of entry.extents ?? []) {
    if (!kind.extents.some(({ id }) => id === extent)) faults.push(`${kind.id} に範囲 ${extent} はありません`);
  }
  for (const field of Object.keys(entry.labels)) {
    if (!hasField(kind.dataset, field)) faults.push(`no field ${field} in dataset ${kind.dataset}`);
  }
  return faults;
}

/** 400 dpi at the printed width keeps the strokes of a seal apart (forms.md 5). */
const MINIMUM_DPI = 400;

function sealFaults(image: string, widthMm: number, templates: Templates): readonly string[] {
  const seal = templates.seals.get(image)?.value;
  if (!seal) return [`no seal image ${image}`];
  const dpi = seal.width / (widthMm / 25.4);
  return dpi >= MINIMUM_DPI
    ? []
    : [`${image} has ${Math.floor(dpi)} dpi at ${widthMm} mm, needs ${MINIMUM_DPI}`];
}

/** A seal is printed at its own size, never scaled to fit: a layout must have the room. */
function sealPlaceFaults(
  profile: MunicipalityProfile,
  entry: ProfileKind,
  templates: Templates,
): readonly string[] {
  const places = templates.layouts.get(entry.layout)?.value.lastPage ?? [];
  return profile.seal.flatMap(({ image, widthMm }) => {
    const seal = templates.seals.get(image)?.value;
    const widthPt = (widthMm / 25.4) * 72;
    const tooSmall = places.some(
      ({ content, frame: [, , width, height] }) =>
        content.kind === 'seal' && seal && (widthPt > width || widthPt * (seal.height / seal.width) > height),
    );
    return tooSmall ? [`${entry.layout} has no room for a seal of ${widthMm} mm`] : [];
  });
}

function loadFolder<Schema extends z.ZodType, Id extends string>(
  folder: string,
  schema: Schema,
  idOf: (value: z.infer<Schema>) => Id,
): Map<Id, Loaded<z.infer<Schema>>> {
  const loaded = new Map<Id, Loaded<z.infer<Schema>>>();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue;
    const bytes = readFileSync(join(folder, file));
    const value = parseFile(file, bytes, schema);
    if (`${idOf(value)}.json` !== file)
      throw new TemplateError(file, [`is named for another id: ${idOf(value)}`]);
    loaded.set(idOf(value), deepFreeze({ value, digest: sha256(bytes) }));
  }
  return loaded;
}

function parseFile<Schema extends z.ZodType>(file: string, bytes: Buffer, schema: Schema): z.infer<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new TemplateError(file, ['is not JSON']);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new TemplateError(
    file,
    result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
  );
}

function loadSeal(file: string): Loaded<SealImage> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new TemplateError(basename(file), ['the seal image is missing']);
  }
  try {
    return Object.freeze({ value: readSealImage(bytes), digest: sha256(bytes) });
  } catch (error) {
    throw new TemplateError(basename(file), [(error as Error).message]);
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}
