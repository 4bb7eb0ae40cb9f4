/** 本籍地の利用登録: which channels take applications, and stopping one of them apart from issuing. */
import { channelStops } from '../../../../../configuration/stopReasons.ts';
import type { Overview } from '../../../../../contract/console/configuration.ts';
import { applicationChannels } from '../../../../../contract/domicileApplication.ts';
import { useWho } from '../../../base/who.tsx';
import { StateBadge } from '../../../parts/StateBadge.tsx';
import type { DraftProfile } from '../draftProfile.ts';
import { StopButton } from './StopButton.tsx';

interface Props {
  readonly found: Overview;
  readonly profile: DraftProfile;
  readonly onChanged: () => Promise<void>;
}

export function ApplicationStops({ found: { stops }, profile: { domicile }, onChanged }: Props) {
  const who = useWho();
  const channels = applicationChannels.filter((channel) => domicile?.[channel]);
  if (channels.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="application-stops-title">
      <h3 id="application-stops-title">本籍地の利用登録</h3>
      <ul className="plain-list">
        {channels.map((channel) => {
          const stop = `domicile-${channel}` as const;
          const isStopped = stops.some(({ kind }) => kind === stop || kind === null);
          return (
            <li key={channel} className="row">
              <span>{channelStops[stop]}</span>
              <StateBadge tone={isStopped ? 'bad' : 'good'}>
                {isStopped ? '緊急停止中' : '止めていません'}
              </StateBadge>
              {who.may('stop-issuing') && !isStopped && (
                <StopButton kind={stop} name={channelStops[stop]} onStopped={onChanged} />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
