/** The queue: which applications there are, who has one, and taking and putting back. One UPDATE decides who has it. */
import { civilMoment } from '#templates/civilTime.ts';
import { civilDate, type CivilDate, type MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../../audit/chain.ts';
import type { ApplicationCounts, ApplicationRow } from '../../contract/console/applications.ts';
import type { ApplicationState } from '../../contract/domicileApplication.ts';
import { statesFor } from '../../domicile/applicationState.ts';
import { endWhatIsOver } from '../../domicile/endings.ts';
import type { CenterDatabase, CenterTransaction } from '../../database/connect.ts';
import { ConsoleRefusal, type StaffMember } from '../consoleRoute.ts';
import { staffNames } from '../staffAccounts.ts';

const OPEN = statesFor('expire');
const DAY_MS = 24 * 60 * 60_000;
const OPEN_SHOWN = 1000;
const DECIDED_SHOWN = 500;
/** An officer who is ill does not keep an application from its applicant. */
export const PUT_BACK_BY_OTHERS_MS = DAY_MS;

const COLUMNS = [
  'number',
  'state',
  'channel',
  'received_at',
  'decide_by',
  'taken_by',
  'taken_at',
  'question',
  'decided_by',
  'decided_at',
] as const;
interface Row {
  readonly number: string;
  readonly state: ApplicationState;
  readonly channel: 'kiosk' | 'internet';
  readonly received_at: Date;
  readonly decide_by: string;
  readonly taken_by: string | null;
  readonly question: string | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
}
const daysBetween = (from: CivilDate, to: CivilDate): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
const isOpen = ({ state }: Pick<Row, 'state'>): boolean => OPEN.includes(state);

/** `nameOf`: of staff of this municipality. */
export function rowOf(
  row: Row,
  staffId: string,
  nameOf: (id: string | null) => string | null,
  now: number,
): ApplicationRow {
  const decideBy = civilDate.parse(row.decide_by);
  return {
    number: row.number,
    state: row.state,
    channel: row.channel,
    receivedAt: row.received_at.toISOString(),
    decideBy,
    daysLeft: isOpen(row) ? daysBetween(civilMoment(now).date, decideBy) : null,
    officer: nameOf(isOpen(row) ? row.taken_by : row.decided_by),
    isMine: row.state === 'checking' && row.taken_by === staffId,
    isAsked: isOpen(row) && row.question !== null,
    decidedAt: row.decided_at?.toISOString() ?? null,
  };
}

/** Every open one, the first to be decided on top; then those decided last. */
export async function applicationRows(
  db: CenterDatabase,
  { municipality, staffId }: StaffMember,
  now: number,
): Promise<{ applications: ApplicationRow[]; more: boolean }> {
  await endWhatIsOver(db, { kind: 'open', municipality }, now);
  const own = db.selectFrom('domicile_application').select(COLUMNS).where('municipality', '=', municipality);
  const open = await own
    .where('state', 'in', OPEN)
    .orderBy('decide_by')
    .orderBy('received_at')
    .limit(OPEN_SHOWN + 1)
    .execute();
  const decided = await own
    .where('state', 'not in', OPEN)
    .orderBy('received_at', 'desc')
    .limit(DECIDED_SHOWN + 1)
    .execute();
  const nameOf = await staffNames(db, municipality);
  const shown = [...open.slice(0, OPEN_SHOWN), ...decided.slice(0, DECIDED_SHOWN)];
  return {
    applications: shown.map((row) => rowOf(row, staffId, nameOf, now)),
    more: open.length > OPEN_SHOWN || decided.length > DECIDED_SHOWN,
  };
}

export async function applicationCounts(
  db: CenterDatabase,
  { municipality, staffId }: Pick<StaffMember, 'municipality' | 'staffId'>,
  now: number,
): Promise<ApplicationCounts> {
  const today = civilMoment(now).date;
  const row = await db
    .selectFrom('domicile_application')
    .select(({ fn }) => [
      fn.countAll<string>().filterWhere('state', '=', 'received').as('waiting'),
      fn
        .countAll<string>()
        .filterWhere('taken_by', '=', staffId)
        .filterWhere('state', '=', 'checking')
        .as('mine'),
      fn.countAll<string>().filterWhere('decide_by', '<', today).as('overdue'),
    ])
    .where('municipality', '=', municipality)
    .where('state', 'in', OPEN)
    .executeTakeFirstOrThrow();
  return { waiting: Number(row.waiting), mine: Number(row.mine), overdue: Number(row.overdue) };
}

/** Open after the day by which they should have been decided. */
export async function overdueApplications(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  now: number,
): Promise<number> {
  const row = await db
    .selectFrom('domicile_application')
    .select(({ fn }) => fn.countAll<string>().as('overdue'))
    .where('municipality', '=', municipality)
    .where('state', 'in', OPEN)
    .where('decide_by', '<', civilMoment(now).date)
    .executeTakeFirstOrThrow();
  return Number(row.overdue);
}

const STATES: Readonly<Record<ApplicationState, string>> = {
  received: 'この申請は、いま、だれも確認していません。まず「確認をはじめる」をおしてください',
  checking: 'この申請は、ほかの人が確認しています',
  accepted: 'この申請は、もう登録が終わっています',
  refused: 'この申請は、もう却下されています',
  withdrawn: 'この申請は、申請者が取り下げました。何もしなくてかまいません',
  expired: 'この申請は、期限が切れました（受付の期間、またはカードの電子証明書）。何もしなくてかまいません',
};
const CHANGED = 'この申請は、画面を開いたあとに変わりました。もう一度読みこんで、見直してください';

/** Why an act on an application did nothing: always says how it stands now. Throws. */
export async function sayWhy(
  db: CenterDatabase | CenterTransaction,
  { municipality, staffId }: StaffMember,
  number: string,
): Promise<never> {
  const row = await db
    .selectFrom('domicile_application')
    .select(['state', 'taken_by'])
    .where('number', '=', number)
    .where('municipality', '=', municipality)
    .executeTakeFirst();
  if (!row) throw new ConsoleRefusal('missing', '');
  const isMine = row.state === 'checking' && row.taken_by === staffId;
  throw new ConsoleRefusal('not-now', isMine ? CHANGED : STATES[row.state]);
}

/** Whoever is first has it; everybody else is told so. */
export async function takeApplication(
  db: CenterDatabase,
  staff: StaffMember,
  number: string,
  now: number,
): Promise<void> {
  const { municipality, staffId } = staff;
  const isTaken = await db.transaction().execute(async (tx) => {
    const taken = await tx
      .updateTable('domicile_application')
      .set((row) => ({
        state: 'checking',
        taken_by: staffId,
        taken_at: new Date(now),
        revision: row('revision', '+', 1),
      }))
      .where('number', '=', number)
      .where('municipality', '=', municipality)
      .where('state', '=', 'received')
      .returning('number')
      .executeTakeFirst();
    if (taken)
      await appendAudit(tx, now, 'application-taken', { municipality, application: number, staffId });
    return taken !== undefined;
  });
  if (!isTaken) await sayWhy(db, staff, number);
}

/** Back into the queue: one's own, or what somebody has had for more than a day. */
export async function putBack(
  db: CenterDatabase,
  staff: StaffMember,
  { number, revision }: { readonly number: string; readonly revision: number },
  now: number,
): Promise<void> {
  const { municipality, staffId } = staff;
  const isBack = await db.transaction().execute(async (tx) => {
    const back = await tx
      .updateTable('domicile_application')
      .set((row) => ({
        state: 'received',
        taken_by: null,
        taken_at: null,
        revision: row('revision', '+', 1),
      }))
      .where('number', '=', number)
      .where('municipality', '=', municipality)
      .where('state', '=', 'checking')
      .where('revision', '=', revision)
      .where((where) =>
        where.or([
          where('taken_by', '=', staffId),
          where('taken_at', '<', new Date(now - PUT_BACK_BY_OTHERS_MS)),
        ]),
      )
      .returning('number')
      .executeTakeFirst();
    if (back)
      await appendAudit(tx, now, 'application-released', { municipality, application: number, staffId });
    return back !== undefined;
  });
  if (!isBack) await sayWhy(db, staff, number);
}
