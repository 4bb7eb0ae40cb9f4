/** The verdict on codes by the newest keys. */
import type { PublishedKey } from '../../contract/verification.ts';
import { openFronts, type FrontVerdict } from '../front/openFront.ts';

/**
 * Before anything is called forged the keys are asked for once more: a page stays open for days, and on one of them a
 * municipality begins to sign with a new key.
 */
export async function judge(
  codes: readonly Uint8Array[],
  keys: readonly PublishedKey[],
  newest: () => Promise<readonly PublishedKey[] | undefined>,
): Promise<FrontVerdict> {
  const verdict = await openFronts(codes, keys);
  if (verdict.kind !== 'forged') return verdict;
  const newer = await newest();
  return newer ? openFronts(codes, newer) : verdict;
}
