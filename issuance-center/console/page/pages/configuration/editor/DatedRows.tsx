/**
 * Values that count from a day. What has begun stays as it was certified: it is shown and cannot be changed; a change is a
 * new row with its own day.
 */
import { useId, useRef, useState, type ReactNode } from 'react';
import { addDays } from '#templates/civilTime.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import { dayWords } from '../../../base/dates.ts';
import { DayField, FieldGroup } from '../../../parts/fields.tsx';
import { FaultsOf } from '../../../parts/Form.tsx';
import { StateBadge } from '../../../parts/StateBadge.tsx';
import { isBegun, withRow } from '../draftProfile.ts';
import { useEdit } from './edit.tsx';

interface Dated {
  readonly from: CivilDate;
}
interface Props<Row extends Dated> {
  /** of the list */
  readonly path: string;
  readonly legend: string;
  readonly help?: ReactNode;
  readonly rows: readonly Row[];
  readonly baseRows: readonly Dated[] | undefined;
  /** a new row that begins on this day, made of the one before it where there is one */
  readonly blank: (from: CivilDate, before: Row | undefined) => Row;
  /** the heading above says it already */
  readonly isLegendHidden?: boolean;
  /** the fields of a row; `locked` is given when they cannot be changed: why stands under all of them */
  readonly children: (row: Row, path: string, locked: string | undefined) => ReactNode;
}

const LOCKED = 'もう始まっているため、変えられません。変えるときは、新しい日の行を足してください。';

export function DatedRows<Row extends Dated>(props: Props<Row>) {
  const { path, legend, isLegendHidden, help, rows, baseRows, blank, children } = props;
  const { draft, today, isRunning } = useEdit();
  const indexNow = rows.findLastIndex(({ from }) => from <= today);
  const earlier = isRunning ? rows.slice(0, Math.max(0, indexNow)) : [];
  const shown = (row: Row, index: number) => {
    const begun = isRunning && isBegun(row, baseRows, today);
    return (
      <DatedRow
        key={row.from}
        row={row}
        isBegun={begun}
        isNow={isRunning && index === indexNow}
        isAlone={rows.length === 1}
        onRemove={() =>
          draft.set(
            path,
            rows.filter((each) => each !== row),
          )
        }
      >
        {children(row, `${path}.${index}`, begun ? '' : undefined)}
      </DatedRow>
    );
  };
  const add = (from: CivilDate) => {
    const before = rows.findLast((row) => row.from < from);
    draft.set(path, withRow(rows, blank(from, before)));
  };
  return (
    <FieldGroup path={path} legend={legend} isLegendHidden={isLegendHidden} help={help}>
      {earlier.length > 0 && (
        <details>
          <summary>これより前の内容（{earlier.length}件）</summary>
          <div className="stack">{earlier.map(shown)}</div>
        </details>
      )}
      {rows.slice(earlier.length).map((row, index) => shown(row, index + earlier.length))}
      <AddRow legend={legend} rows={rows} onAdd={add} />
    </FieldGroup>
  );
}

interface RowProps {
  readonly row: Dated;
  readonly isBegun: boolean;
  readonly isNow: boolean;
  readonly isAlone: boolean;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

function DatedRow({ row: { from }, isBegun: begun, isNow, isAlone, onRemove, children }: RowProps) {
  const title = useId();
  return (
    <div className="dated-row" role="group" aria-labelledby={title} data-begun={begun || undefined}>
      <div className="dated-head">
        <p id={title} className="dated-title">
          {dayWords(from)}から
        </p>
        {isNow && <StateBadge tone="good">いま適用中</StateBadge>}
        {!isNow && !begun && <StateBadge tone="active">これから</StateBadge>}
        {!begun && !isAlone && (
          <button
            type="button"
            className="button button-small button-danger-quiet"
            aria-label={`${dayWords(from)}からの行を消す`}
            onClick={onRemove}
          >
            この行を消す
          </button>
        )}
      </div>
      {children}
      {begun && <p className="field-help">{LOCKED}</p>}
    </div>
  );
}

interface AddProps {
  readonly legend: string;
  readonly rows: readonly Dated[];
  readonly onAdd: (from: CivilDate) => void;
}

/** The day comes first: rows stand in its order, and no two have the same. */
function AddRow({ legend, rows, onAdd }: AddProps) {
  const { today, isRunning, draft } = useEdit();
  const [day, setDay] = useState<CivilDate>();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState<string>();
  const button = useRef<HTMLButtonElement>(null);
  const id = `new-${useId()}`;
  const start = draft.profile.serviceStartsOn;
  const open = () => {
    const first = rows.length === 0 && start ? start : nextDay(rows, today);
    setDay(first);
    setReason(undefined);
    setIsOpen(true);
  };
  const close = () => {
    setIsOpen(false);
    button.current?.focus();
  };
  const add = () => {
    const why = whyNot(day, rows, isRunning ? today : undefined);
    setReason(why);
    if (why !== undefined || day === undefined) return;
    onAdd(day);
    close();
  };
  if (!isOpen) {
    return (
      <div>
        <button ref={button} type="button" className="button button-small" onClick={open}>
          {rows.length === 0 ? `${legend}を決める` : `${legend}を、ある日から変える`}
        </button>
      </div>
    );
  }
  return (
    <FaultsOf faults={reason === undefined ? [] : [{ path: id, reason }]}>
      <div className="add-row" role="group" aria-label={`${legend}の新しい行`}>
        <DayField path={id} label={`${legend}：いつから`} value={day} onChange={setDay} />
        <div className="actions">
          <button type="button" className="button button-main" onClick={add}>
            この日からの行を足す
          </button>
          <button type="button" className="button" onClick={() => setIsOpen(false)}>
            やめる
          </button>
        </div>
      </div>
    </FaultsOf>
  );
}

/** The first of a month is when fees and heads usually change. */
function nextDay(rows: readonly Dated[], today: CivilDate): CivilDate {
  const last = rows.at(-1)?.from;
  const from = last && last > today ? last : today;
  const [year, month] = from.split('-').map(Number) as [number, number];
  const first = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  return first as CivilDate;
}

function whyNot(
  day: CivilDate | undefined,
  rows: readonly Dated[],
  today: CivilDate | undefined,
): string | undefined {
  if (!day) return 'いつからかを入れてください';
  if (rows.some(({ from }) => from === day)) return 'この日からの行は、もうあります';
  if (today && rows.length > 0 && day <= today) {
    return `あす（${dayWords(addDays(today, 1))}）より後の日にしてください。始まった日の内容は変えられません`;
  }
  return undefined;
}
