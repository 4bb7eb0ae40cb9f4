/** パスキー, or a code of an app, or a recovery code: the same question wherever it is asked. */
import { useState } from 'react';
import type { z } from 'zod';
import { api, type ApiPath } from '../../base/api.ts';
import { useAct } from '../../base/useAct.ts';
import { TextField } from '../../parts/fields.tsx';
import { Form } from '../../parts/Form.tsx';
import { passkeyAnswer } from './passkey.ts';

interface Props {
  readonly factors: readonly ('passkey' | 'one-time-code')[];
  /** /api/sign-in or /api/confirm */
  readonly at: '/api/sign-in' | '/api/confirm';
  readonly answer: z.ZodType;
  readonly onShown: () => void | Promise<void>;
  readonly onGiveUp?: () => void;
}

export function SecondFactor({ factors, at, answer, onShown, onGiveUp }: Props) {
  const [code, setCode] = useState('');
  const path = (step: string): ApiPath => `${at}/${step}` as ApiPath;
  const passkey = useAct(async () => {
    const response = await passkeyAnswer(path('passkey-question'));
    await api.post(answer, path('passkey'), { response });
    await onShown();
  });
  const typed = useAct(async () => {
    await api.post(answer, path('code'), { code: code.normalize('NFKC').replaceAll(/\s/g, '') });
    await onShown();
  });
  return (
    <div className="stack">
      {factors.includes('passkey') && (
        <Form faults={[]} reason={passkey.reason} onSubmit={() => void passkey.run()}>
          <p>登録した指紋・顔・セキュリティキーなどで、本人であることをたしかめます。</p>
          <button type="submit" className="button button-main" aria-disabled={passkey.isRunning}>
            パスキーで確認する
          </button>
        </Form>
      )}
      <Form faults={typed.faults} reason={typed.reason} onSubmit={() => void typed.run()}>
        <TextField
          path="code"
          label="確認コード"
          help={
            factors.includes('one-time-code')
              ? 'アプリに出ている6けたの数字。アプリがないときは、控えの回復コード（例：ab12c-de34f）'
              : 'パスキーが使えないときは、控えの回復コード（例：ab12c-de34f）'
          }
          value={code}
          onChange={setCode}
          maxLength={12}
          autoComplete="one-time-code"
        />
        <div className="actions">
          <button type="submit" className="button" aria-disabled={typed.isRunning}>
            コードで確認する
          </button>
          {onGiveUp && (
            <button type="button" className="button" onClick={onGiveUp}>
              やめる
            </button>
          )}
        </div>
      </Form>
    </div>
  );
}
