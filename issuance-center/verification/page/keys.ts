/** The municipalities' public keys: fetched anew when there is a network, kept for when there is none. */
import { publishedKeys, type PublishedKey } from '../../contract/verification.ts';

const KEPT = 'municipality-keys';

/** The newest keys to be had; undefined when this device has never been online here. */
export async function loadKeys(
  get: typeof fetch,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): Promise<readonly PublishedKey[] | undefined> {
  try {
    const answer = await get('./keys.json', { cache: 'no-cache' });
    const parsed = publishedKeys.safeParse(await answer.json());
    if (parsed.success) {
      storage.setItem(KEPT, JSON.stringify(parsed.data));
      return parsed.data.keys;
    }
  } catch {
    // no network: what was kept has to do
  }
  return kept(storage);
}

function kept(storage: Pick<Storage, 'getItem'>): readonly PublishedKey[] | undefined {
  try {
    const parsed = publishedKeys.safeParse(JSON.parse(storage.getItem(KEPT) ?? 'null'));
    return parsed.success ? parsed.data.keys : undefined;
  } catch {
    return undefined;
  }
}
