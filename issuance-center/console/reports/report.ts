/** From counted groups of certificates to a report: sums, every hour and day present, the settlement with each chain. Pure. */
import { addDays } from '#templates/civilTime.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { Report, ReportCounts, ReportPeriod, Settlement } from '../../contract/console/reports.ts';

/** Certificates that share day, hour, kind, chain and end, counted. */
export interface CertificateGroup {
  readonly day: CivilDate;
  /** of preparation, in Japan */
  readonly hour: number;
  readonly kind: string;
  /** empty: none */
  readonly chain: string;
  readonly state: 'prepared' | 'printed' | 'void';
  readonly wasPaid: boolean;
  readonly count: number;
  /** yen taken for them and kept, over the group */
  readonly fees: number;
}

export interface NoticeCount {
  readonly notice: string;
  readonly words: string;
  readonly count: number;
}

export interface ReportParts {
  readonly period: ReportPeriod;
  readonly groups: readonly CertificateGroup[];
  readonly refusals: readonly NoticeCount[];
  /** 委託手数料 for one certificate issued on a day, yen */
  readonly commissionOn: (day: CivilDate) => number;
  /** a kind's name for people */
  readonly labelOf: (kind: string) => string;
}

export function makeReport({ period, groups, refusals, commissionOn, labelOf }: ReportParts): Report {
  return {
    period,
    total: countsOf(groups),
    byKind: [...grouped(groups, ({ kind }) => kind)].map(([kind, own]) => ({
      kind,
      label: labelOf(kind),
      ...countsOf(own),
      fees: feesOf(own),
    })),
    byHour: Array.from({ length: 24 }, (_, hour) => ({
      hour,
      ...countsOf(groups.filter((group) => group.hour === hour)),
    })),
    byDay: daysOf(period).map((day) => {
      const own = groups.filter((group) => group.day === day);
      return { day, ...countsOf(own), fees: feesOf(own) };
    }),
    settlements: [...grouped(groups, ({ chain }) => chain)].map(([chain, own]) =>
      settlementOf(chain, own, commissionOn),
    ),
    refusals: [...refusals],
  };
}

/** The commission is due for what was printed, whether or not a fee was asked (a campaign at 0 yen is printed too). */
function settlementOf(
  chain: string,
  groups: readonly CertificateGroup[],
  commissionOn: (day: CivilDate) => number,
): Settlement {
  const printed = groups.filter(({ state }) => state === 'printed');
  const commission = sum(printed, ({ count, day }) => count * commissionOn(day));
  const fees = feesOf(printed);
  return {
    chain,
    printed: sum(printed, ({ count }) => count),
    fees,
    commission,
    payable: fees - commission,
  };
}

function countsOf(groups: readonly CertificateGroup[]): ReportCounts {
  const where = (holds: (group: CertificateGroup) => boolean) =>
    sum(groups.filter(holds), ({ count }) => count);
  return {
    made: where(() => true),
    paid: where(({ wasPaid }) => wasPaid),
    printed: where(({ state }) => state === 'printed'),
    void: where(({ state }) => state === 'void'),
    open: where(({ state }) => state === 'prepared'),
  };
}

const feesOf = (groups: readonly CertificateGroup[]) => sum(groups, ({ fees }) => fees);

function sum<Value>(values: readonly Value[], of: (value: Value) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}

/** In the order of names. */
function grouped(
  groups: readonly CertificateGroup[],
  keyOf: (group: CertificateGroup) => string,
): ReadonlyMap<string, readonly CertificateGroup[]> {
  const keys = [...new Set(groups.map(keyOf))].sort();
  return new Map(keys.map((key) => [key, groups.filter((group) => keyOf(group) === key)]));
}

/** Every day of the period. */
export function daysOf(period: ReportPeriod): readonly CivilDate[] {
  if (period.length === 'YYYY-MM-DD'.length) return [period as CivilDate];
  const days: CivilDate[] = [];
  let day = `${period}-01` as CivilDate;
  while (day.startsWith(period)) {
    days.push(day);
    day = addDays(day, 1);
  }
  return days;
}
