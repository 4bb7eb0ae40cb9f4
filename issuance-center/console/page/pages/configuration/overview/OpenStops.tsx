/** 緊急停止 that are open now, and lifting them. */
import { useState } from 'react';
import { done, type Overview, type Stop } from '../../../../../contract/console/configuration.ts';
import { channelStops, isChannelStop, stopReasons } from '../../../../../configuration/stopReasons.ts';
import { useAnnounce } from '../../../base/announce.tsx';
import { api } from '../../../base/api.ts';
import { useWho } from '../../../base/who.tsx';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { Instant } from '../../../parts/Time.tsx';
import { stoppedThing } from '../words.ts';

interface Props {
  readonly stops: readonly Stop[];
  readonly kinds: Overview['kinds'];
  readonly onChanged: () => Promise<void>;
}

export function OpenStops({ stops, kinds, onChanged }: Props) {
  const who = useWho();
  const announce = useAnnounce();
  const [lifting, setLifting] = useState<Stop>();
  const nameOf = ({ kind }: Stop): string => {
    if (kind === null) return 'すべての証明書';
    if (isChannelStop(kind)) return channelStops[kind];
    return kinds.find((entry) => entry.kind === kind)?.label ?? kind;
  };
  const what = stops.every(({ kind }) => isChannelStop(kind)) ? '受付' : '交付';
  if (stops.length === 0) return null;
  return (
    <section className="stops" aria-labelledby="stops-title">
      <h2 id="stops-title">いま{what}を止めています（緊急停止）</h2>
      <ul className="plain-list">
        {stops.map((stop) => (
          <li key={stop.id} className="stop">
            <div>
              <p className="stop-name">{nameOf(stop)}</p>
              <p>
                理由：{stopReasons[stop.reason]}
                <span className="soft">
                  {' '}
                  {stop.stoppedBy} が <Instant at={stop.stoppedAt} /> に止めました
                </span>
              </p>
            </div>
            {who.may('lift-stop') ? (
              <button type="button" className="button" onClick={() => setLifting(stop)}>
                再開する
              </button>
            ) : (
              <p className="soft">再開は、承認の役割の人が行います。</p>
            )}
          </li>
        ))}
      </ul>
      {lifting && (
        <ConfirmDialog
          title={`${stoppedThing(lifting.kind, nameOf(lifting))}を再開しますか`}
          isOpen
          isDestructive
          act="再開する"
          onClose={() => setLifting(undefined)}
          onConfirm={async () => {
            await api.delete(done, `/api/stops/${lifting.id}`);
            await onChanged();
            announce(`${stoppedThing(lifting.kind, nameOf(lifting))}を再開しました`);
          }}
        >
          <p>
            {isChannelStop(lifting.kind)
              ? 'すぐに、また申請できるようになります。'
              : 'すぐに、すべての店の機械で、また取れるようになります。'}
          </p>
          <p>止めた理由（{stopReasons[lifting.reason]}）がなくなったことを、たしかめましたか。</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
