/** Days and instants to read: 令和8年11月20日 with 2026年11月20日 as help. */
import type { CivilDate } from '#templates/vocabulary.ts';
import { dayOf, dayWords, timeWords, westernWords } from '../base/dates.ts';

export function Day({ day }: { readonly day: CivilDate }) {
  return (
    <time dateTime={day} className="day">
      <span className="day-words">{dayWords(day)}</span>{' '}
      <span className="day-western">{westernWords(day)}</span>
    </time>
  );
}

/** `at`: ISO instant. */
export function Instant({ at }: { readonly at: string }) {
  const day = dayOf(at);
  return (
    <time dateTime={at} className="day">
      <span className="day-words">
        {dayWords(day)} {timeWords(at)}
      </span>{' '}
      <span className="day-western">{westernWords(day)}</span>
    </time>
  );
}
