/**
 * 開示請求: who issued what about one resident. Searched by the request's number on paper; every look, also one that finds
 * nobody, is in the audit, by opaque id.
 */
import { appendAudit } from '../../audit/chain.ts';
import * as contract from '../../contract/console/disclosure.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { consoleRoute, ConsoleRefusal, type ConsoleRoute, type StaffMember } from '../consoleRoute.ts';
import { tablesCsv, tablesPdf } from '../reports/reportFiles.ts';
import { certificatesOf, peopleNamed, residentHere } from './certificatesOf.ts';
import { disclosureTable } from './disclosureTable.ts';

export function disclosureRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  const { db } = deps;
  return [
    consoleRoute({
      // a search by name is no address: it would stand in histories and logs
      method: 'POST',
      path: '/api/disclosure/people',
      act: 'make-disclosure',
      summary: 'Residents by name and birth date, for a request on paper',
      body: contract.personQuery,
      answer: contract.people,
      handle: async ({ staff, body, now }) => {
        const people = await peopleNamed(db, staff.municipality, body);
        const { municipality, staffId } = staff;
        const { requestNumber } = body;
        await appendAudit(db, now, 'resident-searched', {
          municipality,
          staffId,
          requestNumber,
          found: people.length,
        });
        return { people };
      },
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/disclosure/certificates',
      act: 'make-disclosure',
      summary: "Certificates that have shown a resident's data",
      body: contract.disclosureRequest,
      answer: contract.disclosure,
      handle: ({ staff, body, now }) => disclosureOf(deps, staff, body, now),
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/disclosure/file',
      act: 'make-disclosure',
      summary: 'The same as CSV or PDF',
      body: contract.disclosureFileRequest,
      handle: async ({ staff, body, now, reply }) => {
        const found = await disclosureOf(deps, staff, body, now);
        const heading = ['証明書の交付の記録', `受付番号　${body.requestNumber}`, `氏名　${found.name}`];
        const tables = [disclosureTable(found)];
        const isCsv = body.format === 'csv';
        const bytes = isCsv
          ? tablesCsv(heading, tables)
          : await tablesPdf(heading, tables, { fontPath: deps.fontPath, createdAt: now });
        return reply.type(isCsv ? 'text/csv; charset=utf-8' : 'application/pdf').send(bytes);
      },
    }),
  ];
}

async function disclosureOf(
  { db, configuration }: ConsoleDeps,
  { municipality, staffId }: StaffMember,
  { requestNumber, residentId }: { readonly requestNumber: string; readonly residentId: string },
  now: number,
): Promise<contract.Disclosure> {
  const person = await residentHere(db, municipality, residentId);
  if (!person) throw new ConsoleRefusal('missing', '');
  const labelOf = (kind: string) => configuration.common.kinds.get(kind)?.value.label ?? kind;
  const certificates = await certificatesOf(db, municipality, residentId, labelOf);
  const look = { municipality, staffId, requestNumber, residentId, certificates: certificates.length };
  await appendAudit(db, now, 'disclosure-made', look);
  return { residentId, name: person.name, certificates };
}
