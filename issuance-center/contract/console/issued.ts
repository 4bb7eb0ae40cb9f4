/** 交付の記録: certificates of the municipality by number, day, kind, kiosk and state. No personal data. */
import { z } from 'zod';
import { certificateKindId, civilDate, issueNumber } from '#templates/vocabulary.ts';
import { withdrawalReasonIds } from '../../verification/withdrawalReasons.ts';

const instant = z.iso.datetime();
const state = z.enum(['prepared', 'printed', 'void']);

export const issuedQuery = z.object({
  /** the number, or its beginning */
  number: z.string().max(19).optional(),
  day: civilDate.optional(),
  kind: certificateKindId.optional(),
  kiosk: z.string().max(64).optional(),
  state: state.optional(),
});
export const issuedRow = z.object({
  issueNumber,
  kind: certificateKindId,
  label: z.string(),
  kioskId: z.string(),
  at: instant,
  state,
  withdrawn: z.boolean(),
  fee: z.number().int(),
});
export type IssuedRow = z.infer<typeof issuedRow>;
export const issuedList = z.object({
  certificates: z.array(issuedRow),
  /** there are more than are shown */
  more: z.boolean(),
});
export const withNumber = z.object({ issueNumber });
export const issuedDetail = issuedRow.extend({
  issueDate: civilDate,
  verifiableUntil: civilDate,
  pages: z.number().int(),
  paid: z.number().int().nullable(),
  refunded: z.number().int().nullable(),
  sheets: z.number().int().nullable(),
  settledAt: instant.nullable(),
  overdueAt: instant.nullable(),
  voidReason: z.string().nullable(),
  withdrawnAt: instant.nullable(),
  withdrawnReason: z.string().nullable(),
  exceptions: z.array(z.string()),
  alarms: z.array(z.object({ id: z.number().int(), words: z.string(), open: z.boolean() })),
});
export type IssuedDetail = z.infer<typeof issuedDetail>;
export const withdrawalRequest = z.object({ reason: z.enum(withdrawalReasonIds) });
export const done = z.object({ kind: z.literal('done') });
