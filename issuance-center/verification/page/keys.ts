/** The municipalities' public keys: fetched anew when there is a network, kept for when there is none. */
import { publishedKeys, type PublishedKey, type PublishedKeys } from '../../contract/verification.ts';

const KEPT = 'municipality-keys';

export type KeyStore = Pick<Storage, 'getItem' | 'setItem'>;

/** Undefined in a browser that keeps nothing (a private window, cookies blocked). */
export function deviceStorage(): KeyStore | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** The newest keys to be had; undefined when this device has never been online here. */
export async function loadKeys(
  get: typeof fetch,
  storage: KeyStore | undefined,
): Promise<readonly PublishedKey[] | undefined> {
  try {
    const answer = await get('./keys.json', { cache: 'no-cache' });
    const parsed = publishedKeys.safeParse(await answer.json());
    if (parsed.success) {
      keep(storage, parsed.data);
      return parsed.data.keys;
    }
  } catch {
    // no network: what was kept has to do
  }
  return kept(storage);
}

/** A full memory takes nothing from the keys that were fetched. */
function keep(storage: KeyStore | undefined, keys: PublishedKeys): void {
  try {
    storage?.setItem(KEPT, JSON.stringify(keys));
  } catch {
    // asked for again the next time
  }
}

function kept(storage: KeyStore | undefined): readonly PublishedKey[] | undefined {
  try {
    const parsed = publishedKeys.safeParse(JSON.parse(storage?.getItem(KEPT) ?? 'null'));
    return parsed.success ? parsed.data.keys : undefined;
  } catch {
    return undefined;
  }
}
