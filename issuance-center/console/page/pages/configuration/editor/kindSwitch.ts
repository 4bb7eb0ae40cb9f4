/** Switching a kind on and off in a draft. Pure. */
import type { CivilDate } from '#templates/vocabulary.ts';
import type { Choices } from '../../../../../contract/console/configuration.ts';
import { valueAt, withValue } from '../draftProfile.ts';

type KindChoice = Choices['kinds'][number];
interface Entry {
  readonly kind: string;
}
const entriesOf = (whole: unknown): readonly Entry[] =>
  (valueAt(whole, 'kinds') as readonly Entry[] | undefined) ?? [];

/** 年度 change about June 1, when the assessment is sent out (地方税法). */
const NEW_YEAR_MONTH = 6;

/** With the kind's usual contents, in the order in which kinds are shown. */
export function withKind(
  whole: unknown,
  { id, beginning, needsTaxYears }: KindChoice,
  { kinds }: Choices,
  today: CivilDate,
): unknown {
  const taxYears = [{ from: today, year: taxYearOn(today) }];
  const entry = { ...beginning, kind: id, ...(needsTaxYears ? { taxYears } : {}) };
  const place = (kind: string) => kinds.findIndex((choice) => choice.id === kind);
  const next = [...entriesOf(whole).filter(({ kind }) => kind !== id), entry];
  return withValue(
    whole,
    'kinds',
    next.sort((left, right) => place(left.kind) - place(right.kind)),
  );
}

export const withoutKind = (whole: unknown, id: string): unknown =>
  withValue(
    whole,
    'kinds',
    entriesOf(whole).filter(({ kind }) => kind !== id),
  );

export function taxYearOn(day: CivilDate): number {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return month >= NEW_YEAR_MONTH ? year : year - 1;
}
