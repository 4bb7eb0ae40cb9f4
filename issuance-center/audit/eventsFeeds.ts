/** Audit events of the registers' feeds: counts, numbers of events and outcomes; never a row. */
import { z } from 'zod';
import { municipalityCode } from '#templates/vocabulary.ts';
import { feedRegister } from '../contract/registerFeed.ts';
import { staffActor } from './eventsConfiguration.ts';

const count = z.number().int().min(0);
const place = { municipality: municipalityCode, register: feedRegister };
/** of the restrictions only the sum is written: how many began and ended says something about people */
const counts = { rows: count, changed: count };
const clientId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(64);

export const feedRefusals = [
  'faults',
  'gap',
  'repeated-differently',
  'other-stream',
  'not-loaded',
  'from-the-future',
  'older-than-known',
  'not-readable',
] as const;

export const eventsFeeds = {
  'register-loaded': z.strictObject({ ...place, ...counts, seq: count, undrawable: count }),
  'register-events-entered': z.strictObject({
    ...place,
    ...counts,
    from: count,
    waiting: count,
    undrawable: count,
  }),
  'register-feed-refused': z.strictObject({ ...place, reason: z.enum(feedRefusals), faults: count }),
  'register-reconciled': z.strictObject({ ...place, rows: count, differences: count }),
  'feed-client-enrolled': z.strictObject({ municipality: municipalityCode, clientId, staffId: staffActor }),
  'feed-client-revoked': z.strictObject({ municipality: municipalityCode, clientId, staffId: staffActor }),
  'feed-client-refused': z.strictObject({
    fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
    reason: z.enum(['unknown', 'revoked', 'other-municipality']),
  }),
} as const;
