/** 登録: from the link of an invitation to a member of staff. The link's secret stands behind the #, which is never sent. */
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { enrolAnswer, enrolled, invited } from '../../../../contract/console/session.ts';
import { api, keepCsrf, reasonOf } from '../../base/api.ts';
import { useAct } from '../../base/useAct.ts';
import { TextField } from '../../parts/fields.tsx';
import { Form } from '../../parts/Form.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { CodeApp } from './CodeApp.tsx';
import { newPasskey, passkeyLabel } from './passkey.ts';
import { RecoveryCodes } from './RecoveryCodes.tsx';

type Invited = z.output<typeof invited>;
type Step =
  | { readonly at: 'looking' }
  | { readonly at: 'refused'; readonly reason: string }
  | { readonly at: 'password'; readonly who: Invited }
  | { readonly at: 'factor' }
  | { readonly at: 'code-app' }
  | { readonly at: 'done'; readonly codes: readonly string[] };

export function EnrolPage() {
  const [step, setStep] = useState<Step>({ at: 'looking' });
  const token = location.hash.slice(1);
  useEffect(() => {
    api.post(invited, '/api/enrolment/look', { token }).then(
      (who) => setStep({ at: 'password', who }),
      (failure: unknown) => setStep({ at: 'refused', reason: reasonOf(failure) }),
    );
  }, [token]);
  const finish = ({ recoveryCodes }: z.output<typeof enrolled>) =>
    setStep({ at: 'done', codes: recoveryCodes });
  return (
    <div className="card narrow stack">
      <PageHeading title={step.at === 'done' ? '登録が終わりました' : '職員の登録'} />
      <EnrolStep step={step} token={token} onStep={setStep} onDone={finish} />
    </div>
  );
}

interface StepProps {
  readonly step: Step;
  readonly token: string;
  readonly onStep: (step: Step) => void;
  readonly onDone: (answer: z.output<typeof enrolled>) => void;
}

function EnrolStep({ step, token, onStep, onDone }: StepProps) {
  switch (step.at) {
    case 'looking':
      return <p role="status">招待をたしかめています…</p>;
    case 'refused':
      return <Notice tone="bad">{step.reason}</Notice>;
    case 'password':
      return <PasswordStep who={step.who} token={token} onChosen={() => onStep({ at: 'factor' })} />;
    case 'factor':
      return <FactorStep onApp={() => onStep({ at: 'code-app' })} onDone={onDone} />;
    case 'code-app':
      return <CodeApp at="/api/enrolment" answer={enrolled} onSet={onDone} />;
    case 'done':
      return (
        <>
          <RecoveryCodes codes={step.codes} />
          <a className="button button-main" href="/">
            管理画面をひらく
          </a>
        </>
      );
  }
}

function PasswordStep({
  who,
  token,
  onChosen,
}: {
  readonly who: Invited;
  readonly token: string;
  readonly onChosen: () => void;
}) {
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const differ = again !== '' && again !== password;
  const short = password.length < 12;
  const [tried, setTried] = useState(false);
  const act = useAct(async () => {
    const answer = await api.post(enrolAnswer, '/api/enrolment/password', { token, password });
    keepCsrf(answer.csrf);
    onChosen();
  });
  const own = [
    ...(tried && short ? [{ path: 'password', reason: 'パスワードは12文字以上にしてください' }] : []),
    ...(tried && !short && again !== password
      ? [{ path: 'again', reason: '2つのパスワードがちがいます' }]
      : []),
  ];
  const submit = () => {
    setTried(true);
    if (!short && again === password) void act.run();
  };
  return (
    <Form
      faults={own.length > 0 ? own : act.faults}
      reason={act.faults.length > 0 ? undefined : act.reason}
      onSubmit={submit}
    >
      <dl className="facts">
        <dt>市区町村</dt>
        <dd>{who.municipalityName}</dd>
        <dt>名前</dt>
        <dd>{who.displayName}</dd>
        <dt>ログイン名</dt>
        <dd>{who.login}</dd>
      </dl>
      <TextField
        path="password"
        label="パスワード"
        help="12文字以上。ログイン名や、よく使われる言葉は使えません"
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
      />
      <TextField
        path="again"
        label="パスワード（もう一度）"
        help={differ ? '上と同じものを入れてください' : undefined}
        type="password"
        value={again}
        onChange={setAgain}
        autoComplete="new-password"
      />
      <button type="submit" className="button button-main" aria-disabled={act.isRunning}>
        次へ
      </button>
    </Form>
  );
}

function FactorStep({ onApp, onDone }: { readonly onApp: () => void; readonly onDone: StepProps['onDone'] }) {
  const act = useAct(async () => {
    const response = await newPasskey('/api/enrolment/passkey-question');
    onDone(await api.post(enrolled, '/api/enrolment/passkey', { response, label: passkeyLabel() }));
  });
  return (
    <div className="stack">
      <p>パスワードのほかに、もう一つの本人確認の方法をえらびます。</p>
      {act.reason && <Notice tone="bad">{act.reason}</Notice>}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          aria-disabled={act.isRunning}
          onClick={() => void act.run()}
        >
          パスキーを使う（指紋・顔・セキュリティキー）
        </button>
        <button type="button" className="button" onClick={onApp}>
          認証アプリを使う（6けたの数字）
        </button>
      </div>
    </div>
  );
}
