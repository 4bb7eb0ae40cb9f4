/** 緊急停止: what is stopped, stopping more, and beginning again. */
import { useState } from 'react';
import { done } from '../../../../contract/console/configuration.ts';
import type { Watch } from '../../../../contract/console/watch.ts';
import { stopReasons, stopReasonIds } from '../../../../configuration/stopReasons.ts';
import { api, type ApiPath } from '../../base/api.ts';
import { useAnnounce } from '../../base/announce.tsx';
import { useWho } from '../../base/who.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Instant } from '../../parts/Time.tsx';

type Stop = Watch['stops'][number];
interface Props {
  readonly stops: readonly Stop[];
  readonly reload: () => Promise<void>;
}

export function Stops({ stops, reload }: Props) {
  const who = useWho();
  const say = useAnnounce();
  const [doing, setDoing] = useState<'all' | Stop>();
  const isAllStopped = stops.some(({ kind }) => kind === null);
  return (
    <section className="stack" aria-label="緊急停止">
      {stops.map((stop) => (
        <Notice key={stop.id} tone="warning" title={`${stop.label}の交付を止めています`} isQuiet>
          <p>
            {stopReasons[stop.reason]}　<Instant at={stop.stoppedAt} />　{stop.stoppedBy}
          </p>
          {who.may('lift-stop') && (
            <button type="button" className="button button-small" onClick={() => setDoing(stop)}>
              交付を始める
            </button>
          )}
        </Notice>
      ))}
      {!isAllStopped && who.may('stop-issuing') && (
        <div className="actions">
          <button type="button" className="button button-danger" onClick={() => setDoing('all')}>
            すべての交付を止める
          </button>
        </div>
      )}
      <ConfirmDialog
        title="すべての交付を止めますか"
        isOpen={doing === 'all'}
        onClose={() => setDoing(undefined)}
        act="すべて止める"
        isDestructive
        reason={{
          kind: 'choice',
          label: '理由',
          choices: stopReasonIds.map((id) => ({ id, label: stopReasons[id] })),
        }}
        onConfirm={async (reason) => {
          await api.post(done, '/api/stops', { kind: null, reason });
          say('すべての交付を止めました');
          await reload();
        }}
      >
        <p>
          全国の機械で、この市区町村のどの証明書も、すぐに交付できなくなります。始めるには、承認の役割の人の操作が必要です。
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        title="交付を始めますか"
        isOpen={doing !== undefined && doing !== 'all'}
        onClose={() => setDoing(undefined)}
        act="交付を始める"
        onConfirm={async () => {
          if (doing === undefined || doing === 'all') return;
          await api.delete(done, `/api/stops/${doing.id}` as ApiPath);
          say('交付を始めました');
          await reload();
        }}
      >
        <p>止めた理由がなくなったことを、たしかめましたか。次の人から交付します。</p>
      </ConfirmDialog>
    </section>
  );
}
