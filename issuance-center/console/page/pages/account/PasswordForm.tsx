/** Another password; every other session of one's own ends. */
import { useState } from 'react';
import { done } from '../../../../contract/console/session.ts';
import { api } from '../../base/api.ts';
import { useAnnounce } from '../../base/announce.tsx';
import { useAct } from '../../base/useAct.ts';
import { TextField } from '../../parts/fields.tsx';
import { Form } from '../../parts/Form.tsx';

export function PasswordForm() {
  const say = useAnnounce();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const act = useAct(async () => {
    await api.post(done, '/api/account/password', { current, password });
    setCurrent('');
    setPassword('');
    say('パスワードを変えました。ほかの画面はログアウトしました');
  });
  return (
    <Form
      faults={act.faults}
      reason={act.faults.length > 0 ? undefined : act.reason}
      onSubmit={() => void act.run()}
    >
      <TextField
        path="current"
        label="いまのパスワード"
        type="password"
        value={current}
        onChange={setCurrent}
        autoComplete="current-password"
      />
      <TextField
        path="password"
        label="新しいパスワード"
        help="12文字以上。ログイン名や、よく使われる言葉は使えません"
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
      />
      <div className="actions">
        <button type="submit" className="button" aria-disabled={act.isRunning}>
          変える
        </button>
      </div>
    </Form>
  );
}
