/**
 * The wire of a municipality's register feed (NDJSON over mutual TLS): a header line, then one line per row or event.
 * A register begins with a full load, which names the stream and the number of the last event it contains; after it events
 * come in batches, numbered without a gap. Nothing of a batch or load is entered unless all of it is right. A load tells what
 * counts at its instant: events sent earlier that wait for their time go on waiting, unless their row is not in it.
 *
 *   PUT  /v1/municipalities/:code/registers/:register           a full load
 *   POST /v1/municipalities/:code/registers/:register/events    a batch of events; empty: nothing has changed until then
 *   POST /v1/municipalities/:code/registers/:register/checksums the daily reconciliation
 *   GET  /v1/municipalities/:code/registers/:register           where the register stands
 *
 * `?dryRun=true` on the first two tells what would happen and enters nothing.
 */
import { z } from 'zod';

/** What a line of a register is about; some registers hold two kinds of rows. */
export const registerEntities = {
  resident: ['household', 'resident'],
  seal: ['seal'],
  tax: ['tax-record', 'tax-payment'],
  'family-register': ['family-register'],
  'address-history': ['address-history'],
  restriction: ['restriction'],
  'certificate-link': ['certificate-link'],
} as const;
export type FeedRegister = keyof typeof registerEntities;
export type FeedEntity = (typeof registerEntities)[FeedRegister][number];
export const feedRegister = z.enum(Object.keys(registerEntities) as [FeedRegister, ...FeedRegister[]]);

const instant = z.iso.datetime({ offset: true });
/** of events, from 1; 0 in a load that contains none */
const sequence = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** of one row, from 1, growing with every change of it; a later one is never replaced by an earlier */
const version = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const count = z.number().int().min(0).max(10_000_000);

export const loadHeader = z.strictObject({
  kind: z.literal('load'),
  /** made anew for each full load */
  stream: z.uuid(),
  /** number of the last event that the load contains */
  seq: sequence,
  /** rows that follow */
  count,
  /** every change up to this instant is in it */
  until: instant,
});
export const loadLine = z.strictObject({
  entity: z.string(),
  version,
  row: z.record(z.string(), z.unknown()),
});

export const eventsHeader = z.strictObject({
  kind: z.literal('events'),
  /** of the load these events follow */
  stream: z.uuid(),
  /** number of the first event, or of the next one when there is none */
  from: sequence,
  count,
  until: instant,
});
export const eventLine = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('put'),
    seq: sequence,
    entity: z.string(),
    version,
    /** from when it counts; in the future: it waits */
    effectiveAt: instant,
    row: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({
    op: z.literal('end'),
    seq: sequence,
    entity: z.string(),
    version,
    effectiveAt: instant,
    /** the row's own key fields, e.g. { residentId } */
    key: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
]);

export const checksumsHeader = z.strictObject({
  kind: z.literal('checksums'),
  stream: z.uuid(),
  /** the state after this event */
  seq: sequence,
  count,
});
export const checksumLine = z.strictObject({
  entity: z.string().regex(/^[a-z-]{1,40}$/),
  /** its key fields, joined by a slash */
  key: z
    .string()
    .regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/)
    .max(200),
  version,
  /** SHA-256 over the row as canonical JSON (RFC 8785), hex */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
