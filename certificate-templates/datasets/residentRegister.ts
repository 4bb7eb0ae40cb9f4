/**
 * The resident register's rows: a household and its residents with the states that decide whether a certificate may
 * be issued. Protective measures (支援措置) are not here: they live in a restrictions register of their own.
 */
import { z } from 'zod';
import { civilDate, municipalityCode } from '../vocabulary.ts';
import {
  checkResidentItems,
  registeredText,
  residentItems,
  residentRecord,
  type ResidentItems,
  type ResidentRecord,
} from './residentRecord.ts';

/** Opaque ids of the register; never printed, never sent to a kiosk. */
export const residentId = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/)
  .brand<'ResidentId'>();
export type ResidentId = z.infer<typeof residentId>;
export const householdId = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/)
  .brand<'HouseholdId'>();
export type HouseholdId = z.infer<typeof householdId>;

export const residentStatus = z.enum(['active', 'moved-out', 'deceased']);
export type ResidentStatus = z.infer<typeof residentStatus>;

export const householdEntry = z.strictObject({
  householdId,
  municipality: municipalityCode,
  address: registeredText,
  householderName: registeredText,
});
export type HouseholdEntry = z.infer<typeof householdEntry>;

export const residentEntry = z
  .strictObject({
    residentId,
    householdId,
    /** order of entry in the household, 1-based; gaps remain where a member has left */
    order: z.number().int().min(1).max(99),
    ...residentItems.shape,
    status: residentStatus,
    /** day of 転出 or 死亡; with every status but active */
    statusSince: civilDate.optional(),
    /** 転出予定日, from the day the move is notified until it happens */
    plannedMoveOutOn: civilDate.optional(),
    /** 転入日: the day the last move into the municipality was entered; nothing is issued on this day */
    movedInOn: civilDate.optional(),
    /** a notification is received but not yet entered (異動・届出の反映待ち) */
    pendingProcedure: z.boolean().default(false),
    /** 外字登録中 */
    characterRegistrationPending: z.boolean().default(false),
  })
  .superRefine((entry, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    checkResidentItems(entry, issue);
    if ((entry.status === 'active') !== (entry.statusSince === undefined)) {
      issue('statusSince', '転出・死亡の日は、現に住んでいる人（active）のほかに必要です');
    }
    if (entry.plannedMoveOutOn && entry.status !== 'active') {
      issue('plannedMoveOutOn', '転出の予定があるのは、現に住んでいる人（active）だけです');
    }
  });
export type ResidentEntry = z.infer<typeof residentEntry>;

export interface RegisterExtract {
  readonly record: ResidentRecord;
  /** who stands at which number of the record; stays inside the center */
  readonly residentIds: ReadonlyMap<number, ResidentId>;
}

/**
 * The household's current record: active residents only (消除者 never appear, forms.md 3.5) in order of entry, numbered
 * from 1. Undefined when nobody is left. Throws when the register's rows do not make a valid record.
 */
export function currentRecord(
  household: HouseholdEntry,
  residents: readonly ResidentEntry[],
): RegisterExtract | undefined {
  const members = residents
    .filter((entry) => entry.householdId === household.householdId && entry.status === 'active')
    .sort((left, right) => left.order - right.order);
  if (members.length === 0) return undefined;
  const record = residentRecord.parse({
    address: household.address,
    householderName: household.householderName,
    persons: members.map((entry, index) => ({ number: index + 1, ...itemsOf(entry) })),
  });
  return { record, residentIds: new Map(members.map((entry, index) => [index + 1, entry.residentId])) };
}

const itemNames = Object.keys(residentItems.shape) as (keyof ResidentItems)[];

function itemsOf(entry: ResidentEntry): ResidentItems {
  const known = itemNames.filter((name) => entry[name] !== undefined).map((name) => [name, entry[name]]);
  return Object.fromEntries(known) as ResidentItems;
}
