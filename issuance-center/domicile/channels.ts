/** Whether a municipality takes applications on a channel now: its hours, and the red button. */
import { applicationsState, type ApplicationsState } from '#templates/domicileService.ts';
import { noticeOf, type NoticeCode } from '#templates/notices/notices.ts';
import type { MunicipalityProfile } from '#templates/profileSchema.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { Configuration, InForce } from '../configuration/configuration.ts';
import type { ChannelStop } from '../configuration/stopReasons.ts';
import type { ApplicationChannel } from '../contract/domicileApplication.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';

/** `until`: instant, ISO 8601. */
export interface ChannelClosed {
  readonly kind: 'refused';
  readonly reason: 'channel-closed' | 'none-taken' | 'stopped';
  readonly notice: NoticeCode;
  readonly until: string | null;
}
export type Channel = { readonly kind: 'open'; readonly inForce: InForce } | ChannelClosed;

const NONE_TAKEN = noticeOf('APPL-01');
const CLOSED_NOW = noticeOf('APPL-02');

/** 緊急停止 of a channel stands among the stops of kinds under this name. */
const stopNameOf = (channel: ApplicationChannel): ChannelStop => `domicile-${channel}`;

/** Hours first: they say when it is open again. A stop is lifted by a person, nobody knows when. */
export function channelState(
  profile: MunicipalityProfile,
  channel: ApplicationChannel,
  isStopped: boolean,
  now: number,
): ApplicationsState {
  const state = applicationsState(profile, channel, now);
  return state.kind === 'open' && isStopped ? { kind: 'closed', notice: CLOSED_NOW, until: null } : state;
}

/** Municipalities where this channel, or everything, is stopped now. */
export async function stoppedOn(
  db: CenterDatabase,
  channel: ApplicationChannel,
): Promise<ReadonlySet<MunicipalityCode>> {
  const rows = await db
    .selectFrom('service_stop')
    .select('municipality')
    .distinct()
    .where('lifted_at', 'is', null)
    .where((where) => where.or([where('kind', 'is', null), where('kind', '=', stopNameOf(channel))]))
    .execute();
  return new Set(rows.map(({ municipality }) => municipality as MunicipalityCode));
}

/** Whether the municipality takes applications on this channel at the instant `now`. */
export async function channelOf(
  db: CenterDatabase | CenterTransaction,
  { configuration }: { readonly configuration: Configuration },
  municipality: MunicipalityCode,
  channel: ApplicationChannel,
  now: number,
): Promise<Channel> {
  const inForce = await configuration.inForce(db, municipality, now);
  if (!inForce) return { kind: 'refused', reason: 'none-taken', notice: NONE_TAKEN, until: null };
  const stops: ReadonlySet<string> = inForce.stops.kinds;
  const isStopped = inForce.stops.all || stops.has(stopNameOf(channel));
  const state = channelState(inForce.profile, channel, isStopped, now);
  if (state.kind === 'open') return { kind: 'open', inForce };
  const isOpenByHours = applicationsState(inForce.profile, channel, now).kind === 'open';
  const reason = state.notice === NONE_TAKEN ? 'none-taken' : isOpenByHours ? 'stopped' : 'channel-closed';
  return { kind: 'refused', reason, notice: state.notice, until: state.until };
}
