/** 変更点と提出: what changes, in words, and handing it to the approver; or throwing it away. */
import { useState } from 'react';
import { done } from '../../../../../contract/console/configuration.ts';
import { hrefOf } from '../../../base/addresses.ts';
import { useAnnounce } from '../../../base/announce.tsx';
import { api, ApiFailure } from '../../../base/api.ts';
import { goTo } from '../../../base/place.ts';
import { useAct } from '../../../base/useAct.ts';
import { BeforeAfter } from '../../../parts/BeforeAfter.tsx';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { TextField } from '../../../parts/fields.tsx';
import { Notice } from '../../../parts/Notice.tsx';
import { OVERVIEW, VERSION } from '../places.ts';
import { useEdit } from './edit.tsx';

export function ReviewSection() {
  const { draft, base } = useEdit();
  const { changes, faults } = draft;
  return (
    <section className="card" aria-labelledby="section-title">
      <h2 id="section-title">変更点と提出</h2>
      <BeforeAfter
        caption={base ? 'いまの版からの変更' : 'はじめての内容'}
        changes={changes}
        none="いまの版と同じ内容です。"
      />
      {faults.length > 0 ? (
        <Notice tone="warning" isQuiet>
          直すところがなくなると、提出できます。
        </Notice>
      ) : (
        changes.length > 0 && <Proposal />
      )}
      <Discard />
    </section>
  );
}

function Proposal() {
  const { draft } = useEdit();
  const announce = useAnnounce();
  const [note, setNote] = useState('');
  const act = useAct(async () => {
    // what is proposed is what stands on the page
    if (!(await draft.flush())) throw new ApiFailure('not-now', '保存できていないため、提出できません');
    const { number } = draft;
    await api.post(done, `/api/versions/${number}/proposal`, { revision: draft.revisionNow(), note });
    announce('承認者に提出しました');
    await goTo(hrefOf(VERSION, { number }));
  });
  return (
    <div className="stack">
      <TextField
        path="note"
        label="変更の説明（承認する人へ）"
        help="例：条例改正により、令和9年4月から手数料を変更"
        lines={2}
        maxLength={400}
        value={note}
        onChange={setNote}
      />
      {act.reason && <Notice tone="bad">{act.reason}</Notice>}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          aria-disabled={act.isRunning}
          onClick={() => void act.run()}
        >
          承認者に提出する
        </button>
        <span className="soft">提出すると、この版は直せなくなります。</span>
      </div>
    </div>
  );
}

function Discard() {
  const { draft } = useEdit();
  const announce = useAnnounce();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <div>
      <button type="button" className="button button-danger-quiet" onClick={() => setIsAsking(true)}>
        この下書きを捨てる
      </button>
      <ConfirmDialog
        title={`第${draft.number}版の下書きを捨てますか`}
        isOpen={isAsking}
        isDestructive
        act="捨てる"
        onClose={() => setIsAsking(false)}
        onConfirm={async () => {
          await draft.flush();
          await api.delete(done, `/api/versions/${draft.number}`);
          announce('下書きを捨てました');
          await goTo(OVERVIEW);
        }}
      >
        <p>適用中の内容は変わりません。捨てた下書きは、「これまでの版」に「取り消し」として残ります。</p>
      </ConfirmDialog>
    </div>
  );
}
