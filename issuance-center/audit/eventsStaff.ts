/** Audit events of staff accounts. A login, a name or a password has no field to go into. */
import { z } from 'zod';
import { municipalityCode } from '#templates/vocabulary.ts';
import { acts, role, type Act } from '../console/permissions.ts';
import { staffActor } from './eventsConfiguration.ts';

const own = { municipality: municipalityCode, staffId: z.uuid() };
const byAnother = { ...own, by: staffActor };
const factor = z.enum(['passkey', 'one-time-code', 'recovery-code']);

export const eventsStaff = {
  'staff-invited': z.strictObject({ ...byAnother, roles: z.array(role) }),
  'staff-enrolled': z.strictObject({ ...own, factor }),
  'staff-roles-changed': z.strictObject({ ...byAnother, roles: z.array(role) }),
  'staff-disabled': z.strictObject(byAnother),
  'signed-in': z.strictObject({ ...own, factor }),
  'sign-in-refused': z.strictObject({
    ...own,
    step: z.enum(['password', 'second-factor']),
    locked: z.boolean(),
  }),
  'sign-in-confirmed': z.strictObject({ ...own, factor }),
  'signed-out': z.strictObject({ ...own, everywhere: z.boolean() }),
  'passkey-added': z.strictObject(own),
  'passkey-removed': z.strictObject(own),
  'one-time-code-set': z.strictObject(own),
  'recovery-codes-made': z.strictObject(own),
  'password-changed': z.strictObject(own),
  /** somebody asked for what their roles do not allow */
  'act-refused': z.strictObject({ ...own, act: z.enum(Object.keys(acts) as [Act, ...Act[]]) }),
} as const;
