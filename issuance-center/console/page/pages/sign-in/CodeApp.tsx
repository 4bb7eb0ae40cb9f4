/** Setting up a code app: the picture to scan, the letters to type, and the first code as the proof. */
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { oneTimeSetUp } from '../../../../contract/console/session.ts';
import { api, reasonOf, type ApiPath } from '../../base/api.ts';
import { useAct } from '../../base/useAct.ts';
import { TextField } from '../../parts/fields.tsx';
import { Form } from '../../parts/Form.tsx';
import { Notice } from '../../parts/Notice.tsx';

interface Props<Answer extends z.ZodType> {
  /** /api/enrolment or /api/account */
  readonly at: '/api/enrolment' | '/api/account';
  readonly answer: Answer;
  readonly onSet: (answer: z.output<Answer>) => void | Promise<void>;
}

export function CodeApp<Answer extends z.ZodType>({ at, answer, onSet }: Props<Answer>) {
  const [shown, setShown] = useState<z.output<typeof oneTimeSetUp>>();
  const [failed, setFailed] = useState<string>();
  const [code, setCode] = useState('');
  useEffect(() => {
    api
      .post(oneTimeSetUp, `${at}/code-question` as ApiPath)
      .then(setShown, (failure: unknown) => setFailed(reasonOf(failure)));
  }, [at]);
  const act = useAct(async () => {
    const plain = code.normalize('NFKC').replaceAll(/\s/g, '');
    await onSet(await api.post(answer, `${at}/code` as ApiPath, { code: plain }));
  });
  if (failed) return <Notice tone="bad">{failed}</Notice>;
  if (!shown) return <p role="status">用意しています…</p>;
  return (
    <Form
      faults={act.faults}
      reason={act.faults.length > 0 ? undefined : act.reason}
      onSubmit={() => void act.run()}
    >
      <ol>
        <li>スマートフォンなどに、認証アプリを入れます。</li>
        <li>
          アプリで、この図を読み取ります。
          <div className="qr">
            <img
              src={`data:image/svg+xml;utf8,${encodeURIComponent(shown.picture)}`}
              alt="認証アプリで読み取る二次元コード"
            />
          </div>
          読み取れないときは、アプリにこの文字を入れます：
          <code>{shown.secret.match(/.{1,4}/g)?.join(' ')}</code>
        </li>
        <li>アプリに出た6けたの数字を入れます。</li>
      </ol>
      <TextField
        path="code"
        label="6けたの数字"
        value={code}
        onChange={setCode}
        maxLength={8}
        autoComplete="one-time-code"
      />
      <div className="actions">
        <button type="submit" className="button button-main" aria-disabled={act.isRunning}>
          登録する
        </button>
      </div>
    </Form>
  );
}
