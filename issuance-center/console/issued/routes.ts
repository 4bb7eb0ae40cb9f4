/** 交付の記録: looking, and withdrawing what the municipality no longer vouches for. */
import * as contract from '../../contract/console/issued.ts';
import { withdrawCertificate } from '../../verification/withdraw.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { consoleRoute, ConsoleRefusal, type ConsoleRoute } from '../consoleRoute.ts';
import { issuedDetailOf, issuedRows } from './certificates.ts';

export const labelsOf =
  ({ configuration }: Pick<ConsoleDeps, 'configuration'>) =>
  (kind: string): string =>
    configuration.common.kinds.get(kind)?.value.label ?? kind;

export function issuedRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  const { db } = deps;
  const labelOf = labelsOf(deps);
  return [
    consoleRoute({
      method: 'GET',
      path: '/api/issued',
      act: 'view-issued',
      summary: 'Certificates, newest first',
      query: contract.issuedQuery,
      answer: contract.issuedList,
      handle: ({ staff, query }) => issuedRows(db, staff.municipality, query, labelOf),
    }),
    consoleRoute({
      method: 'GET',
      path: '/api/issued/:issueNumber',
      act: 'view-issued',
      summary: 'The life of one certificate',
      params: contract.withNumber,
      answer: contract.issuedDetail,
      handle: async ({ staff, params }) => {
        const found = await issuedDetailOf(db, staff.municipality, params.issueNumber, labelOf);
        if (!found) throw new ConsoleRefusal('missing', '');
        return found;
      },
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/issued/:issueNumber/withdrawal',
      act: 'withdraw-certificate',
      summary: 'Recipients hear "withdrawn" from now on',
      params: contract.withNumber,
      body: contract.withdrawalRequest,
      answer: contract.done,
      handle: async ({ staff, params, body, now }) => {
        const { issueNumber } = params;
        const found = await issuedDetailOf(db, staff.municipality, issueNumber, labelOf);
        if (!found) throw new ConsoleRefusal('missing', '');
        const done = await withdrawCertificate(db, issueNumber, body.reason, now, staff.staffId);
        if (done.kind === 'withdrawn') return { kind: 'done' as const };
        const reason =
          done.kind === 'withdrawn-before'
            ? 'もう無効にしてあります'
            : '取り消された証明書です。だれも持っていません';
        throw new ConsoleRefusal('not-now', reason);
      },
    }),
  ];
}
