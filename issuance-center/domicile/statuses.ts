/** An application as its applicant sees it. */
import { sql } from 'kysely';
import { noticeOf, type NoticeCode } from '#templates/notices/notices.ts';
import type { CivilDate, Clock, MunicipalityCode } from '#templates/vocabulary.ts';
import type { ApplicationStatus } from '../contract/domicileApplication.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import type { RegistrationEnd } from '../database/schemaDomicile.ts';
import { endWhatIsOver, wasGivenUp } from './endings.ts';
import { expiryWords, refusalWords } from './refusalWords.ts';

interface Deps {
  readonly db: CenterDatabase;
  readonly clock: Clock;
  readonly configuration: Pick<Configuration, 'names'>;
}

const ENDED = {
  'certificate-replaced': 'APPL-06',
  'certificate-revoked': 'APPL-13',
  'certificate-expired': 'APPL-13',
  'holder-changed': 'APPL-14',
  'register-changed': 'APPL-07',
  withdrawn: 'APPL-11',
  'by-municipality': 'APPL-11',
} as const satisfies Record<RegistrationEnd, string>;

/** What a resident is told about a registration that is over. */
export const noticeOfEnd = (end: RegistrationEnd): NoticeCode => noticeOf(ENDED[end]);

function rows(db: CenterDatabase | CenterTransaction) {
  return db
    .selectFrom('domicile_application as application')
    .leftJoin(
      'domicile_registration as registration',
      'registration.application_number',
      'application.number',
    )
    .select([
      ...([
        'application.number',
        'application.municipality',
        'application.channel',
        'application.state',
      ] as const),
      ...(['application.received_at', 'application.decide_by', 'application.decided_at'] as const),
      ...(['application.refusal', 'application.question'] as const),
      ...(['registration.ended_at', 'registration.ended_because'] as const),
    ]);
}
type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number];

/** Of the card with this 利用者証明用 certificate (SHA-256 of its DER, hex), newest first. */
export async function applicationsOf(
  deps: Deps,
  holderFingerprint: string,
): Promise<readonly ApplicationStatus[]> {
  await endWhatIsOver(deps.db, { kind: 'card', fingerprint: holderFingerprint }, deps.clock());
  const found = await rows(deps.db)
    .where('application.holder_fingerprint', '=', holderFingerprint)
    .orderBy('application.received_at', 'desc')
    .execute();
  return withNames(deps, found);
}

/** Undefined unless number and birth date are those of one application. */
export async function applicationWith(
  deps: Deps,
  number: string,
  birthDate: CivilDate,
): Promise<ApplicationStatus | undefined> {
  await endWhatIsOver(deps.db, { kind: 'number-and-birth-date', number, birthDate }, deps.clock());
  const found = await rows(deps.db)
    .where('application.number', '=', number)
    .where(sql<boolean>`application.birth_date = ${birthDate}`)
    .execute();
  return (await withNames(deps, found))[0];
}

export async function applicationNumbered(deps: Deps, number: string): Promise<ApplicationStatus> {
  const found = await rows(deps.db).where('application.number', '=', number).execute();
  const [status] = await withNames(deps, found);
  if (!status) throw new Error('an application that was just entered is not there');
  return status;
}

async function withNames({ configuration }: Deps, found: readonly Row[]): Promise<ApplicationStatus[]> {
  // asked for also when nothing was found: the time of an answer says nothing
  const names = new Map((await configuration.names()).map(({ municipality, name }) => [municipality, name]));
  return found.map((row) =>
    statusOf(row, names.get(row.municipality as MunicipalityCode) ?? row.municipality),
  );
}

function statusOf(row: Row, municipalityName: string): ApplicationStatus {
  const { ended_at: endedAt, ended_because: because } = row;
  return {
    applicationNumber: row.number,
    municipality: row.municipality as MunicipalityCode,
    municipalityName,
    channel: row.channel,
    state: row.state,
    receivedAt: row.received_at.toISOString(),
    decideBy: row.decide_by as CivilDate,
    decidedAt: row.decided_at?.toISOString() ?? null,
    reason: reasonOf(row),
    question: row.question,
    ended: endedAt && because ? { notice: noticeOfEnd(because), at: endedAt.toISOString() } : null,
  };
}

function reasonOf({ state, refusal, decide_by: decideBy, decided_at: decidedAt }: Row): string | null {
  if (refusal) return refusalWords[refusal];
  if (state !== 'expired' || !decidedAt) return null;
  return expiryWords[wasGivenUp(decideBy as CivilDate, decidedAt.getTime()) ? 'not-decided' : 'card-over'];
}
