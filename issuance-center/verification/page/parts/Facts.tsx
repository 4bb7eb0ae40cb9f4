/** What the certificate is: kind, date, municipality, number. */
import { dateText, useLanguage, useSay } from '../words.ts';

interface FactsProps {
  readonly kind: string;
  readonly issueDate: string;
  readonly municipality: string;
  readonly issueNumber?: string;
  readonly pages?: number;
}

export function Facts({ kind, issueDate, municipality, issueNumber, pages }: FactsProps) {
  const say = useSay();
  const [language] = useLanguage();
  return (
    <dl className="facts" aria-label={say('facts')}>
      <dt>{say('fact.kind')}</dt>
      <dd lang="ja">{kind}</dd>
      <dt>{say('fact.date')}</dt>
      <dd>{dateText(issueDate, language)}</dd>
      <dt>{say('fact.municipality')}</dt>
      <dd lang="ja">{municipality}</dd>
      {issueNumber && (
        <>
          <dt>{say('fact.number')}</dt>
          <dd className="number">{issueNumber}</dd>
        </>
      )}
      {pages && (
        <>
          <dt>{say('fact.pages')}</dt>
          <dd>{pages}</dd>
        </>
      )}
    </dl>
  );
}
