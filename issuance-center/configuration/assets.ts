/**
 * Seals and fonts of a municipality. A name is made of the bytes: what a version names can never become something else.
 */
import { readCharacterFont } from '#templates/characterFont.ts';
import { readSealImage } from '#templates/sealImage.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { CenterDatabase } from '../database/connect.ts';
import { sha256 } from './municipalTemplates.ts';

export type AssetKind = 'seal' | 'character-font';

/** A seal of 30 mm at 1,200 dpi is 250 kB uncompressed. */
export const SEAL_LIMIT_BYTES = 512 * 1024;
/** 6,400 private-use glyphs of some 500 bytes. */
export const FONT_LIMIT_BYTES = 8 * 1024 * 1024;
/** A seal is 15 mm at least, and an image this small could not be 400 dpi. */
const SEAL_MINIMUM_PIXELS = 236;
const SEAL_MAXIMUM_PIXELS = 2_400;

const ENDINGS: Readonly<Record<AssetKind, string>> = { seal: 'png', 'character-font': 'ttf' };

export function assetName(municipality: MunicipalityCode, kind: AssetKind, bytes: Uint8Array): string {
  return `${municipality}-${sha256(bytes).slice(0, 16)}.${ENDINGS[kind]}`;
}

export type AddedAsset =
  | { readonly kind: 'added'; readonly name: string; readonly width: number; readonly height: number }
  /** in plain Japanese */
  | { readonly kind: 'refused'; readonly reason: string };

/** Checks and keeps a file; the same bytes again are the same asset. */
export async function addAsset(
  db: CenterDatabase,
  asset: { municipality: MunicipalityCode; kind: AssetKind; bytes: Buffer; staffId: string },
  now: number,
): Promise<AddedAsset> {
  const { municipality, kind, bytes, staffId } = asset;
  const size = sizeOf(kind, bytes);
  if ('reason' in size) return { kind: 'refused', reason: size.reason };
  const name = assetName(municipality, kind, bytes);
  const digest = sha256(bytes);
  await db.transaction().execute(async (tx) => {
    const added = await tx
      .insertInto('municipality_asset')
      .values({ municipality, name, kind, bytes, digest, created_by: staffId, created_at: new Date(now) })
      .onConflict((conflict) => conflict.doNothing())
      .returning('name')
      .executeTakeFirst();
    if (added) await appendAudit(tx, now, 'asset-added', { municipality, staffId, kind, digest });
  });
  return { kind: 'added', name, ...size };
}

/** Pixels of a seal; of a font nothing is to be measured. */
function sizeOf(kind: AssetKind, bytes: Buffer): { width: number; height: number } | { reason: string } {
  const limit = kind === 'seal' ? SEAL_LIMIT_BYTES : FONT_LIMIT_BYTES;
  if (bytes.length > limit) return { reason: `ファイルが大きすぎます（${Math.floor(limit / 1024)}KBまで）` };
  try {
    if (kind === 'character-font') {
      readCharacterFont(bytes);
      return { width: 0, height: 0 };
    }
    const { width, height } = readSealImage(bytes);
    return sealSize(width, height);
  } catch (error) {
    if (error instanceof RangeError) return { reason: error.message };
    throw error;
  }
}

function sealSize(width: number, height: number): { width: number; height: number } | { reason: string } {
  const small = Math.min(width, height);
  const large = Math.max(width, height);
  if (small < SEAL_MINIMUM_PIXELS) {
    return {
      reason: `画像が小さすぎます（${width}×${height}。15mmの公印でも${SEAL_MINIMUM_PIXELS}画素が必要です）`,
    };
  }
  if (large > SEAL_MAXIMUM_PIXELS) return { reason: `画像が大きすぎます（${width}×${height}）` };
  if (large > small * 2) return { reason: `公印の形ではありません（${width}×${height}）` };
  return { width, height };
}
