/**
 * What anyone may learn about an issue number. Whatever is not a printed certificate (never existed, void, prepared only,
 * of a kind or municipality no longer served) has the same answer, found with the same one query.
 */
import { civilMoment } from '#templates/civilTime.ts';
import type { Templates } from '#templates/load.ts';
import { civilDate, municipalityCode, type IssueNumber } from '#templates/vocabulary.ts';
import type { CertificateStatus } from '../contract/verification.ts';
import type { CenterDatabase } from '../database/connect.ts';

export interface StatusDeps {
  readonly db: CenterDatabase;
  readonly kinds: Templates['kinds'];
  readonly clock: () => number;
}

const UNKNOWN: CertificateStatus = { status: 'unknown', certificate: null };

/** Withdrawn goes before expired: who holds the paper shall know it for good. */
export async function statusOf(deps: StatusDeps, issueNumber: IssueNumber): Promise<CertificateStatus> {
  const row = await deps.db
    .selectFrom('certificate')
    .leftJoin('municipality', 'municipality.code', 'certificate.municipality')
    .select(['state', 'kind', 'municipality', 'issue_date', 'verifiable_until', 'withdrawn_at'])
    .select(['municipality.prefecture', 'municipality.name'])
    .where('issue_number', '=', issueNumber)
    .executeTakeFirst();
  if (row?.state !== 'printed') return UNKNOWN;
  const municipality = municipalityCode.parse(row.municipality);
  const kind = deps.kinds.get(row.kind)?.value;
  if (!kind || row.name === null) return UNKNOWN;
  const today = civilMoment(deps.clock()).date;
  const inTime = today <= row.verifiable_until;
  return {
    status: row.withdrawn_at ? 'withdrawn' : inTime ? 'issued' : 'expired',
    certificate: {
      kind: kind.id,
      label: kind.label,
      municipality,
      // with its prefecture: there are towns of the same name
      municipalityName: `${row.prefecture}${row.name}`,
      issueDate: civilDate.parse(row.issue_date),
    },
  };
}
