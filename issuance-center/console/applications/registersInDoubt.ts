/** Whether 戸籍 and 附票 are known up to now: nobody is registered by an old register. */
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { Configuration } from '../../configuration/configuration.ts';
import type { CenterDatabase, CenterTransaction } from '../../database/connect.ts';
import { readFedUntil } from '../../registers/registerAges.ts';

const NEEDED = { 'family-register': '戸籍', 'address-history': '戸籍の附票' } as const;
const MINUTE_MS = 60_000;

/** Sentences for staff; empty: both are known. */
export async function registersInDoubt(
  db: CenterDatabase | CenterTransaction,
  configuration: Configuration,
  municipality: MunicipalityCode,
  now: number,
): Promise<readonly string[]> {
  const known = await readFedUntil(db, municipality, now);
  const limits = (await configuration.inForce(db, municipality, now))?.profile.feedLimits;
  return (Object.keys(NEEDED) as (keyof typeof NEEDED)[]).flatMap((register) => {
    const until = known.get(register);
    const limit = limits?.[register];
    if (until === undefined)
      return [`${NEEDED[register]}の台帳に、抜けや食いちがいがあります。いまは登録できません`];
    const isLate = limit !== undefined && now - until > limit * MINUTE_MS;
    return isLate ? [`${NEEDED[register]}の台帳の連携が遅れています。いまは登録できません`] : [];
  });
}
