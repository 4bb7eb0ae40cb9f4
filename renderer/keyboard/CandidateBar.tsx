import { useEffect, useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { useSay } from '../words.ts';
import { candidatePages, placesOf } from './candidatePages.ts';
import type { EditAct, Editing } from './editing.ts';

interface CandidateBarProps {
  readonly editing: Editing;
  readonly waiting: boolean;
  readonly act: (act: EditAct) => void;
  readonly onTurn: () => void;
}

/** The candidates in pages, without scrolling; the last place turns to the next page, after the last one to the first. */
export function CandidateBar({ editing, waiting, act, onTurn }: CandidateBarProps) {
  const say = useSay();
  const { candidates, pieces, focus } = editing;
  const pages = useMemo(() => candidatePages(candidates), [candidates]);
  const [page, setPage] = useState(0);
  useEffect(() => setPage(0), [candidates]);
  const rows = pages[page] ?? pages[0] ?? [];
  const taken = pieces?.[focus]?.chosen;
  return (
    <div className="candidates" role="group" aria-label={say('keyboard.candidates')}>
      {[0, 1].map((row) => (
        <div key={row} className="candidate-row">
          {(rows[row] ?? []).map((candidate) => (
            <Button
              key={`${candidate.length} ${candidate.text}`}
              className="button button-candidate"
              data-places={placesOf(candidate.text)}
              isDisabled={waiting}
              data-resting={waiting || undefined}
              aria-pressed={taken === undefined ? undefined : candidates[taken] === candidate}
              onPress={() => act({ type: 'choose', candidate })}
            >
              {candidate.text}
            </Button>
          ))}
          {row === 1 && pages.length > 1 ? (
            <Button
              className="button button-candidate button-next"
              isDisabled={waiting}
              onPress={() => {
                setPage((page + 1) % pages.length);
                onTurn();
              }}
            >
              {say('keyboard.more')}
            </Button>
          ) : null}
        </div>
      ))}
      {candidates.length === 0 ? (
        <p className="candidates-hint">{editing.before === '' ? say('keyboard.hint') : ''}</p>
      ) : null}
    </div>
  );
}
