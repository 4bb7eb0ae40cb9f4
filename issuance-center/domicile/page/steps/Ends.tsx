import { useEffect, useState } from 'react';
import type { ApplicationStatus } from '../../../contract/domicileApplication.ts';
import type { Place } from '../state.ts';
import type { Acts } from '../useApplying.ts';
import { dayWords } from '../words.ts';

const DOINGS: Readonly<Record<Extract<Place, { at: 'asking' }>['what'], string>> = {
  places: '市区町村をしらべています',
  form: '申請の用意をしています',
  challenge: '署名の用意をしています',
  sending: '申請を送っています',
  status: '申請の状況をしらべています',
};

export function Asking({ what }: { readonly what: keyof typeof DOINGS }) {
  return (
    <>
      <h1 tabIndex={-1}>{DOINGS[what]}</h1>
      <p role="status" className="working">
        お待ちください。このページは、閉じないでください。
      </p>
    </>
  );
}

interface ReceivedProps {
  readonly application: ApplicationStatus;
  /** PDF, base64 */
  readonly sheet: string | null;
  readonly acts: Acts;
}

/** The application stands: its number large, the sheet, what happens next. */
export function Received({ application, sheet, acts }: ReceivedProps) {
  return (
    <>
      <h1 tabIndex={-1}>申請を受け付けました</h1>
      <p className="application-number">
        <span>申請番号</span>
        <strong>{application.applicationNumber}</strong>
      </p>
      <p>{`${application.municipalityName}が、${dayWords(application.decideBy)}までにたしかめます。申請番号は、状況をたずねるときに必要です。`}</p>
      <p>
        登録が終わると、コンビニの機械で、本籍地の証明書を受け取れます。申請したときのカードをお使いください。
      </p>
      {sheet ? (
        <Sheet number={application.applicationNumber} sheet={sheet} />
      ) : (
        <p className="notice">
          控えを作れませんでした。申請は受け付けられています。申請番号を、書きとめてください。
        </p>
      )}
      <p>カードを、カードリーダーから取ってください。</p>
      <p>
        <button type="button" className="button button-small" onClick={() => acts.go({ at: 'start' })}>
          はじめにもどる
        </button>
      </p>
    </>
  );
}

function Sheet({ number, sheet }: { readonly number: string; readonly sheet: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const bytes = Uint8Array.from(atob(sheet), (letter) => letter.charCodeAt(0));
    const made = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [sheet]);
  return (
    <p>
      <a className="button" href={url} download={`利用登録申請書-${number}.pdf`}>
        申請の控え（PDF）を保存する
      </a>
    </p>
  );
}

/** Sent, and no answer: nothing is claimed, and nothing is sent again by itself. */
export function Unknown({ acts }: { readonly acts: Acts }) {
  return (
    <>
      <h1 tabIndex={-1}>申請が届いたか、確認できませんでした</h1>
      <div className="notice" role="alert">
        <p>申請を送りましたが、返事がありませんでした。申請は、受け付けられているかもしれません。</p>
        <p>
          <strong>
            同じカードで、もう一度申請してください。もう受け付けられているときは、そのことが出ます。コンビニの機械の「申請の状況をみる」でも、たしかめられます。
          </strong>
        </p>
      </div>
      <p>
        <button type="button" className="button button-main" onClick={acts.openPlaces}>
          もう一度申請する
        </button>
      </p>
    </>
  );
}
