/** 証明書ごと: which are issued, and the form of the one that is chosen. */
import { useState } from 'react';
import type { Choices } from '../../../../../contract/console/configuration.ts';
import { useQuery } from '../../../base/place.ts';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { useFaultsUnder } from '../../../parts/Form.tsx';
import { StateBadge } from '../../../parts/StateBadge.tsx';
import { useEdit } from './edit.tsx';
import { KindForm } from './KindForm.tsx';
import { withoutKind, withKind } from './kindSwitch.ts';

type KindChoice = Choices['kinds'][number];

export function KindsSection() {
  const { draft, known } = useEdit();
  const { query, change } = useQuery();
  const { kinds } = draft.profile;
  const chosen = known.kinds.find(({ id }) => id === query['kind']) ?? known.kinds[0];
  const index = kinds.findIndex(({ kind }) => kind === chosen?.id);
  return (
    <section className="stack" aria-labelledby="section-title">
      <h2 id="section-title">証明書ごと</h2>
      <ul className="kind-list" aria-label="証明書の種類">
        {known.kinds.map((choice) => (
          <li key={choice.id}>
            <KindEntry
              choice={choice}
              index={kinds.findIndex(({ kind }) => kind === choice.id)}
              isChosen={choice === chosen}
              onChoose={() => change({ kind: choice.id, sample: undefined, include: undefined })}
            />
          </li>
        ))}
      </ul>
      {chosen && (
        <div className="card" role="group" aria-labelledby="kind-title">
          <div className="section-head">
            <h3 id="kind-title">{chosen.label}</h3>
            <KindSwitch choice={chosen} isOn={index >= 0} />
          </div>
          <p className="soft">{chosen.purpose}</p>
          {index >= 0 ? (
            <KindForm key={chosen.id} choice={chosen} entry={kinds[index]!} path={`kinds.${index}`} />
          ) : (
            <p>いまは、店で取れません。「取れるようにする」を押すと、ふつうの内容で始まります。</p>
          )}
        </div>
      )}
    </section>
  );
}

interface EntryProps {
  readonly choice: KindChoice;
  /** in the profile; -1: not issued */
  readonly index: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function KindEntry({ choice, index, isChosen, onChoose }: EntryProps) {
  const faults = useFaultsUnder(`kinds.${index}`);
  return (
    <button type="button" className="kind-entry" aria-pressed={isChosen} onClick={onChoose}>
      <span>{choice.label}</span>
      <StateBadge tone={index >= 0 ? 'good' : 'plain'}>{index >= 0 ? '取れる' : '取れない'}</StateBadge>
      {faults.length > 0 && <span className="fault-count">直すところ{faults.length}</span>}
    </button>
  );
}

function KindSwitch({ choice, isOn }: { readonly choice: KindChoice; readonly isOn: boolean }) {
  const { draft, known, today } = useEdit();
  const [isAsking, setIsAsking] = useState(false);
  if (!isOn) {
    return (
      <button
        type="button"
        className="button button-main"
        onClick={() => draft.change((whole) => withKind(whole, choice, known, today))}
      >
        取れるようにする
      </button>
    );
  }
  return (
    <>
      <button
        type="button"
        className="button button-small button-danger-quiet"
        onClick={() => setIsAsking(true)}
      >
        取れないようにする
      </button>
      <ConfirmDialog
        title={`${choice.label}を、取れないようにしますか`}
        isOpen={isAsking}
        isDestructive
        act="取れないようにする"
        onClose={() => setIsAsking(false)}
        onConfirm={async () => draft.change((whole) => withoutKind(whole, choice.id))}
      >
        <p>
          この版が適用されると、店で{choice.label}
          を取れなくなります。手数料や時間の内容も、この下書きから消えます。
        </p>
        <p>しばらく止めるだけなら、「休みの日・点検」か、緊急停止を使ってください。</p>
      </ConfirmDialog>
    </>
  );
}
