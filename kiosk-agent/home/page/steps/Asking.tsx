import { Statement } from './Statement.tsx';
import type { StepProps } from './Step.tsx';

/** Who asks, and for what; nothing has been done with the card yet. */
export function Asking({ consent, acts }: StepProps) {
  return (
    <>
      <h1 tabIndex={-1}>この申請に署名しますか</h1>
      <p>次のサイトが、あなたのマイナンバーカードの署名を求めています。</p>
      <p className="site">{consent.site}</p>
      <Statement consent={consent} />
      <p>サイトの名前か内容にまちがいがあるときは、「署名をやめる」を押してください。</p>
      <p>
        <button type="button" className="button button-main" onClick={() => acts.touch('begin')}>
          確認して、カードへ進む
        </button>
      </p>
    </>
  );
}
