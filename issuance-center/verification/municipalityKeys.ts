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
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

/** Loads the keys, making a first one for each of `municipalities` that has none. */
export function municipalityKeys(
  dataDir: string,
  municipalities: readonly MunicipalityCode[],
): MunicipalityKeys {
  const folder = folderOf(dataDir);
  for (const municipality of municipalities) {
    if (!load(folder).some((key) => key.municipality === municipality)) {
      store(folder, { municipality, from: null, privateKey: newKey() });
    }
  }
  const keys = load(folder);
  const of = (municipality: MunicipalityCode) => keys.filter((key) => key.municipality === municipality);
  return {
    keyOf: (municipality, issueDate) => {
      const current = of(municipality).findLast(({ from }) => from === null || from <= issueDate);
      if (!current) throw new RangeError(`municipality ${municipality} has no key for fronts`);
      return { id: current.id, key: current.key };
    },
    published: () =>
      keys.map(({ id, municipality, from, x }) => {
        const siblings = of(municipality);
        const next = siblings[siblings.findIndex((key) => key.id === id) + 1]?.from;
        const until = next ? addDays(next, -1) : null;
        return { kid: id, municipality, from, until, jwk: { kty: 'OKP', crv: 'Ed25519', x } };
      }),
  };
}

/**
 * Makes the key that takes over on `from`; the center uses it from its next start on. Throws RangeError when the
 * municipality has no key yet or a later one already.
 */
export function addMunicipalityKey(dataDir: string, municipality: MunicipalityCode, from: CivilDate): string {
  const folder = folderOf(dataDir);
  const last = load(folder).findLast((key) => key.municipality === municipality);
  if (!last) throw new RangeError(`municipality ${municipality} has no key yet; start the center first`);
  if (last.from !== null && last.from >= from) {
    throw new RangeError(`municipality ${municipality} has a key from ${last.from} on; choose a later day`);
  }
  return store(folder, { municipality, from, privateKey: newKey() });
}

const folderOf = (dataDir: string): string => join(resolve(dataDir), 'municipality-keys');

function newKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Written beside its place and renamed into it: there is never half a key. Returns the key's id. */
function store(folder: string, file: z.infer<typeof keyFile>): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = `${file.municipality}.${file.from ?? 'first'}.json`;
  const draft = join(folder, `.${name}.${process.pid}`);
  writeFileSync(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  try {
    renameSync(draft, join(folder, name));
  } finally {
    rmSync(draft, { force: true });
  }
  return storedKey(file).id;
}

/** By municipality, oldest first. Throws when a file there is not a key: signing with less than all is no choice. */
function load(folder: string): readonly StoredKey[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const names = readdirSync(folder).filter((name) => /^\d{6}\.[^.]+\.json$/.test(name));
  const keys = names.map((name) =>
    storedKey(keyFile.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))),
  );
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
