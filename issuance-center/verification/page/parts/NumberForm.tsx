/** Looks a number up: typed, checked here first, asked only when it can be one. */
import { useState, type FormEvent } from 'react';
import { typedIssueNumber } from '../../../contract/verification.ts';
import { useSay } from '../words.ts';

interface NumberFormProps {
  readonly typed: string;
  readonly onAsk: (issueNumber: string) => void;
}

export function NumberForm({ typed, onAsk }: NumberFormProps) {
  const say = useSay();
  const [text, setText] = useState(typed);
  const [wrong, setWrong] = useState(false);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    const issueNumber = typedIssueNumber(text);
    setWrong(!issueNumber);
    if (issueNumber) onAsk(issueNumber);
  };
  return (
    <form className="number-form" onSubmit={ask} noValidate>
      <h2>{say('way.number')}</h2>
      <p>{say('way.number.about')}</p>
      <label htmlFor="issue-number">{say('number.label')}</label>
      <p id="issue-number-hint" className="hint">
        {say('number.hint')}
      </p>
      <input
        id="issue-number"
        value={text}
        onChange={({ target }) => setText(target.value)}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
        aria-invalid={wrong}
        aria-describedby={wrong ? 'issue-number-wrong' : 'issue-number-hint'}
      />
      {wrong && (
        <p id="issue-number-wrong" className="fault" role="alert">
          {say('number.wrong')}
        </p>
      )}
      <button type="submit" className="button button-main">
        {say('number.ask')}
      </button>
    </form>
  );
}
