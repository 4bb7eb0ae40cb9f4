/** 休みの日: one day, some days, or the same days every year. */
import { useState } from 'react';
import { civilDate, type CivilDate } from '#templates/vocabulary.ts';
import type { FieldFault } from '../../../base/api.ts';
import { DayField, FieldGroup, SelectField } from '../../../parts/fields.tsx';
import { FaultsOf } from '../../../parts/Form.tsx';
import { useEdit } from './edit.tsx';
import { ListedEntries } from './ListedEntries.tsx';

const WAYS = [
  { value: 'date', label: '1日だけ' },
  { value: 'span', label: '続く日' },
  { value: 'yearly', label: '毎年、同じ月日' },
] as const;
type Way = (typeof WAYS)[number]['value'];

export function ClosedDays() {
  const { draft } = useEdit();
  return (
    <FieldGroup
      path="closedDays"
      legend="休みの日"
      help="この日は、一日じゅう、すべての証明書が取れません。国民の祝日は、証明書ごとの「祝日」の時間で決めます。"
    >
      <ListedEntries path="closedDays" entries={draft.profile.closedDays} none="休みの日はありません。" />
      <AddClosedDay />
    </FieldGroup>
  );
}

function AddClosedDay() {
  const { draft, today } = useEdit();
  const [isOpen, setIsOpen] = useState(false);
  const [way, setWay] = useState<Way>('date');
  const [from, setFrom] = useState<CivilDate>();
  const [to, setTo] = useState<CivilDate>();
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const add = () => {
    const found = whyNot(way, from, to, today);
    setFaults(found);
    if (found.length > 0 || !from) return;
    const { closedDays } = draft.profile;
    draft.set('closedDays', [...closedDays, entryOf(way, from, to ?? from)]);
    setIsOpen(false);
    setFrom(undefined);
    setTo(undefined);
  };
  if (!isOpen) {
    return (
      <div>
        <button type="button" className="button button-small" onClick={() => setIsOpen(true)}>
          休みの日を足す
        </button>
      </div>
    );
  }
  return (
    <FaultsOf faults={faults}>
      <div className="add-row" role="group" aria-label="新しい休みの日">
        <SelectField path="closed-way" label="休み方" value={way} choices={WAYS} onChange={setWay} />
        <div className="row">
          <DayField
            path="closed-from"
            label={way === 'date' ? '休みの日' : '始まり'}
            help={way === 'yearly' ? '年は使いません。' : undefined}
            value={from}
            onChange={setFrom}
          />
          {way !== 'date' && <DayField path="closed-to" label="終わり" value={to} onChange={setTo} />}
        </div>
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

function whyNot(
  way: Way,
  from: CivilDate | undefined,
  to: CivilDate | undefined,
  today: CivilDate,
): readonly FieldFault[] {
  if (!from) return [{ path: 'closed-from', reason: '日を入れてください' }];
  if (way !== 'date' && !to) return [{ path: 'closed-to', reason: '終わりの日を入れてください' }];
  if (way === 'span' && to! < from) return [{ path: 'closed-to', reason: '始まりより後の日にしてください' }];
  const last = way === 'span' ? to! : from;
  return way !== 'yearly' && last < today
    ? [{ path: 'closed-from', reason: 'もう過ぎた日です。これからの日にしてください' }]
    : [];
}

const monthDay = (day: CivilDate): string => civilDate.parse(day).slice(5);

function entryOf(way: Way, from: CivilDate, to: CivilDate): object {
  if (way === 'date') return { kind: 'date', on: from };
  if (way === 'span') return { kind: 'span', from, to };
  return { kind: 'yearly', from: monthDay(from), to: monthDay(to) };
}
