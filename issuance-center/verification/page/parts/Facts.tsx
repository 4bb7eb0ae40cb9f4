/** What the certificate is: kind, date, municipality, number. */
import { KINDS_IN_ENGLISH } from '../kindNames.ts';
import { dateText, useLanguage, useSay } from '../words.ts';

interface FactsProps {
  /** data id */
  readonly kind: string;
  /** 証明書名, as printed */
  readonly name: string;
  readonly issueDate: string;
  readonly municipality: string;
  readonly issueNumber?: string;
  readonly pages?: number;
}

export function Facts({ kind, name, issueDate, municipality, issueNumber, pages }: FactsProps) {
  const say = useSay();
  const [language] = useLanguage();
  const inEnglish = language === 'en' ? KINDS_IN_ENGLISH[kind] : undefined;
  return (
    <dl className="facts" aria-label={say('facts')}>
      <dt>{say('fact.kind')}</dt>
      <dd>
        <span lang="ja">{name}</span>
        {inEnglish && ` (${inEnglish})`}
      </dd>
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
