/** 点検の予定: stops to the minute, for everything, for some kinds, or for a channel of applications. */
import { useState } from 'react';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { FieldFault } from '../../../base/api.ts';
import { CheckField, DayField, FieldGroup, TimeField } from '../../../parts/fields.tsx';
import { FaultsOf } from '../../../parts/Form.tsx';
import { useEdit } from './edit.tsx';
import { ListedEntries } from './ListedEntries.tsx';

export function Maintenance() {
  const { draft } = useEdit();
  return (
    <FieldGroup
      path="maintenance"
      legend="点検の予定"
      help="役所のシステムの点検などで、決まった時間だけ止めるときに使います。始まりの分から、終わりの分の前まで止まります。"
    >
      <ListedEntries path="maintenance" entries={draft.profile.maintenance} none="点検の予定はありません。" />
      <AddMaintenance path="maintenance" entries={draft.profile.maintenance} isByKind />
    </FieldGroup>
  );
}

interface Wanted {
  readonly kinds: 'all' | readonly string[];
  readonly fromDay?: CivilDate;
  readonly fromTime?: string;
  readonly toDay?: CivilDate;
  readonly toTime?: string;
}
const NOTHING: Wanted = { kinds: 'all' };

interface AddProps {
  /** of the list */
  readonly path: string;
  readonly entries: readonly object[];
  readonly isByKind?: boolean;
}

export function AddMaintenance({ path, entries, isByKind = false }: AddProps) {
  const { draft } = useEdit();
  const [isOpen, setIsOpen] = useState(false);
  const [wanted, setWanted] = useState<Wanted>(NOTHING);
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const put = (patch: Partial<Wanted>) => setWanted((before) => ({ ...before, ...patch }));
  const add = () => {
    const found = whyNot(path, wanted);
    setFaults(found);
    if (found.length > 0) return;
    const { kinds, fromDay, fromTime, toDay, toTime } = wanted;
    const span = { from: `${fromDay}T${fromTime}`, to: `${toDay}T${toTime}` };
    draft.set(path, [...entries, isByKind ? { kinds, ...span } : span]);
    setWanted(NOTHING);
    setIsOpen(false);
  };
  if (!isOpen) {
    return (
      <div>
        <button type="button" className="button button-small" onClick={() => setIsOpen(true)}>
          点検の予定を足す
        </button>
      </div>
    );
  }
  return (
    <FaultsOf faults={faults}>
      <div className="add-row" role="group" aria-label="新しい点検の予定">
        <div className="row">
          <DayField
            path={`${path}-from`}
            label="始まりの日"
            value={wanted.fromDay}
            onChange={(fromDay) => put({ fromDay, ...(wanted.toDay ? {} : { toDay: fromDay }) })}
          />
          <TimeField
            path={`${path}-from-time`}
            label="始まりの時刻"
            value={wanted.fromTime}
            onChange={(fromTime) => put({ fromTime })}
          />
        </div>
        <div className="row">
          <DayField
            path={`${path}-to`}
            label="終わりの日"
            value={wanted.toDay}
            onChange={(toDay) => put({ toDay })}
          />
          <TimeField
            path={`${path}-to-time`}
            label="終わりの時刻"
            value={wanted.toTime}
            onChange={(toTime) => put({ toTime })}
          />
        </div>
        {isByKind && <KindsChoice value={wanted.kinds} onChange={(kinds) => put({ kinds })} />}
        <div className="actions">
          <button type="button" className="button button-main" onClick={add}>
            足す
          </button>
          <button type="button" className="button" onClick={() => setIsOpen(false)}>
            やめる
          </button>
        </div>
      </div>
    </FaultsOf>
  );
}

interface KindsProps {
  readonly value: Wanted['kinds'];
  readonly onChange: (kinds: Wanted['kinds']) => void;
}

function KindsChoice({ value, onChange }: KindsProps) {
  const { draft, words } = useEdit();
  const own = draft.profile.kinds.map(({ kind }) => kind);
  const chosen = value === 'all' ? [] : value;
  return (
    <FieldGroup path="maintenance-kinds" legend="止める証明書">
      <CheckField
        path="maintenance-all"
        label="すべての証明書"
        isChecked={value === 'all'}
        onChange={(isAll) => onChange(isAll ? 'all' : [])}
      />
      {value !== 'all' && (
        <div className="checks">
          {own.map((kind) => (
            <CheckField
              key={kind}
              path={`maintenance-kind.${kind}`}
              label={words.kind(kind)}
              isChecked={chosen.includes(kind)}
              onChange={(isOn) =>
                onChange(own.filter((each) => (each === kind ? isOn : chosen.includes(each))))
              }
            />
          ))}
        </div>
      )}
    </FieldGroup>
  );
}

function whyNot(path: string, { kinds, fromDay, fromTime, toDay, toTime }: Wanted): readonly FieldFault[] {
  const missing = [
    ...(fromDay ? [] : [{ path: `${path}-from`, reason: '日を入れてください' }]),
    ...(fromTime ? [] : [{ path: `${path}-from-time`, reason: '時刻を入れてください' }]),
    ...(toDay ? [] : [{ path: `${path}-to`, reason: '日を入れてください' }]),
    ...(toTime ? [] : [{ path: `${path}-to-time`, reason: '時刻を入れてください' }]),
    ...(kinds.length > 0 ? [] : [{ path: 'maintenance-kinds', reason: '止める証明書をえらんでください' }]),
  ];
  if (missing.length > 0) return missing;
  return `${fromDay}T${fromTime}` < `${toDay}T${toTime}`
    ? []
    : [{ path: `${path}-to-time`, reason: '始まりより後にしてください' }];
}
