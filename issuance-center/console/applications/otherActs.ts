/** Refusing, asking again, and ending a registration. Each is one statement on the state it is done in, with its audit event. */
import { appendAudit } from '../../audit/chain.ts';
import type { ApplicationRefusal } from '../../contract/domicileApplication.ts';
import type { CenterDatabase, CenterTransaction } from '../../database/connect.ts';
import { ConsoleRefusal, type StaffMember } from '../consoleRoute.ts';
import { sayWhy } from './queue.ts';

export interface Seen {
  readonly number: string;
  readonly revision: number;
}

/** Of an application that this officer has and has seen as it stands. */
const ownIn = (tx: CenterTransaction, { municipality, staffId }: StaffMember, { number, revision }: Seen) =>
  tx
    .updateTable('domicile_application')
    .set((row) => ({ revision: row('revision', '+', 1) }))
    .where('number', '=', number)
    .where('municipality', '=', municipality)
    .where('state', '=', 'checking')
    .where('taken_by', '=', staffId)
    .where('revision', '=', revision)
    .returning('number');

export async function refuseApplication(
  db: CenterDatabase,
  staff: StaffMember,
  seen: Seen,
  reason: ApplicationRefusal,
  now: number,
): Promise<void> {
  const { municipality, staffId } = staff;
  const isRefused = await db.transaction().execute(async (tx) => {
    const refused = await ownIn(tx, staff, seen)
      .set({
        state: 'refused',
        refusal: reason,
        question: null,
        decided_by: staffId,
        decided_at: new Date(now),
      })
      .executeTakeFirst();
    if (!refused) return false;
    const event = { municipality, application: seen.number, staffId, reason };
    await appendAudit(tx, now, 'application-refused', event);
    return true;
  });
  if (!isRefused) await sayWhy(db, staff, seen.number);
}

/** The applicant sees the question with the status; the application goes back into the queue. */
export async function askApplicant(
  db: CenterDatabase,
  staff: StaffMember,
  seen: Seen,
  question: string,
  now: number,
): Promise<void> {
  const { municipality, staffId } = staff;
  const isAsked = await db.transaction().execute(async (tx) => {
    const asked = await ownIn(tx, staff, seen)
      .set({ state: 'received', question, asked_at: new Date(now), taken_by: null, taken_at: null })
      .executeTakeFirst();
    if (!asked) return false;
    await appendAudit(tx, now, 'application-asked', { municipality, application: seen.number, staffId });
    return true;
  });
  if (!isAsked) await sayWhy(db, staff, seen.number);
}

/** The card gives nothing here from now on. Throws `missing` where there is no registration of this municipality. */
export async function endRegistration(
  db: CenterDatabase,
  { municipality, staffId }: StaffMember,
  number: string,
  now: number,
): Promise<void> {
  const isEnded = await db.transaction().execute(async (tx) => {
    const ended = await tx
      .updateTable('domicile_registration')
      .set({ ended_at: new Date(now), ended_because: 'by-municipality' })
      .where('application_number', '=', number)
      .where('municipality', '=', municipality)
      .where('ended_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!ended) return false;
    const reason = 'by-municipality' as const;
    await appendAudit(tx, now, 'registration-ended', { municipality, application: number, staffId, reason });
    return true;
  });
  if (isEnded) return;
  const known = await db
    .selectFrom('domicile_application')
    .select('number')
    .where('number', '=', number)
    .where('municipality', '=', municipality)
    .executeTakeFirst();
  if (!known) throw new ConsoleRefusal('missing', '');
  throw new ConsoleRefusal('not-now', 'この申請の登録は、いまはありません');
}
