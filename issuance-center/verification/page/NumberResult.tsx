/** What the center says about a number alone. */
import { findingOfNumber } from './finding.ts';
import { Facts } from './parts/Facts.tsx';
import { Verdict } from './parts/Verdict.tsx';
import { useLookUp } from './useVerification.ts';
import { useSay } from './words.ts';

export function NumberResult({ issueNumber }: { readonly issueNumber: string }) {
  const say = useSay();
  const [status, ask] = useLookUp(issueNumber);
  const finding = findingOfNumber(status);
  if (!finding)
    return (
      <p role="status" className="working">
        {say('asking')}
      </p>
    );
  const certificate = status.kind === 'answered' ? status.answer.certificate : null;
  return (
    <Verdict finding={finding}>
      {certificate ? (
        <Facts
          kind={certificate.kind}
          name={certificate.label}
          issueDate={certificate.issueDate}
          municipality={certificate.municipalityName}
          issueNumber={issueNumber}
        />
      ) : (
        <p className="number">{issueNumber}</p>
      )}
      {status.kind !== 'answered' && (
        <button type="button" className="button" onClick={ask}>
          {say('ask.again')}
        </button>
      )}
    </Verdict>
  );
}
