/** When a version begins to count: from next midnight unless another time is chosen. */
import { useState } from 'react';
import { addDays, instantOf } from '#templates/civilTime.ts';
import { minutesOf } from '#templates/profileSchema.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import { done, type Version } from '../../../../../contract/console/configuration.ts';
import { useAnnounce } from '../../../base/announce.tsx';
import { api, type FieldFault } from '../../../base/api.ts';
import { instantWords } from '../../../base/dates.ts';
import { useAct } from '../../../base/useAct.ts';
import { todayOf, useWho } from '../../../base/who.tsx';
import { DialogFrame } from '../../../parts/DialogFrame.tsx';
import { DayField, TimeField } from '../../../parts/fields.tsx';
import { FaultsOf } from '../../../parts/Form.tsx';
import { Notice } from '../../../parts/Notice.tsx';

interface Props {
  readonly version: Version;
  readonly reload: () => Promise<void>;
  readonly onClose: () => void;
}
type When = 'midnight' | 'chosen' | 'now';

export function ApproveDialog({ version: { number, digest, changes }, reload, onClose }: Props) {
  const who = useWho();
  const announce = useAnnounce();
  const tomorrow = addDays(todayOf(who), 1);
  const [when, setWhen] = useState<When>('midnight');
  const [day, setDay] = useState<CivilDate | undefined>(tomorrow);
  const [time, setTime] = useState<string | undefined>('00:00');
  const chosen = day && time ? instantOf(day, minutesOf(time)) : undefined;
  const at = { midnight: instantOf(tomorrow, 0), chosen, now: null }[when];
  const faults = when === 'chosen' ? whyNot(day, time, chosen, who.clock()) : [];
  const act = useAct(async () => {
    const effectiveAt = at === null || at === undefined ? null : new Date(at).toISOString();
    await api.post(done, `/api/versions/${number}/approval`, { digest, effectiveAt });
    onClose();
    await reload();
    announce('承認しました');
  });
  const choice = (value: When, label: string) => (
    <label className="choice">
      <input type="radio" name="when" checked={when === value} onChange={() => setWhen(value)} />
      {label}
    </label>
  );
  return (
    <DialogFrame title={`第${number}版を承認しますか`} isOpen onClose={onClose}>
      <FaultsOf faults={faults}>
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (faults.length === 0) void act.run();
          }}
        >
          <p>変わるところは{changes.length}件です。</p>
          <fieldset className="choices">
            <legend>いつから適用しますか</legend>
            {choice('midnight', `あすの0時から（${instantWords(instantOf(tomorrow, 0))}）`)}
            {choice('chosen', '日時を決める')}
            {choice('now', '承認してすぐ')}
          </fieldset>
          {when === 'chosen' && (
            <div className="row">
              <DayField path="day" label="適用する日" value={day} onChange={setDay} />
              <TimeField path="time" label="時刻" value={time} onChange={setTime} />
            </div>
          )}
          <p>
            {at === null
              ? '承認してすぐに、すべての店の機械で、この内容になります。'
              : at !== undefined && `${instantWords(at)}に、すべての店の機械で、この内容になります。`}
          </p>
          {act.reason && <Notice tone="bad">{act.reason}</Notice>}
          <div className="actions">
            <button type="submit" className="button button-main" aria-disabled={act.isRunning}>
              {act.isRunning ? '処理しています…' : '承認する'}
            </button>
            <button type="button" className="button" onClick={onClose}>
              やめる
            </button>
          </div>
        </form>
      </FaultsOf>
    </DialogFrame>
  );
}

function whyNot(
  day: CivilDate | undefined,
  time: string | undefined,
  chosen: number | undefined,
  now: number,
): readonly FieldFault[] {
  if (!day) return [{ path: 'day', reason: '日を入れてください' }];
  if (!time) return [{ path: 'time', reason: '時刻を入れてください' }];
  const isOver = chosen !== undefined && chosen < now;
  return isOver ? [{ path: 'time', reason: 'これからの日時にしてください' }] : [];
}
