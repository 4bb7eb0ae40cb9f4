/** Signing in: password, then the second factor. */
import { useState, type FormEvent } from 'react';
import { factorAnswer, passwordAnswer } from '../../../../contract/console/session.ts';
import { api, keepCsrf } from '../../base/api.ts';
import { useAct } from '../../base/useAct.ts';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';

interface Props {
  /** the session ended while somebody worked */
  readonly wasSignedIn: boolean;
  readonly onSignedIn: () => Promise<void>;
}

export function SignInPage({ wasSignedIn, onSignedIn }: Props) {
  const [step, setStep] = useState<'password' | 'code'>('password');
  const act = useAct(async (form: FormData) => {
    if (step === 'password') {
      const answer = await api.post(passwordAnswer, '/api/sign-in/password', Object.fromEntries(form));
      keepCsrf(answer.csrf);
      return setStep('code');
    }
    await api.post(factorAnswer, '/api/sign-in/code', Object.fromEntries(form));
    return onSignedIn();
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void act.run(new FormData(event.currentTarget));
  };
  return (
    <form className="card narrow" onSubmit={submit} key={step}>
      <PageHeading title="ログイン" />
      {wasSignedIn && (
        <Notice tone="plain">しばらく操作がなかったため、もう一度ログインしてください。</Notice>
      )}
      {act.reason && <Notice tone="bad">{act.reason}</Notice>}
      {step === 'password' ? (
        <>
          <label className="field">
            <span className="field-label">ログイン名</span>
            <input name="login" autoComplete="username" required />
          </label>
          <label className="field">
            <span className="field-label">パスワード</span>
            <input name="password" type="password" autoComplete="current-password" required />
          </label>
        </>
      ) : (
        <label className="field">
          <span className="field-label">確認コード（6けた）</span>
          <input name="code" inputMode="numeric" autoComplete="one-time-code" required />
        </label>
      )}
      <button type="submit" className="button button-main">
        次へ
      </button>
    </form>
  );
}
