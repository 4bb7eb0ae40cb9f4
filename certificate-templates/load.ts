/**
 * Loads kinds, layouts and municipality profiles from JSON: validated, cross-checked, frozen, digested. The only I/O of
 * this room.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { readCharacterFont } from './characterFont.ts';
import { certificateKind, type CertificateKind } from './kindSchema.ts';
import { certificateLayout, type CertificateLayout } from './layoutSchema.ts';
import { profileFaults, type BrokenFiles } from './profileChecks.ts';
import { municipalityProfile, type MunicipalityProfile } from './profileSchema.ts';
import { readSealImage, type SealImage } from './sealImage.ts';
import { inJapanese, schemaFaults, TemplateError, type TemplateFault } from './templateFault.ts';
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
  /** 外字: bytes of profiles/fonts/, in shared memory so that render workers see them without a copy */
  readonly characterFonts: ReadonlyMap<string, Loaded<Uint8Array<SharedArrayBuffer>>>;
}

/** The directory of this room, as shipped. */
export const templatesDirectory = fileURLToPath(new URL('.', import.meta.url));

/**
 * Loads everything under `directory` (kinds/, layouts/, profiles/, profiles/seals/, profiles/fonts/). Throws
 * TemplateError with every fault of every file.
 */
export function loadTemplates(directory: string = templatesDirectory): Templates {
  const { templates, faults } = readTemplates(directory);
  if (faults.length > 0) throw new TemplateError(faults);
  return templates;
}

export interface ReadTemplates {
  /** what is usable: a profile with a fault is not among them */
  readonly templates: Templates;
  readonly faults: readonly TemplateFault[];
  readonly broken: BrokenFiles;
}

/** The same without throwing, for who wants to see all faults and what can be printed in spite of them. */
export function readTemplates(directory: string): ReadTemplates {
  const faults: TemplateFault[] = [];
  const note = (fault: TemplateFault) => void faults.push(fault);
  const kinds = loadFolder(directory, 'kinds', certificateKind, ({ id }) => id, note);
  const layouts = loadFolder(directory, 'layouts', certificateLayout, ({ id }) => id, note);
  const profiles = loadFolder(
    directory,
    'profiles',
    municipalityProfile,
    ({ municipality }) => municipality,
    note,
  );
  const named = [...profiles.loaded.values()].map(({ value }) => value);
  const images = named.flatMap(({ seal }) => seal.map(({ image }) => image));
  const fonts = named.flatMap(({ characterFont }) => characterFont ?? []);
  const templates: Templates = {
    kinds: kinds.loaded,
    layouts: layouts.loaded,
    profiles: profiles.loaded,
    seals: loadFiles(directory, 'profiles/seals', images, readSealImage, note),
    characterFonts: loadFiles(directory, 'profiles/fonts', fonts, readCharacterFont, note),
  };
  const broken: BrokenFiles = { kinds: kinds.broken, layouts: layouts.broken };
  for (const profile of named) {
    const file = `profiles/${profile.municipality}.json`;
    const found = profileFaults(profile, templates, broken);
    found.forEach((fault) => note({ file, ...fault }));
    if (found.length > 0) profiles.loaded.delete(profile.municipality);
  }
  return { templates: Object.freeze(templates), faults, broken };
}

/** One digest over kind, layout, profile, seal in force and 外字, hex: goes into the manifest, the order and the audit. */
export function templateDigest(...parts: readonly Pick<Loaded<unknown>, 'digest'>[]): string {
  const hash = createHash('sha256');
  for (const { digest } of parts) hash.update(`${digest}\n`);
  return hash.digest('hex');
}

type Note = (fault: TemplateFault) => void;

interface Folder<Id, Value> {
  readonly loaded: Map<Id, Loaded<Value>>;
  /** names, without `.json`, of files that are not usable, each noted */
  readonly broken: ReadonlySet<string>;
}

function loadFolder<Schema extends z.ZodType, Id extends string>(
  directory: string,
  folder: string,
  schema: Schema,
  idOf: (value: z.infer<Schema>) => Id,
  note: Note,
): Folder<Id, z.infer<Schema>> {
  const loaded = new Map<Id, Loaded<z.infer<Schema>>>();
  const broken = new Set<string>();
  for (const name of readdirSync(join(directory, folder)).sort()) {
    if (!name.endsWith('.json')) continue;
    const file = `${folder}/${name}`;
    const bytes = readFileSync(join(directory, file));
    const parsed = parseFile(file, bytes, schema, note);
    if (parsed && `${idOf(parsed.value)}.json` === name) {
      loaded.set(idOf(parsed.value), deepFreeze({ value: parsed.value, digest: sha256(bytes) }));
      continue;
    }
    broken.add(name.slice(0, -'.json'.length));
    if (parsed) {
      note({ file, path: '', reason: `ファイルの名前が、中に書かれた ${idOf(parsed.value)} と合いません` });
    }
  }
  return { loaded, broken };
}

function parseFile<Schema extends z.ZodType>(
  file: string,
  bytes: Buffer,
  schema: Schema,
  note: Note,
): { readonly value: z.infer<Schema> } | undefined {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    note({ file, path: '', reason: 'JSONとして読めません' });
    return undefined;
  }
  const result = schema.safeParse(json, { error: inJapanese });
  if (result.success) return { value: result.data };
  schemaFaults(file, result.error).forEach(note);
  return undefined;
}

/** Files that profiles name, each once; one that is missing or not readable is noted. */
function loadFiles<Value>(
  directory: string,
  folder: string,
  names: readonly string[],
  read: (bytes: Buffer) => Value,
  note: Note,
): Map<string, Loaded<Value>> {
  const loaded = new Map<string, Loaded<Value>>();
  for (const name of new Set(names)) {
    const file = `${folder}/${name}`;
    try {
      const bytes = readFileSync(join(directory, file));
      loaded.set(name, Object.freeze({ value: read(bytes), digest: sha256(bytes) }));
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      note({ file, path: '', reason: code === 'ENOENT' ? 'ファイルがありません' : message });
    }
  }
  return loaded;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Freezes a value with all its parts; bytes stay as they are. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}
