/**
 * What a kiosk says of itself: at its start, when something changes, every few minutes. Nothing of a resident.
 *
 *   POST /v1/kiosk-status
 */
import { z } from 'zod';
import { noticeCode } from '#templates/notices/notices.ts';

const state = z.enum(['ready', 'busy', 'fault', 'absent', 'unknown']);
export const kioskStatusRequest = z.object({
  reader: state,
  printer: state,
  /** IPP printer-state-reasons, e.g. media-empty-error */
  printerReasons: z.array(z.string().regex(/^[a-z0-9.-]{1,64}$/)).max(32),
  payment: state,
  /** why the idle screen is closed; null: in service */
  outOfService: noticeCode.nullable(),
  /** transactions that wait for a person */
  unsettled: z.number().int().min(0),
  /** which build runs: version and digest (operations.md 7, T8) */
  build: z.string().regex(/^[0-9A-Za-z.+-]{1,80}$/),
  /** of the kiosk, to see how far its clock is off */
  now: z.iso.datetime(),
});
export type KioskStatus = z.infer<typeof kioskStatusRequest>;
export const kioskStatusResponse = z.object({ kind: z.literal('noted') });
