/**
 * 誤交付 (T13): a case from the first call to its closing by a second person. What is done about certificates is done here
 * too, so that the case shows it.
 */
import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { IssueNumber, MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../../audit/chain.ts';
import * as contract from '../../contract/console/cases.ts';
import type { CenterDatabase } from '../../database/connect.ts';
import type { WrongCertificateCaseTable } from '../../database/schemaOperations.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { consoleRoute, ConsoleRefusal, type ConsoleRoute, type StaffMember } from '../consoleRoute.ts';
import { issuedDetailOf, nearbyRows } from '../issued/certificates.ts';
import { labelsOf } from '../issued/routes.ts';
import { staffNames } from '../staffAccounts.ts';
import { isValueOf, missingSteps, steps, type Reporter, type StepId } from './steps.ts';

const act = 'handle-wrong-certificate' as const;
const DONE = { kind: 'done' as const };
type Case = Selectable<WrongCertificateCaseTable>;

export function caseRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  return [...lookRoutes(deps), openRoute(deps), ...stepRoutes(deps), closeRoute(deps)];
}

async function caseOf(db: CenterDatabase, municipality: MunicipalityCode, id: string): Promise<Case> {
  const row = await db
    .selectFrom('wrong_certificate_case')
    .selectAll()
    .where('id', '=', id)
    .where('municipality', '=', municipality)
    .executeTakeFirst();
  if (!row) throw new ConsoleRefusal('missing', '');
  return row;
}

function openCase(row: Case): Case {
  if (row.closed_at) throw new ConsoleRefusal('not-now', 'この件は終わっています');
  return row;
}

type NameOf = (id: string | null) => string | null;
const summaryOf = (row: Case, nameOf: NameOf): contract.CaseSummary => ({
  id: row.id,
  number: row.number,
  openedAt: row.opened_at.toISOString(),
  openedBy: nameOf(row.opened_by),
  reportedBy: row.reported_by as Reporter,
  closedAt: row.closed_at?.toISOString() ?? null,
  closedBy: nameOf(row.closed_by),
});

function lookRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  const { db } = deps;
  return [
    consoleRoute({
      method: 'GET',
      path: '/api/cases',
      act,
      summary: 'Reports of wrong certificates, newest first',
      answer: contract.cases,
      handle: async ({ staff }) => {
        const rows = await db
          .selectFrom('wrong_certificate_case')
          .selectAll()
          .where('municipality', '=', staff.municipality)
          .orderBy('number', 'desc')
          .execute();
        const nameOf = await staffNames(db, staff.municipality);
        return { cases: rows.map((row) => summaryOf(row, nameOf)) };
      },
    }),
    consoleRoute({
      method: 'GET',
      path: '/api/cases/:id',
      act,
      summary: 'One case: steps taken, certificates around it, what is still to do',
      params: contract.caseId,
      answer: contract.caseDetail,
      handle: async ({ staff, params }) =>
        detailOf(deps, staff, await caseOf(db, staff.municipality, params.id)),
    }),
  ];
}

async function detailOf(deps: ConsoleDeps, staff: StaffMember, row: Case): Promise<contract.CaseDetail> {
  const { db } = deps;
  const { municipality } = staff;
  const nameOf = await staffNames(db, municipality);
  const taken = await db
    .selectFrom('wrong_certificate_step')
    .selectAll()
    .where('case_id', '=', row.id)
    .orderBy('id')
    .execute();
  const named = await namedCertificate(deps, municipality, row);
  const at = row.happened_at?.getTime() ?? (named ? Date.parse(named.at) : undefined);
  const kioskId = row.kiosk_id ?? named?.kioskId;
  const around =
    kioskId !== undefined && at !== undefined
      ? await nearbyRows(db, municipality, { kioskId, at }, labelsOf(deps))
      : [];
  const others = around.filter(({ issueNumber }) => issueNumber !== named?.issueNumber);
  return {
    ...summaryOf(row, nameOf),
    happenedAt: row.happened_at?.toISOString() ?? null,
    kioskId: row.kiosk_id,
    issueNumber: row.issue_number as IssueNumber | null,
    steps: taken.map(({ step, value, at: when, by }) => ({
      step: step as StepId,
      value,
      words: wordsOf(step as StepId, value),
      at: when.toISOString(),
      by: nameOf(by),
    })),
    nearby: named ? [named, ...others] : others,
    missing: [...missingSteps(taken, named?.withdrawn ?? false)],
    own: row.opened_by === staff.staffId,
  };
}

const wordsOf = (step: StepId, value: string): string =>
  (steps[step].values as Readonly<Record<string, string>>)[value] ?? value;

async function namedCertificate(deps: ConsoleDeps, municipality: MunicipalityCode, { issue_number }: Case) {
  if (issue_number === null) return undefined;
  return issuedDetailOf(deps.db, municipality, issue_number as IssueNumber, labelsOf(deps));
}

function openRoute({ db }: ConsoleDeps): ConsoleRoute {
  return consoleRoute({
    method: 'POST',
    path: '/api/cases',
    act,
    summary: 'Somebody reports a wrong certificate',
    body: contract.caseRequest,
    answer: contract.opened,
    handle: async ({ staff, body, now }) => {
      const { municipality, staffId } = staff;
      const id = randomUUID();
      await db.transaction().execute(async (tx) => {
        await tx
          .selectFrom('municipality')
          .select('code')
          .where('code', '=', municipality)
          .forUpdate()
          .execute();
        const { last } = await tx
          .selectFrom('wrong_certificate_case')
          .select(sql<number>`coalesce(max(number), 0)::int`.as('last'))
          .where('municipality', '=', municipality)
          .executeTakeFirstOrThrow();
        await tx
          .insertInto('wrong_certificate_case')
          .values({
            id,
            municipality,
            number: last + 1,
            opened_at: new Date(now),
            opened_by: staffId,
            reported_by: body.reportedBy,
            happened_at: body.happenedAt === null ? null : new Date(body.happenedAt),
            kiosk_id: body.kioskId,
            issue_number: body.issueNumber,
            closed_at: null,
            closed_by: null,
          })
          .execute();
        await appendAudit(tx, now, 'case-opened', {
          municipality,
          staffId,
          case: id,
          reportedBy: body.reportedBy,
        });
      });
      return { id };
    },
  });
}

function stepRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  const { db } = deps;
  return [
    consoleRoute({
      method: 'POST',
      path: '/api/cases/:id/steps',
      act,
      summary: 'A step has been taken',
      params: contract.caseId,
      body: contract.stepRequest,
      answer: contract.done,
      handle: async ({ staff, params, body, now }) => {
        const row = openCase(await caseOf(db, staff.municipality, params.id));
        const { step, value } = body;
        if (!isValueOf(step, value)) {
          const reason = 'えらんでください';
          throw new ConsoleRefusal('faults', reason, [{ path: 'value', reason }]);
        }
        const { municipality, staffId } = staff;
        await db.transaction().execute(async (tx) => {
          await tx
            .insertInto('wrong_certificate_step')
            .values({ case_id: row.id, step, value, issue_number: null, at: new Date(now), by: staffId })
            .execute();
          await appendAudit(tx, now, 'case-step-taken', { municipality, staffId, case: row.id, step, value });
        });
        return DONE;
      },
    }),
    consoleRoute({
      method: 'PUT',
      path: '/api/cases/:id/certificate',
      act,
      summary: 'Which certificate it is about',
      params: contract.caseId,
      body: contract.certificateRequest,
      answer: contract.done,
      handle: async ({ staff, params, body, now }) => {
        const row = openCase(await caseOf(db, staff.municipality, params.id));
        const { issueNumber } = body;
        const found = await issuedDetailOf(db, staff.municipality, issueNumber, labelsOf(deps));
        if (!found) {
          const reason = 'この発行番号の証明書は見つかりません';
          throw new ConsoleRefusal('faults', reason, [{ path: 'issueNumber', reason }]);
        }
        const { municipality, staffId } = staff;
        await db.transaction().execute(async (tx) => {
          await tx
            .updateTable('wrong_certificate_case')
            .set({ issue_number: issueNumber })
            .where('id', '=', row.id)
            .execute();
          await appendAudit(tx, now, 'case-certificate-named', {
            municipality,
            staffId,
            case: row.id,
            issueNumber,
          });
        });
        return DONE;
      },
    }),
  ];
}

function closeRoute(deps: ConsoleDeps): ConsoleRoute {
  const { db } = deps;
  return consoleRoute({
    method: 'POST',
    path: '/api/cases/:id/closing',
    act,
    summary: 'A second person closes the case, everything done',
    params: contract.caseId,
    answer: contract.done,
    handle: async ({ staff, params, now }) => {
      const row = openCase(await caseOf(db, staff.municipality, params.id));
      if (row.opened_by === staff.staffId) {
        throw new ConsoleRefusal('not-now', '報告を受けた人とは別の人が閉じてください');
      }
      const { missing } = await detailOf(deps, staff, row);
      if (missing.length > 0)
        throw new ConsoleRefusal('not-now', `まだ終わっていないことがあります：${missing.join('、')}`);
      const { municipality, staffId } = staff;
      await db.transaction().execute(async (tx) => {
        await tx
          .updateTable('wrong_certificate_case')
          .set({ closed_at: new Date(now), closed_by: staffId })
          .where('id', '=', row.id)
          .where('closed_at', 'is', null)
          .execute();
        await appendAudit(tx, now, 'case-closed', { municipality, staffId, case: row.id });
      });
      return DONE;
    },
  });
}
