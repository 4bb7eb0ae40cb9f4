/** 参加: from here on a municipality has a name, staff, registers and versions of a profile. */
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { CenterTransaction } from '../database/connect.ts';

export interface Joining {
  readonly municipality: MunicipalityCode;
  readonly prefecture: string;
  readonly name: string;
}

/** False when it has joined before; then nothing changes. */
export async function joinMunicipality(
  tx: CenterTransaction,
  { municipality, prefecture, name }: Joining,
  now: number,
): Promise<boolean> {
  const joined = await tx
    .insertInto('municipality')
    .values({ code: municipality, prefecture, name, joined_at: new Date(now) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('code')
    .executeTakeFirst();
  if (!joined) return false;
  await appendAudit(tx, now, 'municipality-joined', { municipality });
  return true;
}
