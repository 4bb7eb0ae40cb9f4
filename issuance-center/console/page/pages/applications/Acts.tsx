/** What an officer can do with the application as a whole. */
import { useState } from 'react';
import { applicationRefusals } from '../../../../contract/domicileApplication.ts';
import { done, type ApplicationDetail } from '../../../../contract/console/applications.ts';
import { refusalWords } from '../../../../domicile/refusalWords.ts';
import { api } from '../../base/api.ts';
import { useAnnounce } from '../../base/announce.tsx';
import { useAct } from '../../base/useAct.ts';
import { useWho } from '../../base/who.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { actPath } from './actPath.ts';
import { refusalNames } from './words.tsx';

interface Props {
  readonly value: ApplicationDetail;
  readonly reload: () => Promise<void>;
}
type Asking = 'refuse' | 'ask' | 'end';

export function Acts({ value, reload }: Props) {
  const who = useWho();
  const say = useAnnounce();
  const [asking, setAsking] = useState<Asking>();
  const { number, revision } = value;
  const simply = useAct(async (act: 'taking' | 'release', words: string) => {
    await api.post(done, actPath(number, act), { revision });
    say(words);
    await reload();
  });
  if (!who.may('handle-applications')) return null;
  const isRegistered = value.registration !== null && value.registration.endedAt === null;
  return (
    <section className="stack" aria-label="この申請にすること">
      {simply.reason && (
        <Notice tone="bad">
          <p>{simply.reason}</p>
        </Notice>
      )}
      <div className="actions">
        {value.state === 'received' && (
          <button
            type="button"
            className="button button-main"
            onClick={() =>
              void simply.run('taking', '確認をはじめました。ほかの人は、この申請を確認できません')
            }
          >
            確認をはじめる
          </button>
        )}
        {value.isMine && (
          <>
            <button type="button" className="button" onClick={() => setAsking('ask')}>
              申請者に聞く
            </button>
            <button type="button" className="button button-danger-quiet" onClick={() => setAsking('refuse')}>
              却下する
            </button>
          </>
        )}
        {value.mayPutBack && (
          <button
            type="button"
            className="button"
            onClick={() => void simply.run('release', '受付にもどしました')}
          >
            受付にもどす
          </button>
        )}
        {isRegistered && (
          <button type="button" className="button button-danger-quiet" onClick={() => setAsking('end')}>
            登録を終わらせる
          </button>
        )}
      </div>
      <Dialogs {...{ value, reload, asking }} close={() => setAsking(undefined)} />
    </section>
  );
}

interface DialogsProps extends Props {
  readonly asking: Asking | undefined;
  readonly close: () => void;
}

function Dialogs({ value: { number, revision }, reload, asking, close }: DialogsProps) {
  const say = useAnnounce();
  const after = async (words: string) => {
    say(words);
    await reload();
  };
  return (
    <>
      <ConfirmDialog
        title="この申請を却下しますか"
        isOpen={asking === 'refuse'}
        onClose={close}
        act="却下する"
        isDestructive
        reason={{
          kind: 'choice',
          label: '理由（申請者には、決まった文で伝わります）',
          choices: applicationRefusals.map((id) => ({
            id,
            label: `${refusalNames[id]}：「${refusalWords[id]}」`,
          })),
        }}
        onConfirm={async (reason) => {
          await api.post(done, actPath(number, 'refusal'), { revision, reason });
          await after('却下しました');
        }}
      >
        <p>申請は終わります。申請者は、店の機械かインターネットで理由を見ます。取り消しはできません。</p>
      </ConfirmDialog>
      <ConfirmDialog
        title="申請者に聞きますか"
        isOpen={asking === 'ask'}
        onClose={close}
        act="聞く"
        reason={{
          kind: 'words',
          label: '聞くこと',
          help: '申請者が、申請の状況を見るときに読みます。戸籍の内容や氏名は書かないでください',
        }}
        onConfirm={async (question) => {
          await api.post(done, actPath(number, 'question'), { revision, question });
          await after('申請者への問い合わせをのせました');
        }}
      >
        <p>申請は受付にもどります。答えが来たら、もう一度確認をはじめてください。</p>
      </ConfirmDialog>
      <ConfirmDialog
        title="この登録を終わらせますか"
        isOpen={asking === 'end'}
        onClose={close}
        act="終わらせる"
        isDestructive
        onConfirm={async () => {
          await api.delete(done, actPath(number, 'registration'));
          await after('登録を終わらせました');
        }}
      >
        <p>
          このカードでは、ここの戸籍の証明書を受け取れなくなります。もう一度使うには、新しい申請が必要です。
        </p>
      </ConfirmDialog>
    </>
  );
}
