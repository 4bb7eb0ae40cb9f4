/** One application with everything an officer needs to decide. Every look is in the audit. */
import { appendAudit } from '../../audit/chain.ts';
import type { ApplicationDetail } from '../../contract/console/applications.ts';
import type { ApplicationContent } from '../../contract/domicileApplication.ts';
import type { CenterDatabase } from '../../database/connect.ts';
import type { RegistrationEnd } from '../../database/schemaDomicile.ts';
import { endWhatIsOver } from '../../domicile/endings.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { ConsoleRefusal, type StaffMember } from '../consoleRoute.ts';
import { staffNames } from '../staffAccounts.ts';
import { candidatesAt, candidatesFor, type Applicant } from './candidates.ts';
import { evidenceOf } from './evidence.ts';
import { historyOf } from './history.ts';
import { PUT_BACK_BY_OTHERS_MS, rowOf } from './queue.ts';
import { registersInDoubt } from './registersInDoubt.ts';

const UNREADABLE = '申請の署名を確かめられないため、開けません。運用者に連絡してください';

export const endWords: Readonly<Record<RegistrationEnd, string>> = {
  'certificate-replaced': 'カードの電子証明書が新しくなりました',
  'certificate-revoked': 'カードの電子証明書が使えなくなりました',
  'certificate-expired': 'カードの電子証明書の期限が切れました',
  'holder-changed': 'カードが、申請した人のものではなくなりました',
  'register-changed': '戸籍が変わりました',
  withdrawn: '申請者がやめました',
  'by-municipality': '市区町村が終わらせました',
};

async function applicationHere(db: CenterDatabase, { municipality }: StaffMember, number: string) {
  const row = await db
    .selectFrom('domicile_application')
    .selectAll()
    .where('number', '=', number)
    .where('municipality', '=', municipality)
    .executeTakeFirst();
  if (!row) throw new ConsoleRefusal('missing', '');
  return row;
}

/** Throws `missing` for an application of nobody or of another municipality. */
export async function applicationShown(
  deps: Pick<ConsoleDeps, 'db' | 'configuration'>,
  staff: StaffMember,
  number: string,
  now: number,
): Promise<ApplicationDetail> {
  const { db } = deps;
  const { municipality, staffId } = staff;
  await endWhatIsOver(db, { kind: 'number', number }, now);
  const row = await applicationHere(db, staff, number);
  const content = evidenceOf(row);
  if (!content) throw new ConsoleRefusal('not-now', UNREADABLE);
  const isOpen = row.state === 'received' || row.state === 'checking';
  // who has been decided about is not looked for again: nothing is decided with it
  const found = isOpen ? await candidatesFor(db, applicantOf(staff, row.applicant_resident_id, content)) : [];
  await appendAudit(db, now, 'application-shown', {
    municipality,
    application: number,
    staffId,
    candidates: found.length,
  });
  const nameOf = await staffNames(db, municipality);
  const isOld = row.taken_at !== null && now - row.taken_at.getTime() > PUT_BACK_BY_OTHERS_MS;
  return {
    ...rowOf(row, staffId, nameOf, now),
    revision: row.revision,
    statement: content.statement,
    items: content.items,
    cardText: content.cardText ?? null,
    isEvidenceSound: true,
    candidates: [...found],
    registersInDoubt: isOpen ? [...(await registersInDoubt(db, deps.configuration, municipality, now))] : [],
    question: row.question,
    refusal: row.refusal,
    registration: await registrationOf(db, number),
    mayPutBack: row.state === 'checking' && (row.taken_by === staffId || isOld),
    history: await historyOf(db, number, nameOf),
  };
}

const applicantOf = (
  { municipality }: StaffMember,
  residentId: string | null,
  { items, statement }: ApplicationContent,
): Applicant => ({ municipality, items, statement, residentId });

async function registrationOf(
  db: CenterDatabase,
  number: string,
): Promise<ApplicationDetail['registration']> {
  const row = await db
    .selectFrom('domicile_registration')
    .select(['registered_at', 'ended_at', 'ended_because'])
    .where('application_number', '=', number)
    .executeTakeFirst();
  return row
    ? {
        registeredAt: row.registered_at.toISOString(),
        endedAt: row.ended_at?.toISOString() ?? null,
        endedBecause: row.ended_because && endWords[row.ended_because],
      }
    : null;
}

/** Another 戸籍, by 本籍 and 筆頭者 as the officer types them. Only of an application that is being checked. */
export async function searchedRegisters(
  db: CenterDatabase,
  staff: StaffMember,
  number: string,
  wanted: { readonly domicile: string; readonly headOfRegister: string },
  now: number,
) {
  const row = await applicationHere(db, staff, number);
  const content = evidenceOf(row);
  if (!content) throw new ConsoleRefusal('not-now', UNREADABLE);
  const found = await candidatesAt(db, applicantOf(staff, row.applicant_resident_id, content), wanted);
  const { municipality, staffId } = staff;
  await appendAudit(db, now, 'application-searched', {
    municipality,
    application: number,
    staffId,
    candidates: found.length,
  });
  return { candidates: [...found] };
}
