import { useState } from 'react';
import { useSay } from '../words.ts';
import { CandidateBar } from './CandidateBar.tsx';
import type { EditAct, Editing } from './editing.ts';
import { textOf } from './editing.ts';
import type { KeyboardKind } from './JapaneseKeyboard.tsx';
import { EditKeys, type KeyPage } from './EditKeys.tsx';
import { DigitKeys, KanaKeys, TelephoneKeys } from './KeyPages.tsx';

interface KeyboardViewProps {
  readonly kind: KeyboardKind;
  readonly label: string;
  readonly editing: Editing;
  /** what is not settled, as it is seen */
  readonly pending: string;
  readonly waiting: boolean;
  readonly act: (act: EditAct) => void;
  /** a page was turned: a touch that changes nothing in the field */
  readonly onTurn: () => void;
}

/** Field, candidates and keys as the state says; every key is one act. */
export function KeyboardView(props: KeyboardViewProps) {
  const { kind, label, editing, pending, waiting, act, onTurn } = props;
  const say = useSay();
  const [page, setPage] = useState<KeyPage>('kana');
  const converts = kind === 'address' || kind === 'name';
  return (
    <div className="keyboard" data-kind={kind}>
      <Field label={label} editing={editing} pending={pending} />
      <p className="visually-hidden" aria-live="polite">
        {spoken(say, editing, pending)}
      </p>
      {converts ? <CandidateBar editing={editing} waiting={waiting} act={act} onTurn={onTurn} /> : null}
      <div className="keyboard-keys" role="group" aria-label={say('keyboard.keys')}>
        {kind === 'telephone' ? <TelephoneKeys editing={editing} waiting={waiting} act={act} /> : null}
        {kind === 'telephone' ? null : page === 'kana' ? (
          <KanaKeys kind={kind} editing={editing} waiting={waiting} act={act} />
        ) : (
          <DigitKeys editing={editing} waiting={waiting} act={act} />
        )}
        {kind === 'telephone' ? null : (
          <EditKeys
            kind={kind}
            editing={editing}
            waiting={waiting}
            act={act}
            page={page}
            turn={() => {
              setPage(page === 'kana' ? 'digits' : 'kana');
              onTurn();
            }}
          />
        )}
      </div>
    </div>
  );
}

function spoken(say: ReturnType<typeof useSay>, editing: Editing, pending: string): string {
  if (editing.candidates.length > 0) {
    return say('keyboard.offered', { text: pending, count: editing.candidates.length });
  }
  return editing.before + pending + editing.after;
}

/** The field: what is settled, what is not, and the caret between. Its whole text is its value to a screen reader. */
function Field({ label, editing, pending }: Pick<KeyboardViewProps, 'label' | 'editing' | 'pending'>) {
  const { before, after, pieces, focus } = editing;
  return (
    <div className="keyboard-field" role="textbox" aria-readonly="true" aria-label={label} tabIndex={0}>
      <span>{before}</span>
      {pieces ? (
        pieces.map((piece, index) => (
          <span key={index} className="keyboard-piece" data-focus={index === focus || undefined}>
            {textOf(piece)}
          </span>
        ))
      ) : (
        <span className="keyboard-pending">{pending}</span>
      )}
      <span className="keyboard-caret" aria-hidden="true" />
      <span>{after}</span>
    </div>
  );
}
