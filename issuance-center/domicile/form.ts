/** Which municipalities take applications, what their form needs, and a challenge for one application. */
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type {
  ApplicationChallenge,
  ApplicationChannel,
  DomicileForm,
  DomicileMunicipality,
} from '../contract/domicileApplication.ts';
import type { ApplicationDeps } from './applications.ts';
import { channelOf, channelState, stoppedOn } from './channels.ts';
import { giveChallenge, type ApplicationPlace } from './challenges.ts';
import { addresseeOf } from './sheet.ts';
import { refusalOf } from './takeApplication.ts';

/** Those with a service at all, by prefecture and reading; closed and stopped ones say so. */
export async function municipalitiesTaking(
  { db, configuration }: ApplicationDeps,
  channel: ApplicationChannel,
  now: number,
): Promise<DomicileMunicipality[]> {
  const profiles = await configuration.everyProfile(now);
  const stopped = await stoppedOn(db, channel);
  return profiles
    .filter(({ domicile }) => domicile?.[channel])
    .map((profile) => {
      const state = channelState(profile, channel, stopped.has(profile.municipality), now);
      return {
        code: profile.municipality,
        prefecture: profile.prefecture,
        name: profile.name,
        reading: profile.reading ?? '',
        closed: state.kind === 'closed' ? { notice: state.notice, until: state.until } : null,
      };
    });
}

/**
 * True when some municipality has this channel at all: 「他市区町村の証明書」 is offered. Closed or stopped ones count: behind it
 * are the list that says so and the applications that were made before.
 */
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
    lifetimeMs: expiresAt.getTime() - now,
  };
}
