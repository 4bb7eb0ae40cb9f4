/**
 * The keys municipalities sign fronts with (Ed25519), in DATA_DIR/municipality-keys, one file of mode 0600 a key. A key
 * is made once and never changed or removed: a new one takes over on a day of issue, and the old public key stays
 * published, because paper lives on.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { civilDate, municipalityCode, type CivilDate, type MunicipalityCode } from '#templates/vocabulary.ts';
import { addDays } from '#templates/civilTime.ts';
import type { PublishedKey } from '../contract/verification.ts';
import type { FrontKey } from './signedFront.ts';

export interface MunicipalityKeys {
  /** The key fronts of that day of issue are signed with. Throws RangeError for a municipality without one. */
  readonly keyOf: (municipality: MunicipalityCode, issueDate: CivilDate) => FrontKey;
  /** every public key there is or was, by municipality and day */
  readonly published: () => readonly Omit<PublishedKey, 'municipalityName'>[];
}

const keyFile = z.strictObject({
  municipality: municipalityCode,
  /** first day of issue; null for a municipality's first key */
  from: civilDate.nullable(),
  /** PKCS#8 PEM */
  privateKey: z.string(),
});

interface StoredKey {
  readonly id: string;
  readonly municipality: MunicipalityCode;
  readonly from: CivilDate | null;
  readonly key: KeyObject;
  /** public, base64url */
  readonly x: string;
}

/**
 * Loads the keys, making a first one for each of `municipalities` that has none. A key that is added later is noticed:
 * one that was not used on its first day would make forgeries of what the old one signs from then on.
 */
export function municipalityKeys(
  dataDir: string,
  municipalities: readonly MunicipalityCode[],
): MunicipalityKeys {
  const folder = folderOf(dataDir);
  const before = new Set(load(folder).map((key) => key.municipality));
  for (const municipality of municipalities) {
    if (!before.has(municipality)) store(folder, { municipality, from: null, privateKey: newKey() });
  }
  const keys = loaded(folder);
  return {
    keyOf: (municipality, issueDate) => {
      const own = keys().of.get(municipality) ?? [];
      const current = own.findLast(({ from }) => from === null || from <= issueDate);
      if (!current) throw new RangeError(`municipality ${municipality} has no key for fronts`);
      return { id: current.id, key: current.key };
    },
    published: () => {
      const { all, of } = keys();
      return all.map(({ id, municipality, from, x }) => {
        const siblings = of.get(municipality)!;
        const next = siblings[siblings.findIndex((key) => key.id === id) + 1]?.from;
        const until = next ? addDays(next, -1) : null;
        return { kid: id, municipality, from, until, jwk: { kty: 'OKP', crv: 'Ed25519', x } };
      });
    },
  };
}

interface Keys {
  readonly all: readonly StoredKey[];
  /** of one municipality, in the order in which they take over */
  readonly of: ReadonlyMap<string, readonly StoredKey[]>;
}

/** A change this shortly before the look may have a twin with the same time that is not seen yet. */
const UNSETTLED_MS = 2_000;

/**
 * The keys in the folder now. Files never change and are never removed: the folder's own time, and while that is young the
 * names in it, tell whether there is anything to read, however many municipalities there are.
 */
function loaded(folder: string): () => Keys {
  let known: { readonly names: string; readonly keys: Keys } | undefined;
  let settledAt = Number.NaN;
  return () => {
    const changedAt = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (known && settledAt === changedAt) return known.keys;
    const looksAt = Date.now();
    const names = namesIn(folder).join();
    if (known?.names !== names) known = { names, keys: byMunicipality(load(folder)) };
    settledAt = looksAt - changedAt > UNSETTLED_MS ? changedAt : Number.NaN;
    return known.keys;
  };
}

function byMunicipality(all: readonly StoredKey[]): Keys {
  const of = new Map<string, StoredKey[]>();
  for (const key of all) of.set(key.municipality, [...(of.get(key.municipality) ?? []), key]);
  return { all, of };
}

/**
 * Makes the key that takes over on `from`. Throws RangeError when the municipality has no key yet or a later one already,
 * and for today or a day that is over: what the old key has signed on such a day would become a forgery.
 */
export function addMunicipalityKey(
  dataDir: string,
  municipality: MunicipalityCode,
  from: CivilDate,
  today: CivilDate,
): string {
  const folder = folderOf(dataDir);
  const last = load(folder).findLast((key) => key.municipality === municipality);
  if (!last) throw new RangeError(`municipality ${municipality} has no key yet; start the center first`);
  if (last.from !== null && last.from >= from) {
    throw new RangeError(`municipality ${municipality} has a key from ${last.from} on; choose a later day`);
  }
  if (from <= today)
    throw new RangeError(`a key takes over tomorrow at the earliest; choose a day after ${today}`);
  return store(folder, { municipality, from, privateKey: newKey() });
}

const folderOf = (dataDir: string): string => join(resolve(dataDir), 'municipality-keys');

function newKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/**
 * Written beside its place and linked into it: there is never half a key, and of two processes that make the same one the
 * first one's counts. Returns the id of the key that stands there.
 */
function store(folder: string, file: z.infer<typeof keyFile>): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = `${file.municipality}.${file.from ?? 'first'}.json`;
  const draft = join(folder, `.${name}.${process.pid}`);
  writeFileSync(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return read(folder, name).id;
}

const read = (folder: string, name: string): StoredKey =>
  storedKey(keyFile.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));

const namesIn = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => /^\d{6}\.[^.]+\.json$/.test(name));

/** By municipality, oldest first. Throws when a file there is not a key: signing with less than all is no choice. */
function load(folder: string): readonly StoredKey[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keys = namesIn(folder).map((name) => read(folder, name));
  const order = ({ municipality, from }: StoredKey) => `${municipality} ${from ?? ''}`;
  return keys.sort((left, right) => (order(left) < order(right) ? -1 : 1));
}

function storedKey({ municipality, from, privateKey }: z.infer<typeof keyFile>): StoredKey {
  const key = createPrivateKey(privateKey);
  const x = createPublicKey(key).export({ format: 'jwk' }).x!;
  // RFC 7638, of the members RFC 8037 names
  const thumbprint = createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
  return { id: `${municipality}-${thumbprint.slice(0, 8)}`, municipality, from, key, x };
}
