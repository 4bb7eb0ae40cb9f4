import { useState, type FormEvent } from 'react';
import { flushSync } from 'react-dom';
import { wordsAtHome } from '#templates/notices/atHome.ts';
import { typedDay } from '../../../console/page/base/dates.ts';
import type { ApplicationStatus } from '../../../contract/domicileApplication.ts';
import { TextField } from '../parts/TextField.tsx';
import type { Place } from '../state.ts';
import { typedApplicationNumber } from '../typed.ts';
import type { Acts } from '../useApplying.ts';
import { dayWords, momentWords, nextWords, QUESTION_WORDS, stateWords } from '../words.ts';
import { Row } from './Row.tsx';

type Asking = Extract<Place, { at: 'statusForm' }>;

/**
 * The number of the sheet and the birth date; both stay out of every address, and are kept where the answer is no. The
 * first one that cannot be read is gone to, and is read out with its fault.
 */
export function StatusForm({ place, acts }: { readonly place: Asking; readonly acts: Acts }) {
  const [number, setNumber] = useState(place.number);
  const [birth, setBirth] = useState(place.birth);
  const [isTried, setTried] = useState(false);
  const parsed = typedApplicationNumber(number);
  const day = typedDay(birth);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (parsed && day) return acts.openStatus(parsed, day, { at: 'statusForm', number, birth });
    flushSync(() => setTried(true));
    form.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  };
  return (
    <>
      <h1 tabIndex={-1}>申請の状況をみる</h1>
      <form className="fields" noValidate onSubmit={submit}>
        <TextField
          id="number"
          label="申請番号"
          hint="控えに書かれた、12文字の番号。例：ABCD-1234-EFGH"
          value={number}
          fault={isTried && !parsed ? '申請番号の形ではありません。12文字を、たしかめてください。' : null}
          onType={setNumber}
        />
        <TextField
          id="birth"
          label="生年月日"
          hint="例：昭和58年7月2日、1983/7/2"
          value={birth}
          fault={isTried && !day ? '日付として読めません。例のように入れてください。' : null}
          onType={setBirth}
        />
        <p className="buttons">
          <button type="submit" className="button button-main">
            状況をみる
          </button>
          <button type="button" className="button button-small" onClick={() => acts.go({ at: 'start' })}>
            はじめにもどる
          </button>
        </p>
      </form>
    </>
  );
}

/** One application: where it stands, until when, why, and what is asked. */
export function StatusShown(props: { readonly application: ApplicationStatus; readonly acts: Acts }) {
  const { state, ended, question, reason, ...application } = props.application;
  const notice = ended ? wordsAtHome(ended.notice) : null;
  const isOpen = state === 'received' || state === 'checking';
  const next = isOpen && question ? QUESTION_WORDS : nextWords[state];
  return (
    <>
      <h1 tabIndex={-1}>{notice ? notice.title : stateWords[state]}</h1>
      <p className="working">{notice ? notice.todo : next}</p>
      <section className="part">
        <h2>申請</h2>
        <dl>
          {question ? <Row label="おたずね">{question}</Row> : null}
          {reason ? <Row label="理由">{reason}</Row> : null}
          {notice ? <Row label="何がおきたか">{notice.text}</Row> : null}
          <Row label="申請番号">{application.applicationNumber}</Row>
          <Row label="申請先">{application.municipalityName}</Row>
          <Row label="受け付けた日">{momentWords(application.receivedAt)}</Row>
          {isOpen ? <Row label="確認の期限">{`${dayWords(application.decideBy)}まで`}</Row> : null}
          {application.decidedAt ? <Row label="決まった日">{momentWords(application.decidedAt)}</Row> : null}
        </dl>
      </section>
      <p>
        <button type="button" className="button button-small" onClick={() => props.acts.go({ at: 'start' })}>
          はじめにもどる
        </button>
      </p>
    </>
  );
}
