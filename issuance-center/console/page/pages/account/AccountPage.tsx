/** 自分のアカウント: second factors, password, signing out everywhere. */
import { useState } from 'react';
import { account, done, recoveryCodes, type Account } from '../../../../contract/console/session.ts';
import { api, type ApiPath } from '../../base/api.ts';
import { useAnnounce } from '../../base/announce.tsx';
import { roleNames } from '../../base/roleNames.ts';
import { useAct } from '../../base/useAct.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { useWho } from '../../base/who.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { DialogFrame } from '../../parts/DialogFrame.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { Instant } from '../../parts/Time.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { CodeApp } from '../sign-in/CodeApp.tsx';
import { newPasskey, passkeyLabel } from '../sign-in/passkey.ts';
import { RecoveryCodes } from '../sign-in/RecoveryCodes.tsx';
import { PasswordForm } from './PasswordForm.tsx';

export function AccountPage() {
  const who = useWho();
  const { asked, reload } = useAnswer(account, '/api/account');
  return (
    <>
      <PageHeading title="自分のアカウント" />
      <dl className="facts">
        <dt>名前</dt>
        <dd>{who.displayName}</dd>
        <dt>ログイン名</dt>
        <dd>{who.login}</dd>
        <dt>役割</dt>
        <dd>{who.roles.map((role) => roleNames[role]).join('、')}</dd>
      </dl>
      <Waiting asked={asked} reload={reload}>
        {(own) => (
          <>
            <Passkeys own={own} reload={reload} />
            <CodeAppSection own={own} reload={reload} />
            <Recovery own={own} reload={reload} />
          </>
        )}
      </Waiting>
      <section className="card stack">
        <h2>パスワードを変える</h2>
        <PasswordForm />
      </section>
      <SignOut />
    </>
  );
}

interface Props {
  readonly own: Account;
  readonly reload: () => Promise<void>;
}

function Passkeys({ own, reload }: Props) {
  const say = useAnnounce();
  const [removing, setRemoving] = useState<Account['passkeys'][number]>();
  const add = useAct(async () => {
    const response = await newPasskey('/api/account/passkey-question');
    await api.post(done, '/api/account/passkeys', { response, label: passkeyLabel() });
    say('パスキーを足しました');
    await reload();
  });
  return (
    <section className="card stack">
      <h2>パスキー</h2>
      {add.reason && <Notice tone="bad">{add.reason}</Notice>}
      {own.passkeys.length === 0 && <p>まだありません。足すと、数字を打たずにログインできます。</p>}
      <ul className="plain-list">
        {own.passkeys.map((key) => (
          <li key={key.id} className="row">
            <span>
              {key.label}（<Instant at={key.createdAt} />
              に登録）
            </span>
            <button type="button" className="button button-small" onClick={() => setRemoving(key)}>
              消す
            </button>
          </li>
        ))}
      </ul>
      <div className="actions">
        <button type="button" className="button" aria-disabled={add.isRunning} onClick={() => void add.run()}>
          パスキーを足す
        </button>
      </div>
      <ConfirmDialog
        title="このパスキーを消しますか"
        isOpen={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        act="消す"
        isDestructive
        onConfirm={async () => {
          await api.delete(done, `/api/account/passkeys/${encodeURIComponent(removing!.id)}` as ApiPath);
          await reload();
        }}
      >
        <p>「{removing?.label}」では、もうログインできなくなります。</p>
      </ConfirmDialog>
    </section>
  );
}

function CodeAppSection({ own, reload }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section className="card stack">
      <h2>認証アプリ</h2>
      <p>{own.oneTimeCode ? '登録してあります。' : 'まだ登録していません。'}</p>
      <div className="actions">
        <button type="button" className="button" onClick={() => setIsOpen(true)}>
          {own.oneTimeCode ? '登録し直す' : '登録する'}
        </button>
      </div>
      <DialogFrame title="認証アプリの登録" isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <CodeApp
          at="/api/account"
          answer={done}
          onSet={async () => {
            setIsOpen(false);
            await reload();
          }}
        />
      </DialogFrame>
    </section>
  );
}

function Recovery({ own, reload }: Props) {
  const [codes, setCodes] = useState<readonly string[]>();
  const act = useAct(async () => {
    const made = await api.post(recoveryCodes, '/api/account/recovery-codes');
    setCodes(made.recoveryCodes);
    await reload();
  });
  return (
    <section className="card stack">
      <h2>回復コード</h2>
      <p>使っていないコードが、あと{own.recoveryCodesLeft}個あります。</p>
      {act.reason && <Notice tone="bad">{act.reason}</Notice>}
      {codes && <RecoveryCodes codes={codes} />}
      <div className="actions">
        <button type="button" className="button" aria-disabled={act.isRunning} onClick={() => void act.run()}>
          新しく作る（前のものは使えなくなります）
        </button>
      </div>
    </section>
  );
}

function SignOut() {
  const act = useAct(async (everywhere: boolean) => {
    await api.post(done, everywhere ? '/api/account/sign-out-everywhere' : '/api/sign-out');
    location.assign('/');
  });
  return (
    <section className="card stack">
      <h2>ログアウト</h2>
      {act.reason && <Notice tone="bad">{act.reason}</Notice>}
      <div className="actions">
        <button type="button" className="button" onClick={() => void act.run(false)}>
          ログアウトする
        </button>
        <button type="button" className="button" onClick={() => void act.run(true)}>
          ほかの画面からもログアウトする
        </button>
      </div>
    </section>
  );
}
