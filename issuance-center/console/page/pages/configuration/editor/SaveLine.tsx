/** Whether what is on the page is kept. */
import { useAnnounce } from '../../../base/announce.tsx';
import { StateBadge } from '../../../parts/StateBadge.tsx';
import { Notice } from '../../../parts/Notice.tsx';
import type { Draft } from '../useDraft.ts';

export function SaveLine({ draft, reload }: { readonly draft: Draft; readonly reload: () => Promise<void> }) {
  const announce = useAnnounce();
  const { state, flush } = draft;
  const save = async () => {
    if (await flush()) announce('保存しました');
  };
  switch (state.at) {
    case 'saved':
      return (
        <p className="save-line">
          <StateBadge tone="good">保存してあります</StateBadge>
          <span className="soft">直すと、少したってから自動で保存します。</span>
        </p>
      );
    case 'changed':
    case 'saving':
      return (
        <p className="save-line">
          <StateBadge tone="active">
            {state.at === 'saving' ? '保存しています' : 'まだ保存していません'}
          </StateBadge>
          <button type="button" className="button button-small" onClick={() => void save()}>
            いま保存する
          </button>
        </p>
      );
    case 'failed':
      return (
        <Notice tone="bad" title="保存できませんでした">
          <p>{state.reason}</p>
          <button type="button" className="button button-small" onClick={() => void save()}>
            もう一度保存する
          </button>
        </Notice>
      );
    case 'overtaken':
      return (
        <Notice tone="bad" title="この画面からは、もう保存できません">
          <p>{state.reason}</p>
          <button type="button" className="button button-small" onClick={() => void reload()}>
            画面を読み直す
          </button>
        </Notice>
      );
  }
}
