/** Reports of one municipality over a day or a month of issue. Yen are whole yen; hours are Japan's. */
import { z } from 'zod';
import { certificateKindId, civilDate } from '#templates/vocabulary.ts';

const count = z.number().int().min(0);
/** yen; sums of many fees are far above what one may cost */
const amount = z.number().int().min(0);

/** `2026-11` */
export const civilMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM の形ではありません');
/** a day or a month */
export const reportPeriod = z.union([civilDate, civilMonth]);
export type ReportPeriod = z.infer<typeof reportPeriod>;

/** 作成数, 納付数, 印刷数, and what became of the rest. */
export const reportCounts = z.object({
  made: count,
  /** money was taken, given back or not */
  paid: count,
  printed: count,
  void: count,
  /** neither printed nor void */
  open: count,
});
export type ReportCounts = z.infer<typeof reportCounts>;

/** 収納: what a chain has taken, keeps as 委託手数料 and hands to the municipality. */
export const settlement = z.object({
  /** empty: the kiosk belongs to no chain */
  chain: z.string(),
  printed: count,
  /** fees of printed certificates that were paid */
  fees: amount,
  /** what is kept, by the price of each day of issue */
  commission: amount,
  /** fees less commission; negative when the commission is more */
  payable: z.number().int(),
});
export type Settlement = z.infer<typeof settlement>;

export const report = z.object({
  period: reportPeriod,
  total: reportCounts,
  byKind: z.array(reportCounts.extend({ kind: certificateKindId, label: z.string(), fees: amount })),
  /** 24 of them */
  byHour: z.array(reportCounts.extend({ hour: z.number().int().min(0).max(23) })).length(24),
  /** every day of the month; one for a day */
  byDay: z.array(reportCounts.extend({ day: civilDate, fees: amount })),
  settlements: z.array(settlement),
  /** what residents were told, by notice; a counter answer is one notice whatever its cause */
  refusals: z.array(z.object({ notice: z.string(), words: z.string(), count })),
});
export type Report = z.infer<typeof report>;

export const reportQuery = z.object({ period: reportPeriod });
export const reportFileQuery = z.object({ period: reportPeriod, format: z.enum(['csv', 'pdf']) });
