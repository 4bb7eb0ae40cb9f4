import type { Acts } from '../useApplying.ts';

/** What it is, what is needed, and the two ways. */
export function Start({ acts }: { readonly acts: Acts }) {
  return (
    <>
      <h1 tabIndex={-1}>本籍地の戸籍の証明書を、コンビニで受け取れるようにします</h1>
      <p>
        お住まいとちがう市区町村に本籍がある方は、一度だけ、利用登録を申請してください。本籍地の市区町村が確認したあと、コンビニの機械で、本籍地の戸籍の証明書と戸籍の附票の写しを受け取れます。お金はかかりません。
      </p>
      <div className="ways">
        <button type="button" className="button button-main button-way" onClick={acts.openPlaces}>
          申請をはじめる
          <span>署名用のパスワード（6文字から16文字）が必要です。</span>
        </button>
        <button
          type="button"
          className="button button-way"
          onClick={() => acts.go({ at: 'statusForm', number: '', birth: '' })}
        >
          申請の状況をみる
          <span>申請番号と生年月日でわかります。</span>
        </button>
      </div>
      <section className="limits">
        <h2>必要なもの</h2>
        <ul>
          <li>マイナンバーカード（署名用の電子証明書が入っているもの）</li>
          <li>署名用のパスワードと、利用者証明用の4けたの暗証番号</li>
          <li>パソコンと、カードリーダー（PC/SC）</li>
          <li>本籍と筆頭者の氏名がわかるもの</li>
        </ul>
      </section>
      <AgentHelp />
      <p className="private">
        パスワードと暗証番号は、このページでは入力しません。入力した内容は、申請するまで送りません。
      </p>
    </>
  );
}

/** How the program that signs is started. */
export function AgentHelp() {
  return (
    <section className="limits">
      <h2>署名のプログラムの動かしかた</h2>
      <ol>
        <li>カードリーダーをパソコンにつなぎます。</li>
        <li>
          署名のプログラムを動かします（<code>APPLY_URL={location.origin} npm run home-agent</code>）。
        </li>
        <li>このページにもどって、申請を続けます。カードは、署名のときに置きます。</li>
      </ol>
    </section>
  );
}
