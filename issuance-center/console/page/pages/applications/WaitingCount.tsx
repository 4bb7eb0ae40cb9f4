/** Beside the task in the navigation: how many applications nobody has taken yet. */
import { useEffect } from 'react';
import { applicationCounts } from '../../../../contract/console/applications.ts';
import { useAnswer } from '../../base/useAnswer.ts';

const REFRESH_MS = 60_000;

/** `at`: the page one is on; the number is asked for again when it changes. */
export function WaitingCount({ at }: { readonly at: string }) {
  const { asked, reload } = useAnswer(applicationCounts, '/api/application-counts');
  useEffect(() => {
    void reload();
    const timer = setInterval(() => void (document.hidden || reload()), REFRESH_MS);
    return () => clearInterval(timer);
  }, [reload, at]);
  if (asked.at !== 'answered' || asked.value.waiting === 0) return null;
  return (
    <span className="task-count">
      <span aria-hidden="true">{asked.value.waiting}</span>
      <span className="visually-hidden">（受付{asked.value.waiting}件）</span>
    </span>
  );
}
