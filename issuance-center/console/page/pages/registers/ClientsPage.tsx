/** 送る機械: who may feed the registers. The file is made once and handed over at once; nobody can look at it again. */
import { useState } from 'react';
import {
  done,
  enrolAnswer,
  feedClientList,
  type FeedClientEntry,
} from '../../../../contract/console/registers.ts';
import type { FeedCredential } from '../../../../contract/feedDoor.ts';
import { api, type ApiPath } from '../../base/api.ts';
import { useAnnounce } from '../../base/announce.tsx';
import { useAct } from '../../base/useAct.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { useWho } from '../../base/who.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { saveFile } from '../../parts/csv.ts';
import { DataTable, type Column } from '../../parts/DataTable.tsx';
import { DialogFrame } from '../../parts/DialogFrame.tsx';
import { TextField } from '../../parts/fields.tsx';
import { Form } from '../../parts/Form.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Instant } from '../../parts/Time.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { agoWords } from './words.ts';

type Doing =
  | { readonly at: 'enrolling' }
  | { readonly at: 'file'; readonly credential: FeedCredential }
  | { readonly at: 'replacing' | 'revoking'; readonly clientId: string };

export function ClientsPage() {
  const who = useWho();
  const say = useAnnounce();
  const { asked, reload } = useAnswer(feedClientList, '/api/feed-clients');
  const [doing, setDoing] = useState<Doing>();
  const close = () => setDoing(undefined);
  const showFile = async (credential: FeedCredential) => {
    setDoing({ at: 'file', credential });
    await reload();
  };
  return (
    <>
      <PageHeading
        title="送る機械"
        up={{ label: '台帳の連携', href: '/registers' }}
        lead="台帳を送ってよい機械です。登録した機械の登録ファイルを持つ人だけが、この市区町村の台帳を送れます。"
        actions={
          <button type="button" className="button button-main" onClick={() => setDoing({ at: 'enrolling' })}>
            機械を登録する
          </button>
        }
      />
      <Waiting asked={asked} reload={reload}>
        {({ clients }) => (
          <DataTable
            caption="送る機械"
            columns={columns(who.clock(), setDoing)}
            rows={clients}
            rowKey={({ clientId }) => clientId}
            empty={<p>まだ1台もありません。「機械を登録する」から始めてください。</p>}
            isShort
          />
        )}
      </Waiting>
      <DialogFrame title="機械を登録する" isOpen={doing?.at === 'enrolling'} onClose={close}>
        <EnrolForm onEnrolled={showFile} onClose={close} />
      </DialogFrame>
      <DialogFrame title="登録ファイル" isOpen={doing?.at === 'file'} onClose={close}>
        {doing?.at === 'file' && <CredentialFile credential={doing.credential} onClose={close} />}
      </DialogFrame>
      <ConfirmDialog
        title="登録ファイルを作り直しますか"
        isOpen={doing?.at === 'replacing'}
        onClose={close}
        act="作り直す"
        isDestructive
        onConfirm={async () => {
          if (doing?.at !== 'replacing') return;
          const credential = await api.post(enrolAnswer, '/api/feed-clients', {
            clientId: doing.clientId,
            replace: true,
          });
          // after the dialog has closed itself
          setTimeout(() => void showFile(credential), 0);
        }}
      >
        <p>
          いまの登録ファイルは、すぐに使えなくなります。新しい登録ファイルを機械に入れるまで、台帳は届きません。
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        title="この機械を使えなくしますか"
        isOpen={doing?.at === 'revoking'}
        onClose={close}
        act="使えなくする"
        isDestructive
        onConfirm={async () => {
          if (doing?.at !== 'revoking') return;
          await api.post(
            done,
            `/api/feed-clients/${encodeURIComponent(doing.clientId)}/revocation` as ApiPath,
          );
          say('使えなくしました');
          await reload();
        }}
      >
        <p>
          次の送信から、台帳を受け取りません。ほかに送る機械がないと、決めた時間のあとに、証明書の交付が止まります。
        </p>
      </ConfirmDialog>
    </>
  );
}

function columns(now: number, onDo: (doing: Doing) => void): readonly Column<FeedClientEntry>[] {
  return [
    { id: 'id', label: '名前', value: ({ clientId }) => clientId, isRowHead: true, isOneLine: true },
    {
      id: 'state',
      label: '状態',
      value: ({ revokedAt }) => (revokedAt ? '使用停止' : '使用中'),
      cell: ({ revokedAt }) => (
        <StateBadge tone={revokedAt ? 'plain' : 'good'}>{revokedAt ? '使用停止' : '使用中'}</StateBadge>
      ),
    },
    {
      id: 'enrolled',
      label: '登録',
      value: ({ enrolledAt }) => enrolledAt,
      cell: ({ enrolledAt, enrolledBy }) => (
        <>
          <Instant at={enrolledAt} />　{enrolledBy}
        </>
      ),
    },
    {
      id: 'used',
      label: '最後の送信',
      value: ({ lastUsedAt }) => lastUsedAt,
      isOneLine: true,
      cell: ({ lastUsedAt }) => (lastUsedAt ? agoWords(lastUsedAt, now) : 'まだ送っていません'),
    },
    {
      id: 'acts',
      label: '操作',
      value: () => null,
      isFixed: true,
      isOnlyShown: true,
      cell: (entry) => <Acts entry={entry} onDo={onDo} />,
    },
  ];
}

function Acts({ entry, onDo }: { readonly entry: FeedClientEntry; readonly onDo: (doing: Doing) => void }) {
  const { clientId, revokedAt } = entry;
  const act = (at: 'replacing' | 'revoking', words: string) => (
    <button
      type="button"
      className="button button-small"
      aria-label={`${clientId}：${words}`}
      onClick={() => onDo({ at, clientId })}
    >
      {words}
    </button>
  );
  return (
    <div className="actions">
      {act('replacing', revokedAt ? 'もう一度使う' : '作り直す')}
      {!revokedAt && act('revoking', '使えなくする')}
    </div>
  );
}

interface EnrolProps {
  readonly onEnrolled: (credential: FeedCredential) => Promise<void>;
  readonly onClose: () => void;
}

function EnrolForm({ onEnrolled, onClose }: EnrolProps) {
  const [clientId, setClientId] = useState('');
  const act = useAct(async () => {
    await onEnrolled(await api.post(enrolAnswer, '/api/feed-clients', { clientId, replace: false }));
  });
  return (
    <Form
      faults={act.faults}
      reason={act.faults.length > 0 ? undefined : act.reason}
      onSubmit={() => void act.run()}
    >
      <TextField
        path="clientId"
        label="機械の名前"
        help="小文字の英字・数字と「-」。例：office-1"
        value={clientId}
        onChange={setClientId}
        maxLength={64}
      />
      <div className="actions">
        <button type="submit" className="button button-main" aria-disabled={act.isRunning}>
          登録ファイルを作る
        </button>
        <button type="button" className="button" onClick={onClose}>
          やめる
        </button>
      </div>
    </Form>
  );
}

interface FileProps {
  readonly credential: FeedCredential;
  readonly onClose: () => void;
}

function CredentialFile({ credential, onClose }: FileProps) {
  const [isSaved, setIsSaved] = useState(false);
  const { municipality, clientId } = credential;
  const name = `feed-client-${municipality}-${clientId}.json`;
  const save = () => {
    const text = `${JSON.stringify(credential, null, 2)}\n`;
    saveFile(name, new Blob([text], { type: 'application/json' }));
    setIsSaved(true);
  };
  return (
    <div className="stack">
      <p>
        登録ファイルには、この機械の鍵が入っています。保存して、送る機械にだけ入れてください。
        <strong>この画面を閉じると、もう受け取れません。</strong>
      </p>
      <p>
        ファイルの名前：<code>{name}</code>
      </p>
      <p role="status">{isSaved && '保存しました。送る機械に入れたら、ほかの場所のものは消してください。'}</p>
      <div className="actions">
        <button type="button" className="button button-main" onClick={save}>
          登録ファイルを保存する
        </button>
        <button type="button" className="button" onClick={onClose}>
          閉じる
        </button>
      </div>
    </div>
  );
}
