/** 交付の時間 of a week, by class of day; several days at once where they are the same. */
import { useId, useState } from 'react';
import { valueWords } from '../../../../../configuration/profileValueWords.ts';
import { DAYS } from '../../../../../configuration/profileWords.ts';
import { CheckField, TimeField } from '../../../parts/fields.tsx';
import type { DayClass, DraftKind } from '../draftProfile.ts';
import { useEdit } from './edit.tsx';

type Weekly = DraftKind['hours'][number]['weekly'];
type Hours = NonNullable<Weekly[DayClass]>;

interface Props {
  /** of the week */
  readonly path: string;
  readonly weekly: Weekly;
  readonly locked: string | undefined;
}

const GROUPS = {
  every: { label: '毎日', days: DAYS.map(([day]) => day) },
  weekdays: {
    label: '月曜から金曜まで',
    days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  },
  rest: { label: '土曜・日曜・祝日', days: ['saturday', 'sunday', 'holiday'] },
} as const;
type GroupId = keyof typeof GROUPS;

export function HoursGrid({ path, weekly, locked }: Props) {
  const { draft } = useEdit();
  // what has begun is read, not edited
  if (locked !== undefined) return <HoursWords weekly={weekly} />;
  return (
    <div className="stack">
      <Together onSet={(days, hours) => draft.set(path, { ...weekly, ...same(days, hours) })} />
      <div className="table-frame" role="region" aria-label="曜日ごとの時間" tabIndex={0}>
        <table className="table hours">
          <thead>
            <tr>
              <th scope="col">曜日</th>
              <th scope="col">休み</th>
              <th scope="col">始まり</th>
              <th scope="col">終わり</th>
            </tr>
          </thead>
          <tbody>
            {DAYS.map(([day, label]) => (
              <DayRow key={day} label={label} path={`${path}.${day}`} hours={weekly[day] ?? null} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const same = (days: readonly string[], hours: Hours | null) =>
  Object.fromEntries(days.map((day) => [day, hours]));

interface DayRowProps {
  readonly label: string;
  readonly path: string;
  readonly hours: Hours | null;
}

function DayRow({ label, path, hours }: DayRowProps) {
  const { draft } = useEdit();
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <CheckField
          path={path}
          label={`${label}は休み`}
          isLabelHidden
          isChecked={hours === null}
          onChange={(isClosed) => draft.set(path, isClosed ? null : { opens: '06:30', closes: '23:00' })}
        />
      </td>
      {hours === null ? (
        <td colSpan={2} className="soft">
          休み
        </td>
      ) : (
        <>
          <td>
            <TimeField
              path={`${path}.opens`}
              label={`${label}の始まり`}
              isLabelHidden
              value={hours.opens}
              onChange={(opens) => draft.set(path, { ...hours, opens })}
            />
          </td>
          <td>
            <TimeField
              path={`${path}.closes`}
              label={`${label}の終わり`}
              isLabelHidden
              value={hours.closes}
              onChange={(closes) => draft.set(path, { ...hours, closes })}
            />
          </td>
        </>
      )}
    </tr>
  );
}

function HoursWords({ weekly }: { readonly weekly: Weekly }) {
  const { words } = useEdit();
  return <p>{valueWords(['weekly'], weekly, words)}</p>;
}

interface TogetherProps {
  readonly onSet: (days: readonly string[], hours: Hours | null) => void;
}

function Together({ onSet }: TogetherProps) {
  const id = useId();
  const [group, setGroup] = useState<GroupId>('every');
  const [opens, setOpens] = useState<string | undefined>('06:30');
  const [closes, setCloses] = useState<string | undefined>('23:00');
  const isReady = opens !== undefined && closes !== undefined;
  return (
    <details>
      <summary>まとめて入れる</summary>
      <div className="row">
        <div className="field">
          <label className="field-label" htmlFor={id}>
            どの曜日
          </label>
          <select id={id} value={group} onChange={({ target }) => setGroup(target.value as GroupId)}>
            {Object.entries(GROUPS).map(([key, { label }]) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <TimeField path={`${id}.opens`} label="始まり" value={opens} onChange={setOpens} />
        <TimeField path={`${id}.closes`} label="終わり" value={closes} onChange={setCloses} />
        <div className="actions under-label">
          <button
            type="button"
            className="button button-small"
            aria-disabled={!isReady}
            onClick={() => void (isReady && onSet(GROUPS[group].days, { opens, closes }))}
          >
            この時間にする
          </button>
          <button
            type="button"
            className="button button-small"
            onClick={() => onSet(GROUPS[group].days, null)}
          >
            休みにする
          </button>
        </div>
      </div>
    </details>
  );
}
