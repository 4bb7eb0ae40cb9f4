import type { NoticeWords, OpenConsent } from '../../consentContract.ts';
import type { ConsentStage } from '../../consentContract.ts';
import type { StepActs } from './Step.tsx';

export function Placing({ reader }: { readonly reader: OpenConsent['reader'] }) {
  return (
    <>
      <h1 tabIndex={-1}>マイナンバーカードを置いてください</h1>
      <p role="status">
        {reader === 'unavailable'
          ? 'カードリーダーがみつかりません。パソコンにつないでください。'
          : 'カードリーダーに置くと、すぐに読み取りが始まります。'}
      </p>
      <p>署名が終わるまで、カードを動かさないでください。</p>
    </>
  );
}

type Work = Extract<ConsentStage, { at: 'working' }>['what'];
const WORDS: Readonly<Record<Work, string>> = {
  reading: 'カードを読み取っています',
  letters: '氏名と住所の文字を読み取っています',
  password: 'パスワードをたしかめています',
  signing: '署名しています',
};

export function Working({ what }: { readonly what: Work }) {
  return (
    <>
      <h1 tabIndex={-1}>{WORDS[what]}</h1>
      <p role="status" className="working">
        カードを動かさずに、お待ちください。
      </p>
    </>
  );
}

export function Noticed({ notice, acts }: { readonly notice: NoticeWords; readonly acts: StepActs }) {
  return (
    <>
      <h1 tabIndex={-1}>{notice.title}</h1>
      <Words notice={notice} />
      <p>
        <button type="button" className="button button-main" onClick={() => acts.touch('again')}>
          もう一度
        </button>
      </p>
    </>
  );
}

export function Words({ notice }: { readonly notice: NoticeWords }) {
  return (
    <div className="notice" role="alert">
      <p>{notice.text}</p>
      <p>{notice.todo}</p>
      <p className="code">お知らせ番号 {notice.code}</p>
    </div>
  );
}
