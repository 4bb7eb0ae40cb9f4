import { useEffect, useRef, useState, type FormEvent, type InputHTMLAttributes } from 'react';
import { TextField } from '../parts/TextField.tsx';
import type { Form } from '../state.ts';
import { statementOf, type Field, type TypedFields } from '../typed.ts';
import type { Acts } from '../useApplying.ts';

interface FormProps {
  readonly form: Form;
  readonly typed: TypedFields;
  readonly cardText: boolean;
  readonly acts: Acts;
}
interface Words {
  readonly label: string;
  readonly hint: string;
  readonly more?: InputHTMLAttributes<HTMLInputElement>;
}
const FIELDS: Readonly<Record<Field, Words>> = {
  domicile: {
    label: '本籍',
    hint: '市区町村のあとにつづく、町の名前と番地。例：例示八丁目8番地',
    more: { list: 'towns' },
  },
  headOfRegister: {
    label: '筆頭者の氏名',
    hint: '戸籍のはじめに書かれている人です。亡くなった方の場合もあります。例：例示　太郎',
  },
  furigana: {
    label: 'ご自分の氏名のふりがな',
    hint: 'ひらがなでも、かたかなでもかまいません。例：レイジ　ハナコ',
  },
  telephone: {
    label: '電話番号',
    hint: '昼間につながる番号。例：090-1234-5678',
    more: { inputMode: 'tel' },
  },
};
const ORDER: readonly Field[] = ['domicile', 'headOfRegister', 'furigana', 'telephone'];

/** What the applicant states. Everything is checked at once, and the first fault is gone to. */
export function FormStep({ form, typed, cardText, acts }: FormProps) {
  const [isTried, setTried] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const stated = statementOf(typed);
  const faults = isTried && stated.kind === 'faults' ? stated.faults : {};
  const faulty = ORDER.filter((field) => faults[field]);
  useEffect(() => {
    if (isTried) summary.current?.focus();
  }, [isTried]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (stated.kind === 'statement') return acts.go({ at: 'review', form, statement: stated.statement });
    setTried(true);
    summary.current?.focus();
  };
  return (
    <>
      <h1 tabIndex={-1}>{`${form.municipalityName}への申請`}</h1>
      {faulty.length > 0 ? (
        <div className="fault" role="alert" tabIndex={-1} ref={summary}>
          <p>{`なおすところが${faulty.length}つあります。`}</p>
          <ul>
            {faulty.map((field) => (
              <li key={field}>
                <a href={`#${field}`}>{FIELDS[field].label}</a>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <form className="fields" noValidate onSubmit={submit}>
        <p className="prefix">{`本籍のある市区町村　${form.municipalityName}`}</p>
        {ORDER.map((field) => (
          <TextField
            key={field}
            id={field}
            {...FIELDS[field]}
            value={typed[field]}
            fault={faults[field] ?? null}
            onType={(text) => acts.type(field, text)}
          />
        ))}
        <datalist id="towns">
          {form.towns.map(({ name, reading }) => (
            <option key={name} value={name}>
              {reading}
            </option>
          ))}
        </datalist>
        {form.cardText ? <CardText on={cardText} onChoose={acts.chooseCardText} /> : null}
        <p className="buttons">
          <button type="submit" className="button button-main">
            内容をたしかめる
          </button>
          <button type="button" className="button button-small" onClick={acts.openPlaces}>
            市区町村をえらびなおす
          </button>
        </p>
      </form>
    </>
  );
}

function CardText(props: { readonly on: boolean; readonly onChoose: (on: boolean) => void }) {
  return (
    <div className="check">
      <input
        id="card-text"
        type="checkbox"
        checked={props.on}
        aria-describedby="card-text-hint"
        onChange={({ target }) => props.onChoose(target.checked)}
      />
      <label htmlFor="card-text">カードの正しい文字（氏名と住所）も読み取る</label>
      <p className="hint" id="card-text-hint">
        めずらしい漢字の方は、確認が早くなります。券面事項入力補助用の4けたの暗証番号が必要です。
      </p>
    </div>
  );
}
