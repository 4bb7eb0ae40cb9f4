/** 台帳の連携: how the municipality's registers stand, what differs from their source, and who may feed them. */
import { z } from 'zod';
import { feedClientId, feedCredential, rowFault } from '../feedDoor.ts';
import { feedRegister, registerEntities, type FeedEntity } from '../registerFeed.ts';
import { done } from './session.ts';

const instant = z.iso.datetime();
const count = z.number().int().min(0);

/** Why certificates that rest on a register are withheld; `fresh`: they are not. */
export const registerStates = [
  'fresh',
  'late',
  'not-loaded',
  'gap',
  /** an event that was entered before says something else, or one that is due cannot be entered */
  'blocked',
  /** an event has become due and is being entered */
  'due',
  /** too many rows differ from the source */
  'doubtful',
] as const;
export type RegisterState = (typeof registerStates)[number];

export const registerStanding = z.object({
  register: feedRegister,
  label: z.string(),
  state: z.enum(registerStates),
  /** what is the matter and what to do first */
  words: z.string(),
  /** number of the last event; null before the first load */
  lastSeq: count.nullable(),
  /** events that exist and have not come */
  missing: z.object({ from: count, to: count }).nullable(),
  fedUntil: instant.nullable(),
  loadedAt: instant.nullable(),
  /** null: no profile is in force */
  limitMinutes: count.nullable(),
  /** events whose day has not come */
  waiting: count,
  reconciliation: z.object({ at: instant, rows: count, differences: count, isOld: z.boolean() }).nullable(),
  /** rows that differ now: what stands on them is not issued */
  differences: count,
  /** labels of certificates that are not issued because of this register's state */
  withheld: z.array(z.string()),
  /** the last load or batch, when it was refused */
  refusal: z.object({ at: instant, reason: z.string(), faults: z.array(rowFault), total: count }).nullable(),
});
export type RegisterStanding = z.infer<typeof registerStanding>;

export const registerList = z.object({
  registers: z.array(registerStanding),
  /** feed clients in service */
  clients: count,
});

export const oneRegister = z.object({ register: feedRegister });
/** Of the restrictions only numbers are told: a list of rows would be a list of people. */
export const listedRegister = z.object({ register: feedRegister.exclude(['restriction']) });

export const differenceFindings = ['missing-here', 'not-at-the-source', 'differs'] as const;
const entities = Object.values(registerEntities).flat() as [FeedEntity, ...FeedEntity[]];
export const differencesQuery = z.object({ page: z.coerce.number().int().min(1).default(1) });
export const DIFFERENCES_PAGE = 100;
export const differenceList = z.object({
  total: count,
  rows: z.array(
    z.object({
      entity: z.enum(entities),
      /** the source's own key of the row, e.g. a resident's id in its system; never a name */
      key: z.string(),
      finding: z.enum(differenceFindings),
    }),
  ),
});
export type Difference = z.infer<typeof differenceList>['rows'][number];

export const feedClient = z.object({
  clientId: z.string(),
  enrolledAt: instant,
  /** display name */
  enrolledBy: z.string(),
  revokedAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
});
export type FeedClientEntry = z.infer<typeof feedClient>;
export const feedClientList = z.object({ clients: z.array(feedClient) });
export const enrolRequest = z.object({
  clientId: feedClientId,
  /** true: a new certificate for a client there is; its old one ends */
  replace: z.boolean(),
});
/** Shown to nobody again: the center keeps no key. */
export const enrolAnswer = feedCredential;
export const clientParams = z.object({ id: z.string().max(64) });
export { done };

/** As the words stand on screens and in files. */
export const entityNames: Readonly<Record<FeedEntity, string>> = {
  household: '世帯',
  resident: '住民',
  seal: '印鑑登録',
  'tax-record': '課税の記録',
  'tax-payment': '納税の記録',
  'family-register': '戸籍',
  'address-history': '戸籍の附票',
  restriction: '交付の制限',
  'certificate-link': '電子証明書のひも付け',
};
export const findingNames: Readonly<Record<(typeof differenceFindings)[number], string>> = {
  'missing-here': 'センターに届いていません',
  'not-at-the-source': '元の台帳にありません',
  differs: '内容がちがいます',
};
