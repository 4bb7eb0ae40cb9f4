/** Before an act that weighs more: the second factor once more (api.ts, onConfirmNeeded). */
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { done } from '../../../../contract/console/session.ts';
import { api, onConfirmNeeded } from '../../base/api.ts';
import { useAct } from '../../base/useAct.ts';
import { DialogFrame } from '../../parts/DialogFrame.tsx';
import { Notice } from '../../parts/Notice.tsx';

export function ConfirmIdentity() {
  const [isOpen, setIsOpen] = useState(false);
  const answer = useRef<(isShown: boolean) => void>(undefined);
  const act = useAct((form: FormData) => api.post(done, '/api/confirm/code', Object.fromEntries(form)));
  useEffect(() => {
    onConfirmNeeded(() => {
      setIsOpen(true);
      return new Promise((resolve) => void (answer.current = resolve));
    });
  }, []);
  const close = (isShown: boolean) => {
    setIsOpen(false);
    act.clear();
    answer.current?.(isShown);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (await act.run(new FormData(event.currentTarget))) close(true);
  };
  return (
    <DialogFrame title="もう一度、本人確認をします" isOpen={isOpen} onClose={() => close(false)}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>重要な操作です。確認コードを入れてください。</p>
        {act.reason && <Notice tone="bad">{act.reason}</Notice>}
        <label className="field">
          <span className="field-label">確認コード（6けた）</span>
          <input name="code" inputMode="numeric" autoComplete="one-time-code" required />
        </label>
        <div className="actions">
          <button type="submit" className="button button-main">
            確認する
          </button>
          <button type="button" className="button" onClick={() => close(false)}>
            やめる
          </button>
        </div>
      </form>
    </DialogFrame>
  );
}
