/** Applications in the queue of a municipality, signed by cards of the simulated authority; entered as the center enters them. */
import { enterApplication } from '#center/domicile/applications.ts';
import { giveChallenge, type ApplicationPlace } from '#center/domicile/challenges.ts';
import { verifyApplication } from '#center/domicile/applicationVerification.ts';
import type { ApplicantStatement } from '#center/contract/domicileApplication.ts';
import { issueCard, type CardOrder } from '#simulators/authority/issueCard.ts';
import { addDays } from '#templates/civilTime.ts';
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import { contentFor, signApplication, STATEMENT } from '../domicile/applying.ts';
import { enterParts } from '../feeding.ts';
import { TODAY, type Harness } from '../harness.ts';

const ON_THE_WEB: ApplicationPlace = { channel: 'internet', kioskId: null, sessionId: null };

/** 梓 of ためし市's 戸籍, as her card names her: 𣘺 is no letter of its certificate. */
export const AZUSA = {
  name: '𣘺本　梓',
  address: '架空県ためし市本町一丁目5番9号',
  birthDate: '1988-08-08' as CivilDate,
  sex: 'female' as const,
};

export interface Applying {
  readonly holder?: Partial<CardOrder['holder']>;
  readonly statement?: Partial<ApplicantStatement>;
  readonly municipality?: MunicipalityCode;
  /** whose card it is in the register of residents; null: nobody's there */
  readonly residentId?: string | null;
}

/** The municipality takes applications on the internet in the hours of its first kind, whatever its demo profile says. */
function taking({ deps }: Harness): Pick<Harness['deps'], 'db' | 'configuration'> {
  const { configuration } = deps;
  const inForce: typeof configuration.inForce = async (...asked) => {
    const found = await configuration.inForce(...asked);
    if (!found) return found;
    const { hours } = found.profile.kinds[0]!;
    const internet = { hours, maintenance: [] };
    const domicile = { startsOn: '2020-01-01' as CivilDate, kiosk: null, internet, cardText: false };
    return { ...found, profile: { ...found.profile, domicile } };
  };
  return { db: deps.db, configuration: { ...configuration, inForce } };
}

/** The number of a new application. Throws where it is not taken. */
export async function applyTo(center: Harness, wish: Applying = {}): Promise<string> {
  const { municipality = '992020' as MunicipalityCode, residentId = null } = wish;
  const { db, clock } = center.deps;
  const card = await issueCard(center.authority, {
    holder: { ...AZUSA, ...wish.holder },
    municipalityCode: '99201',
    withoutSignature: false,
  });
  if (residentId !== null) {
    const link = { ...card.authentication, residentId, registeredOn: addDays(TODAY, -400) };
    await enterParts({ db, canDraw: center.canDraw, now: clock() }, { links: [link as never] });
  }
  const given = await giveChallenge(db, municipality, ON_THE_WEB, clock());
  const call = { ...given, channel: 'internet' as const, municipality };
  const application = signApplication(card, contentFor(card, call, { ...STATEMENT, ...wish.statement }));
  const verdict = await verifyApplication(center.deps, {
    ...ON_THE_WEB,
    application,
    sessionFingerprint: null,
  });
  if (verdict.kind === 'refused') throw new Error(`not verified: ${verdict.reason}`);
  const entered = await enterApplication(taking(center), verdict, ON_THE_WEB, clock());
  if (entered.kind === 'refused') throw new Error(`not entered: ${entered.reason}`);
  return entered.number;
}
