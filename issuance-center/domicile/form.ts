/** Which municipalities take applications, what their form needs, and a challenge for one application. */
import { applicationsState } from '#templates/domicileService.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type {
  ApplicationChallenge,
  ApplicationChannel,
  DomicileForm,
  DomicileMunicipality,
} from '../contract/domicileApplication.ts';
import { channelOf, type ApplicationDeps } from './applications.ts';
import { giveChallenge, type ApplicationPlace } from './challenges.ts';
import { addresseeOf } from './sheet.ts';
import { refusalOf } from './takeApplication.ts';

/** Those with a service at all, by prefecture and reading; closed ones say so. */
export async function municipalitiesTaking(
  { configuration }: Pick<ApplicationDeps, 'configuration'>,
  channel: ApplicationChannel,
  now: number,
): Promise<DomicileMunicipality[]> {
  const profiles = await configuration.everyProfile(now);
  return profiles
    .filter(({ domicile }) => domicile?.[channel])
    .map((profile) => {
      const state = applicationsState(profile, channel, now);
      return {
        code: profile.municipality,
        prefecture: profile.prefecture,
        name: profile.name,
        reading: profile.reading ?? '',
        closed: state.kind === 'closed' ? { notice: state.notice, until: state.until } : null,
      };
    });
}

/** True when some municipality takes applications on this channel: 「他市区町村の証明書」 is offered. */
export async function isAnyTaking(
  { configuration }: Pick<ApplicationDeps, 'configuration'>,
  channel: ApplicationChannel,
  now: number,
): Promise<boolean> {
  return (await configuration.everyProfile(now)).some(({ domicile }) => domicile?.[channel]);
}

export async function formOf(
  deps: ApplicationDeps,
  municipality: MunicipalityCode,
  channel: ApplicationChannel,
  now: number,
): Promise<DomicileForm> {
  const open = await channelOf(deps.db, deps, municipality, channel, now);
  if (open.kind === 'refused') return refusalOf(open);
  const { profile } = open.inForce;
  return {
    kind: 'form',
    municipality,
    municipalityName: `${profile.prefecture}${profile.name}`,
    addressee: addresseeOf(open.inForce, now),
    towns: [...(profile.towns ?? [])],
    cardText: profile.domicile?.cardText ?? false,
  };
}

export async function challengeFor(
  deps: ApplicationDeps,
  municipality: MunicipalityCode,
  place: ApplicationPlace,
  now: number,
): Promise<ApplicationChallenge> {
  const open = await channelOf(deps.db, deps, municipality, place.channel, now);
  if (open.kind === 'refused') return refusalOf(open);
  const { challengeId, challenge, expiresAt } = await giveChallenge(deps.db, municipality, place, now);
  return {
    kind: 'challenge',
    challengeId,
    challenge: challenge.toString('base64'),
    expiresAt: expiresAt.toISOString(),
  };
}
