/** 職員 and 監査記録 of a municipality. */
import { z } from 'zod';
import { civilDate } from '#templates/vocabulary.ts';
import { role } from '../../console/permissions.ts';
import { login } from './session.ts';

export const staffMember = z.object({
  staffId: z.uuid(),
  login: z.string(),
  displayName: z.string(),
  roles: z.array(role),
  state: z.enum(['invited', 'active', 'disabled']),
  locked: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type StaffEntry = z.infer<typeof staffMember>;
export const staffList = z.object({ staff: z.array(staffMember) });
export const staffId = z.object({ staffId: z.uuid() });

const roleList = z.array(role).min(1, '役割を1つ以上えらんでください');
export const inviteRequest = z.object({
  login,
  displayName: z.string().min(1, '名前を入れてください').max(60),
  roles: roleList,
});
/** The link is shown once. */
export const inviteAnswer = z.object({ staffId: z.uuid(), link: z.string(), until: z.iso.datetime() });
export const rolesRequest = z.object({ roles: roleList });

export const auditQuery = z.object({
  day: civilDate.optional(),
  type: z.string().max(64).optional(),
  /** events before this one */
  before: z.coerce.number().int().optional(),
});
export const auditPage = z.object({
  events: z.array(
    z.object({
      seq: z.number().int(),
      at: z.iso.datetime(),
      type: z.string(),
      /** display name of the staff member who did it; null: the center or a kiosk */
      by: z.string().nullable(),
      fields: z.record(z.string(), z.unknown()),
    }),
  ),
  /** there are earlier ones */
  more: z.boolean(),
});
export type AuditPage = z.infer<typeof auditPage>;
