/** 警報: open until somebody says what became of the first attempt's paper. */
import { useState } from 'react';
import { done, type Watch } from '../../../../contract/console/watch.ts';
import { outputs, outputIds } from '../../../../issuing/accounted.ts';
import { hrefOf } from '../../base/addresses.ts';
import { api, type ApiPath } from '../../base/api.ts';
import { useAnnounce } from '../../base/announce.tsx';
import { useWho } from '../../base/who.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { Link } from '../../parts/Link.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Instant } from '../../parts/Time.tsx';

type Alarm = Watch['alarms'][number];
interface Props {
  readonly alarms: readonly Alarm[];
  readonly reload: () => Promise<void>;
}

export function Alarms({ alarms, reload }: Props) {
  const who = useWho();
  const say = useAnnounce();
  const [closing, setClosing] = useState<Alarm>();
  return (
    <section className="stack" aria-label="警報">
      <h2>警報（{alarms.length}件）</h2>
      {alarms.length === 0 && <p className="empty">開いている警報はありません。</p>}
      {alarms.map((alarm) => (
        <Notice key={alarm.id} tone="bad" title={alarm.words} isQuiet>
          <p>
            <Instant at={alarm.raisedAt} />
            {alarm.kioskId && `　機械 ${alarm.kioskId}`}
            {alarm.issueNumber && (
              <>
                　発行番号{' '}
                <Link to={hrefOf('/issued/:issueNumber', { issueNumber: alarm.issueNumber })}>
                  {alarm.issueNumber}
                </Link>
              </>
            )}
          </p>
          {alarm.kioskId && <p>閉じるまで、この機械ではこの市区町村の証明書を交付しません。</p>}
          <div className="actions">
            {who.may('close-alarm') && (
              <button type="button" className="button button-small" onClick={() => setClosing(alarm)}>
                紙の行方をたしかめて閉じる
              </button>
            )}
            <Link to="/wrong-certificate" className="button button-small">
              誤交付の手順へ
            </Link>
          </div>
        </Notice>
      ))}
      <ConfirmDialog
        title="警報を閉じますか"
        isOpen={closing !== undefined}
        onClose={() => setClosing(undefined)}
        act="閉じる"
        isDestructive
        reason={{
          kind: 'choice',
          label: 'はじめの1枚は、どうなりましたか',
          choices: outputIds.map((id) => ({ id, label: outputs[id] })),
        }}
        onConfirm={async (output) => {
          await api.post(done, `/api/alarms/${closing!.id}/closing` as ApiPath, { output });
          say('警報を閉じました');
          await reload();
        }}
      >
        <p>
          もう一度の申し込みで正しく出ていても、はじめの1枚の行方が分かるまでは閉じないでください。別の人に渡ったときは、先に誤交付の手順を始めます。
        </p>
      </ConfirmDialog>
    </section>
  );
}
