/**
 * The one place where a card is tied to a person of a 戸籍. Nothing of what the page says is believed: the application is read
 * again, both rows are held and must be those that were looked at, and the comparison is made anew, in one transaction.
 */
import { civilMoment } from '#templates/civilTime.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../../audit/chain.ts';
import type { AcceptanceRequest } from '../../contract/console/applications.ts';
import type { CenterTransaction } from '../../database/connect.ts';
import { endIfRevoked } from '../../domicile/authorityAsked.ts';
import { endWhatIsOver } from '../../domicile/endings.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { memberDigest } from '../../registers/registeredPerson.ts';
import { ConsoleRefusal, type StaffMember } from '../consoleRoute.ts';
import { candidateOf, candidatesFor, lookOf, placeOf, type Applicant } from './candidates.ts';
import { evidenceOf } from './evidence.ts';
import { holdRegister, type RegisterRows } from './findRegisters.ts';
import { obstacleWords } from './obstacleWords.ts';
import { sayWhy } from './queue.ts';
import { registersInDoubt } from './registersInDoubt.ts';

const CHANGED =
  '画面を開いたあとに、台帳のこの戸籍か附票が変わりました。もう一度読みこんで、初めからくらべてください';
const UNSOUND = '申請の署名を確かめられません。登録できません。運用者に連絡してください';
const REGISTERED = 'このカードは、もう登録されています';
const CARD_UNKNOWN =
  'カードの電子証明書が有効かどうかを、いま確かめられません。しばらくしてから、もう一度おしてください';
const CONFIRM = 'ちがうところを1つずつたしかめて、印をつけてください';
const TWO_REGISTERS = '同じ氏名と生年月日の人が、この本籍の別の戸籍にもいます。登録できません';

const notNow = (reason: string): ConsoleRefusal => new ConsoleRefusal('not-now', reason);

type Deps = Pick<ConsoleDeps, 'db' | 'configuration' | 'anchors' | 'ocsp'>;

/** Throws ConsoleRefusal, and then nothing is entered. The card is looked at first: one that is over has expired with it. */
export async function acceptApplication(
  deps: Deps,
  staff: StaffMember,
  number: string,
  wish: AcceptanceRequest,
  now: number,
): Promise<void> {
  const { municipality, staffId } = staff;
  await endWhatIsOver(deps.db, { kind: 'number', number }, now);
  if ((await endIfRevoked(deps, { number, municipality }, now)) === 'not-known') throw notNow(CARD_UNKNOWN);
  await deps.db.transaction().execute(async (tx) => {
    const row = await ownApplication(tx, staff, number, wish.revision);
    const applicant = applicantOf(row, municipality);
    const doubts = await registersInDoubt(tx, deps.configuration, municipality, now);
    if (doubts.length > 0) throw notNow(doubts.join('。'));
    const rows = await holdRegister(tx, municipality, wish.familyRegisterId);
    if (!rows || lookOf(rows) !== wish.look) throw notNow(CHANGED);
    const member = await judgedMember(tx, applicant, rows, wish);
    const registration = await tx
      .insertInto('domicile_registration')
      .values({
        municipality,
        issuer_key_id: row.issuer_key_id,
        serial: row.serial,
        family_register_id: wish.familyRegisterId,
        member_digest: wish.member,
        member_resident_id: member.residentId ?? null,
        application_number: number,
        registered_by: staffId,
        registered_at: new Date(now),
        registered_on: civilMoment(now).date,
        ended_at: null,
        ended_because: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!registration) throw notNow(REGISTERED);
    await tx
      .updateTable('domicile_application')
      .set((of) => ({
        state: 'accepted',
        decided_by: staffId,
        decided_at: new Date(now),
        question: null,
        revision: of('revision', '+', 1),
      }))
      .where('number', '=', number)
      .execute();
    await appendAudit(tx, now, 'application-accepted', {
      municipality,
      application: number,
      staffId,
      registration: registration.id,
    });
  });
}

/** The application, checked by this officer and as it was seen, kept still until the transaction ends. */
async function ownApplication(tx: CenterTransaction, staff: StaffMember, number: string, revision: number) {
  const row = await tx
    .selectFrom('domicile_application')
    .selectAll()
    .where('number', '=', number)
    .where('municipality', '=', staff.municipality)
    .where('state', '=', 'checking')
    .where('taken_by', '=', staff.staffId)
    .where('revision', '=', revision)
    .forUpdate()
    .executeTakeFirst();
  return row ?? sayWhy(tx, staff, number);
}

function applicantOf(
  row: Awaited<ReturnType<typeof ownApplication>>,
  municipality: MunicipalityCode,
): Applicant {
  const content = evidenceOf(row);
  if (!content) throw notNow(UNSOUND);
  const { items, statement } = content;
  return { municipality, items, statement, residentId: row.applicant_resident_id };
}

/** The one person of the register with that digest, compared again; throws where anything stands in the way. */
async function judgedMember(
  tx: CenterTransaction,
  applicant: Applicant,
  rows: RegisterRows,
  { familyRegisterId, member: digest, confirmed }: AcceptanceRequest,
) {
  const [member, ...more] = rows.register.entry.members.filter(
    (each) => !each.removed && memberDigest(each) === digest,
  );
  if (!member || more.length > 0) throw notNow(obstacleWords['not-one-person']);
  const place = await placeOf(tx, applicant.municipality);
  const candidate = await candidateOf(tx, applicant, rows, member, place);
  if (candidate.obstacles.length > 0) {
    throw notNow(candidate.obstacles.map((obstacle) => obstacleWords[obstacle]).join('。'));
  }
  const isConfirmed =
    candidate.toConfirm.length === confirmed.length &&
    candidate.toConfirm.every((item) => confirmed.includes(item));
  if (!isConfirmed) throw notNow(CONFIRM);
  const others = await candidatesFor(tx, applicant);
  const isAlone = others.every(
    (each) =>
      (each.familyRegisterId === familyRegisterId && each.member === digest) || each.obstacles.length > 0,
  );
  if (!isAlone) throw notNow(TWO_REGISTERS);
  return member;
}
