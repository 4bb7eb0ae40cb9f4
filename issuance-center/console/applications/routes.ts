/** 本籍地の申請: the queue, one application, and every act of an officer. */
import * as contract from '../../contract/console/applications.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { consoleRoute, type ConsoleRoute } from '../consoleRoute.ts';
import { acceptApplication } from './accept.ts';
import { applicationShown, searchedRegisters } from './detail.ts';
import { askApplicant, endRegistration, refuseApplication } from './otherActs.ts';
import { applicationCounts, applicationRows, putBack, takeApplication } from './queue.ts';

const DONE = { kind: 'done' as const };

export function applicationsRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  return [...views(deps), ...acts(deps), ...decisions(deps)];
}

function views(deps: ConsoleDeps): readonly ConsoleRoute[] {
  const { db } = deps;
  return [
    consoleRoute({
      method: 'GET',
      path: '/api/applications',
      act: 'view-applications',
      summary: 'The queue of applications, without names of applicants',
      answer: contract.applicationList,
      handle: ({ staff, now }) => applicationRows(db, staff, now),
    }),
    consoleRoute({
      method: 'GET',
      path: '/api/application-counts',
      act: 'view-applications',
      summary: 'How many are waiting, mine, overdue',
      answer: contract.applicationCounts,
      handle: ({ staff, now }) => applicationCounts(db, staff, now),
    }),
    consoleRoute({
      method: 'GET',
      path: '/api/applications/:number',
      act: 'view-applications',
      summary: 'One application beside the rows of 戸籍 and 附票 that may be the applicant',
      params: contract.withApplication,
      answer: contract.applicationDetail,
      handle: ({ staff, params, now }) => applicationShown(deps, staff, params.number, now),
    }),
  ];
}

function acts({ db }: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    consoleRoute({
      // 本籍 and 筆頭者 are no address: they would stand in histories and logs
      method: 'POST',
      path: '/api/applications/:number/search',
      act: 'handle-applications',
      summary: 'Another 戸籍 by 本籍 and 筆頭者, compared with the application',
      params: contract.withApplication,
      body: contract.registerSearch,
      answer: contract.candidates,
      handle: ({ staff, params, body, now }) => searchedRegisters(db, staff, params.number, body, now),
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/applications/:number/taking',
      act: 'handle-applications',
      summary: 'Begin to check: nobody else can',
      params: contract.withApplication,
      answer: contract.done,
      handle: async ({ staff, params, now }) => {
        await takeApplication(db, staff, params.number, now);
        return DONE;
      },
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/applications/:number/release',
      act: 'handle-applications',
      summary: 'Put back into the queue',
      params: contract.withApplication,
      body: contract.releaseRequest,
      answer: contract.done,
      handle: async ({ staff, params, body, now }) => {
        await putBack(db, staff, { ...params, ...body }, now);
        return DONE;
      },
    }),
  ];
}

function decisions(deps: ConsoleDeps): readonly ConsoleRoute[] {
  const { db } = deps;
  return [
    consoleRoute({
      method: 'POST',
      path: '/api/applications/:number/question',
      act: 'handle-applications',
      summary: 'Ask the applicant; back into the queue',
      params: contract.withApplication,
      body: contract.questionRequest,
      answer: contract.done,
      handle: async ({ staff, params, body, now }) => {
        await askApplicant(db, staff, { ...params, ...body }, body.question, now);
        return DONE;
      },
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/applications/:number/refusal',
      act: 'handle-applications',
      summary: 'Refuse with one of the reasons',
      params: contract.withApplication,
      body: contract.refusalRequest,
      answer: contract.done,
      handle: async ({ staff, params, body, now }) => {
        await refuseApplication(db, staff, { ...params, ...body }, body.reason, now);
        return DONE;
      },
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/applications/:number/acceptance',
      act: 'handle-applications',
      summary: 'Tie the card to the person of the 戸籍 that was looked at',
      params: contract.withApplication,
      body: contract.acceptanceRequest,
      answer: contract.done,
      handle: async ({ staff, params, body, now }) => {
        await acceptApplication(deps, staff, params.number, body, now);
        return DONE;
      },
    }),
    consoleRoute({
      method: 'DELETE',
      path: '/api/applications/:number/registration',
      act: 'handle-applications',
      summary: 'End the registration that came of an application',
      params: contract.withApplication,
      answer: contract.done,
      handle: async ({ staff, params, now }) => {
        await endRegistration(db, staff, params.number, now);
        return DONE;
      },
    }),
  ];
}
