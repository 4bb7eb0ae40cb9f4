/**
 * What the feed door answers (registerFeed.ts says what it is told), and the file a municipality's feed client is given.
 * Every refusal has a kind for programs and a reason in Japanese for people; nothing of what was refused is entered.
 */
import { z } from 'zod';
import { municipalityCode } from '#templates/vocabulary.ts';
import { feedRegister } from './registerFeed.ts';

const count = z.number().int().min(0);

export const rowFault = z.object({
  /** of the file, the header being 1 */
  line: z.number().int(),
  /** e.g. `row.name`; empty for the line as a whole */
  path: z.string(),
  reason: z.string(),
});
export type RowFaultAnswer = z.infer<typeof rowFault>;

export const rowCounts = z.object({
  added: count,
  changed: count,
  unchanged: count,
  ended: count,
  /** their time has not come */
  waiting: count,
});

/** Entered, though a character of it can never be printed: what stands on this row is for the counter. */
export const undrawableText = z.object({
  line: z.number().int(),
  entity: z.string(),
  key: z.string(),
  path: z.string(),
  codePoints: z.array(z.string()),
});

export const enteredAnswer = z.object({
  kind: z.literal('entered'),
  /** true: nothing was entered, this is what would have been */
  dryRun: z.boolean(),
  counts: rowCounts,
  nextSeq: count,
  undrawable: z.array(undrawableText),
});
/** Every event was entered before and says the same. */
export const repeatedAnswer = z.object({ kind: z.literal('repeated'), nextSeq: count });
export const reconciledAnswer = z.object({ kind: z.literal('reconciled'), rows: count, differences: count });

const standing = { register: feedRegister };
export const standingAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('not-loaded'), ...standing, reason: z.string() }),
  z.object({
    kind: z.literal('loaded'),
    ...standing,
    stream: z.uuid(),
    /** number of the event that must come next */
    nextSeq: count,
    /** events up to this one exist and are missing here; null: no gap */
    missingUpTo: count.nullable(),
    fedUntil: z.iso.datetime(),
    /** nothing of the register counts until the next full load */
    blocked: z.boolean(),
    reconciledAt: z.iso.datetime().nullable(),
    differences: count,
  }),
]);
export type StandingAnswer = z.infer<typeof standingAnswer>;

/** 422: rows of the file are wrong. `counts`: what the others would have done. */
export const faultsAnswer = z.object({
  kind: z.literal('faults'),
  reason: z.string(),
  /** the first of them, in the order of lines */
  faults: z.array(rowFault),
  total: count,
  counts: rowCounts,
});

/** 409: right in itself, and not what can come now. */
export const conflictAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('gap'), reason: z.string(), expected: count, got: count }),
  z.object({ kind: z.literal('repeated-differently'), reason: z.string(), seq: count }),
  z.object({ kind: z.literal('other-stream'), reason: z.string() }),
  z.object({ kind: z.literal('not-loaded'), reason: z.string() }),
  z.object({ kind: z.literal('from-the-future'), reason: z.string() }),
  z.object({ kind: z.literal('older-than-known'), reason: z.string() }),
  /** a reconciliation of another point than where the register stands; null: nothing has been loaded */
  z.object({ kind: z.literal('another-point'), reason: z.string(), nextSeq: count.nullable() }),
]);

/** The file or the call as such. */
export const doorRefusal = z.object({
  kind: z.enum([
    /** 400: header, number of lines, UTF-8, a body that ends early; 408: too slow; 413: too large */
    'not-readable',
    /** 415 */
    'wrong-content-type',
    /** 403: no client of ours, not any more, or of another municipality */
    'not-admitted',
    /** 404 */
    'no-such-register',
    /** 429, 503: later again */
    'busy',
    /** 500 */
    'fault',
  ]),
  reason: z.string(),
});
export type DoorRefusal = z.infer<typeof doorRefusal>;

/** All there are, for a client's parser. */
export const feedAnswer = z.union([
  enteredAnswer,
  repeatedAnswer,
  reconciledAnswer,
  standingAnswer,
  faultsAnswer,
  conflictAnswer,
  doorRefusal,
]);
export type FeedAnswer = z.infer<typeof feedAnswer>;

/** Lower case words and digits, joined by single hyphens. */
export const feedClientId = z
  .string()
  .max(64, '64文字までにしてください')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, '小文字の英字・数字と、あいだの「-」だけにしてください');

/** What a feed client is given, once: its certificate and key, and whom to trust. */
export const feedCredential = z.object({
  municipality: municipalityCode,
  clientId: feedClientId,
  /** e.g. https://center.example:8444 */
  feedUrl: z.url(),
  /** PEM */
  certificate: z.string(),
  privateKey: z.string(),
  serverCa: z.string(),
});
export type FeedCredential = z.infer<typeof feedCredential>;

/** NDJSON (newline-delimited JSON), UTF-8; `content-encoding: gzip` is accepted. */
export const FEED_CONTENT_TYPE = 'application/x-ndjson';
