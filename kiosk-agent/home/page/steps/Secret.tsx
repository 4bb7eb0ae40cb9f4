import { useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { SECRET_FORMS, type ConsentSecret } from '../../consentContract.ts';
import type { StepActs } from './Step.tsx';

interface Tried {
  readonly acts: StepActs;
  readonly triesLeft: number | null;
  readonly wrong: boolean;
}

export function EnteringPassword({ acts, triesLeft, wrong }: Tried) {
  return (
    <>
      <h1 tabIndex={-1}>署名用のパスワードを入れてください</h1>
      <p>6文字から16文字の英数字です。市区町村の窓口で決めました。小文字で入れても、大文字として扱います。</p>
      <SecretForm
        acts={acts}
        secret="password"
        label="署名用のパスワード"
        button="次へ進む"
        wrong={wrong ? 'パスワードがちがいます。' : null}
        triesLeft={triesLeft}
        locked="5回続けてまちがえるとロックされ、市区町村の窓口での手続きが必要になります。"
      />
    </>
  );
}

export function EnteringPin({ acts, triesLeft, wrong }: Tried) {
  return (
    <>
      <h1 tabIndex={-1}>利用者証明用の暗証番号を入れてください</h1>
      <p>4けたの数字です。店の機械で証明書を取るときと同じ番号です。</p>
      <SecretForm
        acts={acts}
        secret="pin"
        label="利用者証明用の暗証番号（4けた）"
        button="署名する"
        wrong={wrong ? '暗証番号がちがいます。' : null}
        triesLeft={triesLeft}
        locked="3回続けてまちがえるとロックされ、市区町村の窓口での手続きが必要になります。"
      />
      <p>
        <button type="button" className="button" onClick={() => acts.touch('back')}>
          内容をもう一度みる
        </button>
      </p>
    </>
  );
}

export function EnteringTextPin({ acts, triesLeft, wrong }: Tried) {
  return (
    <>
      <h1 tabIndex={-1}>カードの券面の文字を使いますか</h1>
      <p>
        券面事項入力補助用の暗証番号（4けた）を入れると、氏名と住所を、カードに書かれたとおりの文字で申請できます。個人番号は読み取りません。
      </p>
      <SecretForm
        acts={acts}
        secret="text-pin"
        label="券面事項入力補助用の暗証番号（4けた）"
        button="文字を読み取る"
        wrong={wrong ? '暗証番号がちがいます。' : null}
        triesLeft={triesLeft}
        locked="3回続けてまちがえるとロックされます。"
      />
      <p>
        <button type="button" className="button" onClick={() => acts.touch('skip-text')}>
          使わずに進む
        </button>
      </p>
    </>
  );
}

interface FormProps {
  readonly acts: StepActs;
  readonly secret: ConsentSecret;
  readonly label: string;
  readonly button: string;
  readonly wrong: string | null;
  readonly triesLeft: number | null;
  readonly locked: string;
}

/** What is typed is sent once and wiped from the field at once; the browser is asked to keep nothing. */
function SecretForm({ acts, secret, label, button, wrong, triesLeft, locked }: FormProps) {
  const ids = useId();
  const field = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(false);
  const [illFormed, setIllFormed] = useState(false);
  const { letters } = SECRET_FORMS[secret];
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const input = field.current;
    if (!input) return;
    if (!hasForm(secret, input.value)) return setIllFormed(true);
    setIllFormed(false);
    acts.enter(secret, input.value);
    input.value = '';
  };
  const fault = illFormed ? formFault(secret) : wrong;
  return (
    <form onSubmit={send} autoComplete="off" noValidate className="secret">
      <label htmlFor={`${ids}-field`}>{label}</label>
      <input
        id={`${ids}-field`}
        ref={field}
        type={shown ? 'text' : 'password'}
        inputMode={letters ? 'text' : 'numeric'}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={SECRET_FORMS[secret].longest}
        aria-describedby={`${ids}-tries ${ids}-fault`}
        aria-invalid={fault !== null}
        data-first={wrong === null ? undefined : ''}
      />
      {letters ? (
        <label className="show">
          <input type="checkbox" checked={shown} onChange={() => setShown(!shown)} />
          入れた文字を見る
        </label>
      ) : null}
      <Fault id={`${ids}-fault`}>{fault}</Fault>
      <p id={`${ids}-tries`} className="hint">
        {triesLeft === null ? '' : `あと${triesLeft}回入れられます。`}
        {locked}
      </p>
      <p>
        <button type="submit" className="button button-main">
          {button}
        </button>
      </p>
    </form>
  );
}

function Fault({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <div id={id} role="alert">
      {children === null ? null : <p className="fault">{children}</p>}
    </div>
  );
}

function hasForm(secret: ConsentSecret, typed: string): boolean {
  const { shortest, longest, letters } = SECRET_FORMS[secret];
  const right = letters ? /^[A-Za-z0-9]*$/ : /^\d*$/;
  return right.test(typed) && typed.length >= shortest && typed.length <= longest;
}
const formFault = (secret: ConsentSecret): string =>
  secret === 'password'
    ? '6文字から16文字の半角の英数字で入れてください。'
    : '半角の数字4けたで入れてください。';
