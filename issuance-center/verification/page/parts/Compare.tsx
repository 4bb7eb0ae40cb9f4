/** What only the eye can compare, and the one question whose answer changes the result. */
import { useState } from 'react';
import { useSay } from '../words.ts';

interface CompareProps {
  readonly issueNumber: string;
  readonly onDifferent: () => void;
}

export function Compare({ issueNumber, onDifferent }: CompareProps) {
  const say = useSay();
  const [same, setSame] = useState(false);
  return (
    <section className="compare" aria-labelledby="compare-heading">
      <h2 id="compare-heading">{say('compare.heading')}</h2>
      <ul>
        <li>{say('compare.number', { issueNumber })}</li>
        <li>{say('compare.copy')}</li>
      </ul>
      <p id="compare-question" role="status">
        {say(same ? 'compare.answered' : 'compare.question')}
      </p>
      {!same && (
        <p className="choices" role="group" aria-labelledby="compare-question">
          <button type="button" className="button" onClick={() => setSame(true)}>
            {say('compare.same')}
          </button>
          <button type="button" className="button" onClick={onDifferent}>
            {say('compare.different')}
          </button>
        </p>
      )}
    </section>
  );
}
