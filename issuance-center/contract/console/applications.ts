/**
 * 本籍地の申請: the queue of the 戸籍 role. What is shown of an application is what its applicant signed; beside it stand rows of
 * this municipality's 戸籍 and 附票, each item compared with its differences marked.
 */
import { z } from 'zod';
import { civilDate } from '#templates/vocabulary.ts';
import {
  applicantStatement,
  applicationChannel,
  applicationNumber,
  applicationRefusal,
  applicationState,
  basicFourItems,
} from '../domicileApplication.ts';

const instant = z.iso.datetime();
const count = z.number().int().min(0);

/** One row of the queue, without anybody's name but the officer's. */
export const applicationRow = z.object({
  number: applicationNumber,
  state: applicationState,
  channel: applicationChannel,
  receivedAt: instant,
  decideBy: civilDate,
  /** days from today to `decideBy`, less than 0 when it is over; null: decided */
  daysLeft: z.number().int().nullable(),
  /** who has it now, or who has decided; null: nobody */
  officer: z.string().nullable(),
  isMine: z.boolean(),
  /** something was asked that is not settled yet */
  isAsked: z.boolean(),
  decidedAt: instant.nullable(),
});
export type ApplicationRow = z.infer<typeof applicationRow>;
export const applicationList = z.object({
  applications: z.array(applicationRow),
  /** there are more than are shown */
  more: z.boolean(),
});

/** `waiting`: received and taken by nobody; `overdue`: open after their day */
export const applicationCounts = z.object({ waiting: count, mine: count, overdue: count });
export type ApplicationCounts = z.infer<typeof applicationCounts>;

/** How letters of two texts stand to each other. */
export const mark = z.enum([
  'same',
  /** another form of the same letter */
  'variant',
  /** 代替文字: the certificate cannot write the letter */
  'replaced',
  'differs',
]);
export type Mark = z.infer<typeof mark>;
export const piece = z.object({ text: z.string(), mark });
export type Piece = z.infer<typeof piece>;

export const comparedItemIds = [
  'family-name',
  'given-name',
  'birth-date',
  'domicile',
  'head-of-register',
  'address',
] as const;
export const comparedItemId = z.enum(comparedItemIds);
export type ComparedItemId = z.infer<typeof comparedItemId>;
export const comparedItem = z.object({
  item: comparedItemId,
  /** `missing`: the register has nothing to compare with */
  result: z.enum(['same', 'variant', 'differs', 'missing']),
  /** signed by the applicant */
  stated: z.array(piece),
  /** as registered */
  registered: z.array(piece),
  /** what is different, in words; letters as registered */
  notes: z.array(z.string()),
});
export type ComparedItem = z.infer<typeof comparedItem>;

/** Why this person cannot be registered, whatever the officer thinks. */
export const obstacles = [
  'nobody-on-register',
  'birth-date-differs',
  'given-name-differs',
  'domicile-differs',
  'removed',
  'register-closed',
  'notification-pending',
  'not-one-person',
  'another-resident',
  'row-in-doubt',
] as const;
export type Obstacle = (typeof obstacles)[number];

/** SHA-256, hex */
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const familyRegisterId = z.string().regex(/^[a-z0-9-]{1,64}$/);

/** One 戸籍, and the person on it who may be the applicant. */
export const candidate = z.object({
  familyRegisterId,
  /** digest of the person; null: the 戸籍 was found, the person is not on it */
  member: sha256.nullable(),
  /** digest of both rows as they are shown */
  look: sha256,
  status: z.enum(['current', 'closed', 'superseded']),
  domicile: z.string(),
  headOfRegister: z.string(),
  /** of the 附票, the newest first; of the person */
  addresses: z.array(z.object({ address: z.string(), setOn: civilDate.nullable() })),
  items: z.array(comparedItem),
  obstacles: z.array(z.enum(obstacles)),
  /** differ, and must be confirmed one by one */
  toConfirm: z.array(comparedItemId),
});
export type Candidate = z.infer<typeof candidate>;

export const applicationEvent = z.object({
  at: instant,
  words: z.string(),
  by: z.string().nullable(),
});

export const applicationDetail = applicationRow.extend({
  revision: z.number().int(),
  statement: applicantStatement,
  /** of the 署名用電子証明書 */
  items: basicFourItems,
  /** the card's own letters, where they were read */
  cardText: z.object({ name: z.string(), address: z.string() }).nullable(),
  /** the signed bytes were read and checked again just now */
  isEvidenceSound: z.boolean(),
  candidates: z.array(candidate),
  /** the 戸籍 is not known up to now: what is shown may be old, and nothing can be accepted */
  registersInDoubt: z.array(z.string()),
  question: z.string().nullable(),
  refusal: applicationRefusal.nullable(),
  registration: z
    .object({ registeredAt: instant, endedAt: instant.nullable(), endedBecause: z.string().nullable() })
    .nullable(),
  /** somebody has had it for more than a day: others may put it back */
  mayPutBack: z.boolean(),
  history: z.array(applicationEvent),
});
export type ApplicationDetail = z.infer<typeof applicationDetail>;

export const withApplication = z.object({ number: applicationNumber });
const seen = { revision: z.number().int() };
export const releaseRequest = z.object(seen);
export const registerSearch = z.object({
  domicile: z.string().trim().min(1, '本籍を入れてください').max(200),
  headOfRegister: z.string().trim().max(80),
});
export const candidates = z.object({ candidates: z.array(candidate) });
export const questionRequest = z.object({
  ...seen,
  question: z.string().trim().min(1, '申請者に聞くことを入れてください').max(400),
});
export const refusalRequest = z.object({ ...seen, reason: applicationRefusal });
export const acceptanceRequest = z.object({
  ...seen,
  familyRegisterId,
  member: sha256,
  look: sha256,
  /** items that differ and that the officer has looked at */
  confirmed: z.array(comparedItemId),
});
export type AcceptanceRequest = z.infer<typeof acceptanceRequest>;
export const done = z.object({ kind: z.literal('done') });
