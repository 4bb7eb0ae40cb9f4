/**
 * A value changes on a date boundary and is never edited in place (operations.md 3.1): what has begun before a version
 * counts stays as it was certified. Pure.
 */
import { civilMoment } from '#templates/civilTime.ts';
import type { MunicipalityProfile, ProfileKind } from '#templates/profileSchema.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { VersionFault } from './municipalTemplates.ts';

const REASON = 'すでに始まっている日の値は変えられません。新しい日（「いつから」）の行を足してください';

interface Dated {
  readonly from: CivilDate;
}

/**
 * Faults of `next` that would rewrite days before `effectiveAt` (milliseconds), against the version it follows. A
 * municipality whose service has not begun yet has no such days.
 */
export function historyFaults(
  base: MunicipalityProfile | undefined,
  next: MunicipalityProfile,
  effectiveAt: number,
): readonly VersionFault[] {
  const lastDay = civilMoment(effectiveAt - 1).date;
  if (!base || base.serviceStartsOn > lastDay) return [];
  const compare = (
    path: string,
    before: readonly Dated[] | undefined,
    after: readonly Dated[] | undefined,
  ) => (same(begun(before, lastDay), begun(after, lastDay)) ? [] : [{ path, reason: REASON }]);
  return [
    ...(base.serviceStartsOn === next.serviceStartsOn
      ? []
      : [{ path: 'serviceStartsOn', reason: '交付はもう始まっています。始める日は変えられません' }]),
    ...compare('head', base.head, next.head),
    ...compare('seal', base.seal, next.seal),
    ...compare('commission', base.commission, next.commission),
    ...next.kinds.flatMap((entry, index) => {
      const before = base.kinds.find(({ kind }) => kind === entry.kind);
      return before ? kindFaults(`kinds.${index}`, before, entry, compare) : [];
    }),
  ];
}

type Compare = (
  path: string,
  before: readonly Dated[] | undefined,
  after: readonly Dated[] | undefined,
) => readonly VersionFault[];

function kindFaults(path: string, before: ProfileKind, after: ProfileKind, compare: Compare) {
  return [
    ...compare(`${path}.fees`, before.fees, after.fees),
    ...compare(`${path}.hours`, before.hours, after.hours),
    ...compare(`${path}.taxYears`, before.taxYears, after.taxYears),
  ];
}

const begun = (entries: readonly Dated[] | undefined, lastDay: CivilDate) =>
  (entries ?? []).filter(({ from }) => from <= lastDay);

const same = (left: readonly Dated[], right: readonly Dated[]) =>
  JSON.stringify(left) === JSON.stringify(right);
