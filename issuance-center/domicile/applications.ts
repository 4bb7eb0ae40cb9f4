/**
 * Applications coming in and being taken back. An application is entered in one transaction with its audit event, or not at
 * all: a stop, a closed channel, another open application of the same card all end it before anything is written.
 */
import { civilMoment } from '#templates/civilTime.ts';
import { decideBy } from '#templates/domicileService.ts';
import { noticeOf, type NoticeCode } from '#templates/notices/notices.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { Configuration, InForce } from '../configuration/configuration.ts';
import type { ApplicationChannel } from '../contract/domicileApplication.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import type { ApplicationReason } from './applicationReasons.ts';
import { newApplicationNumber } from './applicationNumber.ts';
import { statesFor } from './applicationState.ts';
import type { CardCertificate, VerifiedApplication } from './applicationVerification.ts';
import type { ApplicationPlace } from './challenges.ts';
import { channelOf, type ChannelClosed } from './channels.ts';

export interface ApplicationDeps {
  readonly db: CenterDatabase;
  readonly configuration: Configuration;
}

const OPEN_ALREADY = noticeOf('APPL-03');
const REGISTERED = noticeOf('APPL-04');
const LIVES_THERE = noticeOf('APPL-05');
const TAKEN_ONCE = noticeOf('SIGN-08');

export type NotEntered =
  | ChannelClosed
  | {
      readonly kind: 'refused';
      readonly reason: 'open-already' | 'registered-already' | 'lives-there' | 'same-bytes';
      readonly notice: NoticeCode;
      readonly until: null;
    };
export type Entered =
  { readonly kind: 'entered'; readonly number: string; readonly inForce: InForce } | NotEntered;

/** Carries a refusal out of the transaction. */
class NotTaken extends Error {
  readonly refusal: NotEntered;
  constructor(refusal: NotEntered) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}
const refuse = (
  reason: 'open-already' | 'registered-already' | 'lives-there' | 'same-bytes',
  notice: NoticeCode,
): NotTaken => new NotTaken({ kind: 'refused', reason, notice, until: null });

/** Enters a verified application. Throws only for faults of our own; then nothing is entered. */
export async function enterApplication(
  deps: ApplicationDeps,
  verified: VerifiedApplication,
  place: ApplicationPlace,
  now: number,
): Promise<Entered> {
  try {
    return await deps.db.transaction().execute((tx) => enter(tx, deps, verified, place, now));
  } catch (error) {
    if (error instanceof NotTaken) return error.refusal;
    throw error;
  }
}

async function enter(
  tx: CenterTransaction,
  deps: ApplicationDeps,
  verified: VerifiedApplication,
  { channel, kioskId }: ApplicationPlace,
  now: number,
): Promise<Entered> {
  const { municipality, authentication } = verified;
  const open = await channelOf(tx, deps, municipality, channel, now);
  if (open.kind === 'refused') throw new NotTaken(open);
  if (await livesIn(tx, verified.residentId, municipality)) throw refuse('lives-there', LIVES_THERE);
  if (await isRegistered(tx, municipality, authentication)) throw refuse('registered-already', REGISTERED);
  const number = newApplicationNumber();
  const entered = await tx
    .insertInto('domicile_application')
    .values(rowOf(verified, { number, channel, kioskId }, open.inForce, now))
    .onConflict((conflict) => conflict.doNothing())
    .returning('number')
    .executeTakeFirst();
  if (!entered) throw await whyNot(tx, verified);
  await appendAudit(tx, now, 'application-received', {
    municipality,
    application: number,
    channel,
    kioskId,
    holderFingerprint: authentication.fingerprint,
    cmsSha256: verified.cmsSha256,
  });
  return { kind: 'entered', number, inForce: open.inForce };
}

function rowOf(
  { content, signature, authentication, ...verified }: VerifiedApplication,
  place: { readonly number: string; readonly channel: ApplicationChannel; readonly kioskId: string | null },
  { profile }: InForce,
  now: number,
) {
  return {
    number: place.number,
    municipality: verified.municipality,
    channel: place.channel,
    kiosk_id: place.kioskId,
    challenge_id: content.challengeId,
    challenge: verified.challenge,
    cms: verified.cms,
    cms_sha256: verified.cmsSha256,
    authentication_certificate: authentication.certificate,
    possession: authentication.possession,
    signature_ocsp: signature.ocsp,
    authentication_ocsp: authentication.ocsp,
    issuer_key_id: authentication.issuerKeyId,
    serial: authentication.serial,
    signature_issuer_key_id: signature.issuerKeyId,
    signature_serial: signature.serial,
    holder_fingerprint: authentication.fingerprint,
    applicant_resident_id: verified.residentId,
    birth_date: content.items.birthDate,
    state: 'received' as const,
    received_at: new Date(now),
    decide_by: decideBy(profile, civilMoment(now).date),
    taken_by: null,
    taken_at: null,
    question: null,
    asked_at: null,
    decided_by: null,
    decided_at: null,
    refusal: null,
  };
}

async function livesIn(
  tx: CenterTransaction,
  residentId: string | null,
  municipality: MunicipalityCode,
): Promise<boolean> {
  const home = await tx
    .selectFrom('resident')
    .innerJoin('household', 'household.id', 'resident.household_id')
    .innerJoin('family_register_member as member', 'member.resident_id', 'resident.id')
    .select('household.id')
    .where('resident.id', '=', residentId ?? '')
    .where('household.municipality', '=', municipality)
    .where('member.municipality', '=', municipality)
    .executeTakeFirst();
  return home !== undefined;
}

async function isRegistered(
  tx: CenterTransaction,
  municipality: MunicipalityCode,
  { issuerKeyId, serial }: CardCertificate,
): Promise<boolean> {
  const row = await tx
    .selectFrom('domicile_registration')
    .select('id')
    .where('municipality', '=', municipality)
    .where('issuer_key_id', '=', issuerKeyId)
    .where('serial', '=', serial)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** A unique index has spoken: the same bytes again, or another open application of the card. */
async function whyNot(tx: CenterTransaction, { cmsSha256 }: VerifiedApplication): Promise<NotTaken> {
  const same = await tx
    .selectFrom('domicile_application')
    .select('number')
    .where('cms_sha256', '=', cmsSha256)
    .executeTakeFirst();
  return same ? refuse('same-bytes', TAKEN_ONCE) : refuse('open-already', OPEN_ALREADY);
}

/** What the audit keeps of an application that was not taken. */
export function noteNotTaken(
  db: CenterDatabase,
  { channel, kioskId }: ApplicationPlace,
  municipality: MunicipalityCode | null,
  {
    notice,
    reason,
  }: { readonly notice: NoticeCode; readonly reason: ApplicationReason | NotEntered['reason'] },
  now: number,
): Promise<void> {
  return appendAudit(db, now, 'application-not-taken', { municipality, channel, kioskId, notice, reason });
}

/** False when it is not the card's, or is decided already. */
export function withdrawApplication(
  db: CenterDatabase,
  number: string,
  /** SHA-256 of the DER of the card's 利用者証明用 certificate, hex */
  holderFingerprint: string,
  channel: ApplicationChannel,
  now: number,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const withdrawn = await tx
      .updateTable('domicile_application')
      .set(({ eb }) => ({ state: 'withdrawn', decided_at: new Date(now), revision: eb('revision', '+', 1) }))
      .where('number', '=', number)
      .where('holder_fingerprint', '=', holderFingerprint)
      .where('state', 'in', [...statesFor('withdraw')])
      .returning('municipality')
      .executeTakeFirst();
    if (!withdrawn) return false;
    const municipality = withdrawn.municipality as MunicipalityCode;
    await appendAudit(tx, now, 'application-withdrawn', { municipality, application: number, channel });
    return true;
  });
}
