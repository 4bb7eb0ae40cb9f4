/** 監視: one day of a municipality. */
import { z } from 'zod';
import { certificateKindId, civilDate } from '#templates/vocabulary.ts';
import { outputIds } from '../../issuing/accounted.ts';
import { feedRegister } from '../registerFeed.ts';
import { stop } from './configuration.ts';
import { reportCounts } from './reports.ts';

const instant = z.iso.datetime();
const count = z.number().int().min(0);

export const watchQuery = z.object({ day: civilDate.optional() });
export const watch = z.object({
  day: civilDate,
  total: reportCounts,
  byKind: z.array(reportCounts.extend({ kind: certificateKindId, label: z.string() })),
  byHour: z.array(reportCounts.extend({ hour: z.number().int() })),
  byKiosk: z.array(reportCounts.extend({ kioskId: z.string() })),
  /** certificates whose made, paid and printed do not agree */
  exceptions: z.array(
    z.object({
      issueNumber: z.string(),
      label: z.string(),
      kioskId: z.string(),
      at: instant,
      words: z.array(z.string()),
    }),
  ),
  refusals: z.array(z.object({ notice: z.string(), words: z.string(), count })),
  feeds: z.array(
    z.object({
      register: feedRegister,
      label: z.string(),
      /** null: never fed */
      fedUntil: instant.nullable(),
      limitMinutes: count.nullable(),
      state: z.enum(['fresh', 'late', 'not-known']),
      words: z.string(),
    }),
  ),
  kiosks: z.array(
    z.object({
      kioskId: z.string(),
      store: z.string(),
      chain: z.string(),
      lastSeenAt: instant.nullable(),
      build: z.string().nullable(),
      troubles: z.array(z.string()),
    }),
  ),
  alarms: z.array(
    z.object({
      id: z.number().int(),
      kioskId: z.string().nullable(),
      words: z.string(),
      issueNumber: z.string().nullable(),
      raisedAt: instant,
    }),
  ),
  stops: z.array(stop.extend({ label: z.string() })),
  /** 誤交付 cases that are open */
  openCases: z.array(z.object({ id: z.uuid(), number: count, openedAt: instant })),
  /** 本籍地の申請 that are undecided after their day */
  overdueApplications: count,
});
export type Watch = z.infer<typeof watch>;

export const alarmId = z.object({ id: z.coerce.number().int() });
export const closeAlarmRequest = z.object({ output: z.enum(outputIds) });
export const done = z.object({ kind: z.literal('done') });
