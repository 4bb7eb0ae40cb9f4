/** How far the reading is: codes of each page, pages of the document. */
import { collectSets, readCode } from '../../front/codes.ts';
import type { FrontVerdict } from '../../front/openFront.ts';
import { useSay } from '../words.ts';

interface ProgressProps {
  readonly codes: readonly Uint8Array[];
  readonly verdict: FrontVerdict;
}

export function Progress({ codes, verdict }: ProgressProps) {
  const say = useSay();
  const sets = collectSets(codes.flatMap((code) => readCode(code) ?? []));
  const pages = verdict.kind === 'incomplete' ? verdict.pages : [];
  const partial = sets.flatMap((set) => (set.kind === 'partial' ? [set] : []));
  const of = pages[0]?.of;
  return (
    <div className="progress" role="status" aria-label={say('progress.heading')}>
      {of && (
        <p>
          <strong>{say('progress.pages', { have: pages.length, of })}</strong>
        </p>
      )}
      {pages.map(({ page }) => (
        <p key={page}>{say('progress.page', { page })}</p>
      ))}
      {partial.map(({ setId, total, missing }) => (
        <p key={setId}>
          <strong>{say('progress.codes', { have: total - missing.length, total })}</strong>
          <progress max={total} value={total - missing.length} aria-label={say('progress.heading')} />
        </p>
      ))}
    </div>
  );
}
