/** 緊急停止 of one kind, of a channel of applications, or of everything. */
import { useState } from 'react';
import { done } from '../../../../../contract/console/configuration.ts';
import { useAnnounce } from '../../../base/announce.tsx';
import { api } from '../../../base/api.ts';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { isChannelStop } from '../../../../../configuration/stopReasons.ts';
import { stopChoices, stoppedThing } from '../words.ts';

interface Props {
  /** null: everything */
  readonly kind: string | null;
  /** 住民票の写し, すべての証明書, 本籍地の利用登録の受付 */
  readonly name: string;
  readonly onStopped: () => Promise<void>;
}

export function StopButton({ kind, name, onStopped }: Props) {
  const announce = useAnnounce();
  const [isAsking, setIsAsking] = useState(false);
  const words = kind === null ? 'すべての交付を止める' : '止める';
  const thing = stoppedThing(kind, name);
  return (
    <>
      <button
        type="button"
        className={kind === null ? 'button button-danger' : 'button button-small button-danger-quiet'}
        aria-label={kind === null ? undefined : `${thing}を止める`}
        onClick={() => setIsAsking(true)}
      >
        {words}
      </button>
      <ConfirmDialog
        title={`${thing}を、いますぐ止めますか`}
        isOpen={isAsking}
        isDestructive
        act="いますぐ止める"
        reason={{ kind: 'choice', label: '止める理由', choices: stopChoices }}
        onClose={() => setIsAsking(false)}
        onConfirm={async (reason) => {
          await api.post(done, '/api/stops', { kind, reason });
          await onStopped();
          announce(`${thing}を止めました`);
        }}
      >
        <ul>
          {isChannelStop(kind) ? (
            <li>いま申請の途中の人も、送るところで止まります。もう受け付けた申請は、そのまま残ります。</li>
          ) : (
            <>
              <li>すべての店の機械で、すぐに取れなくなります。</li>
              <li>いま支払いや印刷の途中の分は、そのまま出ることがあります。</li>
            </>
          )}
          {kind === null && <li>本籍地の利用登録の受付も止まります。</li>}
          <li>再開するには、承認の役割の人の操作が必要です。</li>
        </ul>
      </ConfirmDialog>
    </>
  );
}
