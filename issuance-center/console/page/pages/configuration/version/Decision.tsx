/** Approving or sending back what somebody else proposed; taking back what is approved and not in force yet. */
import { useState } from 'react';
import { done, type Version } from '../../../../../contract/console/configuration.ts';
import { useAnnounce } from '../../../base/announce.tsx';
import { api } from '../../../base/api.ts';
import { useWho } from '../../../base/who.tsx';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { Notice } from '../../../parts/Notice.tsx';
import { ApproveDialog } from './ApproveDialog.tsx';

interface Props {
  readonly version: Version;
  readonly reload: () => Promise<void>;
}

export function Decision(props: Props) {
  const who = useWho();
  const { version } = props;
  const isAhead = version.effectiveAt !== null && Date.parse(version.effectiveAt) > who.clock();
  if (version.state === 'approved') return isAhead ? <BeforeItsTime {...props} /> : null;
  return who.may('approve-configuration') ? <Proposed {...props} /> : <WaitsForApprover {...props} />;
}

function WaitsForApprover({ version, reload }: Props) {
  const who = useWho();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Notice tone="plain" title="承認を待っています" isQuiet>
      <p>承認の役割の、ほかの人が内容をたしかめて承認すると、決めた日時から適用されます。</p>
      {who.may('edit-configuration') && (
        <button type="button" className="button" onClick={() => setIsAsking(true)}>
          提出を取り消す
        </button>
      )}
      <ConfirmDialog
        title="提出を取り消しますか"
        isOpen={isAsking}
        act="取り消す"
        onClose={() => setIsAsking(false)}
        onConfirm={async () => {
          await api.delete(done, `/api/versions/${version.number}`);
          await reload();
        }}
      >
        <p>この版は承認できなくなります。同じ内容から、新しい下書きを作れます。</p>
      </ConfirmDialog>
    </Notice>
  );
}

function Proposed({ version, reload }: Props) {
  const announce = useAnnounce();
  const [asking, setAsking] = useState<'approve' | 'reject'>();
  const { number, ownWork, faults, baseIsOld } = version;
  if (ownWork) {
    return (
      <Notice tone="warning" title="あなたは、この版を承認できません" isQuiet>
        <p>自分が作った、または直した版です。承認の役割の、ほかの人に頼んでください。</p>
      </Notice>
    );
  }
  return (
    <section className="card decision" aria-labelledby="decision-title">
      <h2 id="decision-title">この版を承認しますか</h2>
      <p>「変わるところ」と見本をたしかめてから、えらんでください。</p>
      <div className="actions">
        {faults.length === 0 && !baseIsOld && (
          <button type="button" className="button button-main" onClick={() => setAsking('approve')}>
            承認する
          </button>
        )}
        <button type="button" className="button" onClick={() => setAsking('reject')}>
          差し戻す
        </button>
      </div>
      {asking === 'approve' && (
        <ApproveDialog version={version} reload={reload} onClose={() => setAsking(undefined)} />
      )}
      <ConfirmDialog
        title={`第${number}版を差し戻しますか`}
        isOpen={asking === 'reject'}
        act="差し戻す"
        reason={{
          kind: 'words',
          label: '理由',
          help: '何を直せばよいかを書いてください。住民の名前は書かないでください。',
        }}
        onClose={() => setAsking(undefined)}
        onConfirm={async (reason) => {
          await api.post(done, `/api/versions/${number}/rejection`, { reason });
          await reload();
          announce('差し戻しました');
        }}
      >
        <p>提出した人は、この内容から直した下書きを作れます。</p>
      </ConfirmDialog>
    </section>
  );
}

function BeforeItsTime({ version, reload }: Props) {
  const who = useWho();
  const announce = useAnnounce();
  const [isAsking, setIsAsking] = useState(false);
  if (!who.may('approve-configuration')) return null;
  return (
    <div>
      <button type="button" className="button button-danger-quiet" onClick={() => setIsAsking(true)}>
        適用を取り消す
      </button>
      <ConfirmDialog
        title={`第${version.number}版の適用を取り消しますか`}
        isOpen={isAsking}
        isDestructive
        act="適用を取り消す"
        onClose={() => setIsAsking(false)}
        onConfirm={async () => {
          await api.post(done, `/api/versions/${version.number}/withdrawal`);
          await reload();
          announce('適用を取り消しました');
        }}
      >
        <p>決めた日時が来ても、この版には変わりません。いまの版が続きます。</p>
      </ConfirmDialog>
    </div>
  );
}
