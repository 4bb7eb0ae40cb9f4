/** Signing in: password, then the second factor. */
import { useState } from 'react';
import type { z } from 'zod';
import { factorAnswer, passwordAnswer } from '../../../../contract/console/session.ts';
import { api, keepCsrf } from '../../base/api.ts';
import { useAct } from '../../base/useAct.ts';
import { TextField } from '../../parts/fields.tsx';
import { Form } from '../../parts/Form.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { SecondFactor } from './SecondFactor.tsx';

interface Props {
  /** the session ended while somebody worked */
  readonly wasSignedIn: boolean;
  readonly onSignedIn: () => Promise<void>;
}

export function SignInPage({ wasSignedIn, onSignedIn }: Props) {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [next, setNext] = useState<z.output<typeof passwordAnswer>>();
  const act = useAct(async () => {
    const answer = await api.post(passwordAnswer, '/api/sign-in/password', { login, password });
    keepCsrf(answer.csrf);
    setPassword('');
    setNext(answer);
  });
  if (next) {
    return (
      <div className="card narrow stack">
        <PageHeading title="本人確認" />
        <SecondFactor
          factors={next.factors}
          at="/api/sign-in"
          answer={factorAnswer}
          onShown={onSignedIn}
          onGiveUp={() => setNext(undefined)}
        />
      </div>
    );
  }
  return (
    <div className="card narrow stack">
      <PageHeading title="ログイン" />
      {wasSignedIn && (
        <Notice tone="plain">
          しばらく操作がなかったか、権限が変わったため、もう一度ログインしてください。
        </Notice>
      )}
      <Form faults={[]} reason={act.reason} onSubmit={() => void act.run()}>
        <TextField
          path="login"
          label="ログイン名"
          value={login}
          onChange={setLogin}
          autoComplete="username"
        />
        <TextField
          path="password"
          label="パスワード"
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
        <button type="submit" className="button button-main" aria-disabled={act.isRunning}>
          次へ
        </button>
      </Form>
    </div>
  );
}
