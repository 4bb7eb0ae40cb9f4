/** The finding, so that nobody can miss it: sign, words and colour say the same. */
import { useEffect, useRef, type ReactNode } from 'react';
import type { Finding } from '../finding.ts';
import { useSay } from '../words.ts';

const SIGNS = { good: 'M6 17l7 7 13-15', bad: 'M8 8l16 16M24 8L8 24', open: 'M16 7v11M16 22v4' } as const;

interface VerdictProps {
  readonly finding: Finding;
  readonly children?: ReactNode;
}

/** Takes the focus when the finding changes, so that a screen reader reads it and a keyboard goes on from here. */
export function Verdict({ finding, children }: VerdictProps) {
  const say = useSay();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: false }), [finding.id]);
  return (
    <section className={`verdict verdict-${finding.tone}`} aria-labelledby="verdict-heading">
      <svg className="sign" viewBox="0 0 32 32" aria-hidden="true">
        <path d={SIGNS[finding.tone]} />
      </svg>
      <div>
        <h2 id="verdict-heading" ref={heading} tabIndex={-1}>
          {say(`verdict.${finding.id}`)}
        </h2>
        <p>{say(`verdict.${finding.id}.text`)}</p>
        {children}
      </div>
    </section>
  );
}
