/** The link of an invitation: shown once, handed to the person by letter or in person. */
import type { z } from 'zod';
import type { inviteAnswer } from '../../../../contract/console/staff.ts';
import { useAct } from '../../base/useAct.ts';
import { Instant } from '../../parts/Time.tsx';

export type Link = z.output<typeof inviteAnswer>;

export function InviteLink({ link, onClose }: { readonly link: Link; readonly onClose: () => void }) {
  const copy = useAct(() => navigator.clipboard.writeText(link.link));
  return (
    <div className="stack">
      <p>
        このリンクを本人だけに渡してください。1回だけ、
        <Instant at={link.until} /> まで使えます。
        <strong>この画面を閉じると、もう見られません。</strong>
      </p>
      <label className="field">
        <span className="field-label">招待のリンク</span>
        <input readOnly value={link.link} onFocus={({ target }) => target.select()} />
      </label>
      {copy.reason && <p role="alert">写せませんでした。えらんで写してください。</p>}
      <div className="actions">
        <button type="button" className="button" onClick={() => void copy.run()}>
          リンクを写す
        </button>
        <button type="button" className="button button-main" onClick={onClose}>
          閉じる
        </button>
      </div>
    </div>
  );
}
