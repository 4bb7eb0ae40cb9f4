import type { ConsentState } from '../../consentContract.ts';
import { Words } from './Card.tsx';

export function Ended({ consent }: { readonly consent: Extract<ConsentState, { kind: 'ended' }> }) {
  switch (consent.how) {
    case 'signed':
      return (
        <>
          <h1 tabIndex={-1}>署名が終わりました</h1>
          <p className="done" role="status">
            カードを取って、この画面を閉じてください。申請のページで、続きが進みます。
          </p>
          <p>まだ申請は終わっていません。申請のページで、申請番号が出ることをたしかめてください。</p>
        </>
      );
    case 'refused':
      return (
        <>
          <h1 tabIndex={-1}>{consent.notice?.title ?? '署名できませんでした'}</h1>
          {consent.notice ? <Words notice={consent.notice} /> : null}
          <Close />
        </>
      );
    case 'cancelled':
    case 'dropped':
      return (
        <>
          <h1 tabIndex={-1}>署名をやめました</h1>
          <p>何も署名していません。</p>
          <Close />
        </>
      );
  }
}

export function Gone() {
  return (
    <>
      <h1 tabIndex={-1}>この署名の画面は終わっています</h1>
      <p>新しい署名が求められたか、時間がたちました。</p>
      <Close />
    </>
  );
}

export function Lost() {
  return (
    <>
      <h1 tabIndex={-1}>署名のプログラムとつながりません</h1>
      <p role="alert">
        このパソコンの署名のプログラムが止まっています。何も送っていません。プログラムをもう一度動かして、申請のページからやりなおしてください。
      </p>
    </>
  );
}

function Close() {
  return <p>この画面を閉じて、申請のページにもどってください。</p>;
}
