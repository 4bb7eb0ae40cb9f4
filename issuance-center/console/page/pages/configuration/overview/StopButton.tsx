/** 緊急停止 of one kind, or of everything. */
import { useState } from 'react';
import { done } from '../../../../../contract/console/configuration.ts';
import { useAnnounce } from '../../../base/announce.tsx';
import { api } from '../../../base/api.ts';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { stopChoices } from '../words.ts';

interface Props {
  /** null: everything */
  readonly kind: string | null;
  /** 住民票の写し, すべての証明書 */
  readonly name: string;
  readonly onStopped: () => Promise<void>;
}

export function StopButton({ kind, name, onStopped }: Props) {
  const announce = useAnnounce();
  const [isAsking, setIsAsking] = useState(false);
  const words = kind === null ? 'すべての交付を止める' : '止める';
  return (
    <>
      <button
        type="button"
        className={kind === null ? 'button button-danger' : 'button button-small button-danger-quiet'}
        aria-label={kind === null ? undefined : `${name}の交付を止める`}
        onClick={() => setIsAsking(true)}
      >
        {words}
      </button>
      <ConfirmDialog
        title={`${name}の交付を、いますぐ止めますか`}
        isOpen={isAsking}
        isDestructive
        act="いますぐ止める"
        reason={{ kind: 'choice', label: '止める理由', choices: stopChoices }}
        onClose={() => setIsAsking(false)}
        onConfirm={async (reason) => {
          await api.post(done, '/api/stops', { kind, reason });
          await onStopped();
          announce(`${name}の交付を止めました`);
        }}
      >
        <ul>
          <li>すべての店の機械で、すぐに取れなくなります。</li>
          <li>いま支払いや印刷の途中の分は、そのまま出ることがあります。</li>
          <li>再開するには、承認の役割の人の操作が必要です。</li>
        </ul>
      </ConfirmDialog>
    </>
  );
}
