/** 申請の状況: the applications of the card of this visit, one of them, its withdrawal; and the end. Pure moves. */
import { choosingOf } from './choose.ts';
import { refusedWhileLoading } from './domicilePlace.ts';
import { over, to } from './moves.ts';
import type { Move } from './state.ts';
import type { ApplicationStatus } from '#center/contract/domicileApplication.ts';

export const loadingApplications: Move<'loadingApplications'> = (visit, event) => {
  if (event.kind !== 'applicationsLoaded') return refusedWhileLoading(visit, event);
  return to({ at: 'applicationList', ...choosingOf(visit), applications: event.applications });
};

export const applicationList: Move<'applicationList'> = (visit, event) => {
  if (event.kind !== 'touch') return null;
  const { touch } = event;
  const { applications } = visit;
  if (touch.type === 'back') return to({ at: 'domicileMenu', ...choosingOf(visit) });
  if (touch.type !== 'showApplication') return null;
  const application = applications.find(({ applicationNumber }) => applicationNumber === touch.number);
  return application
    ? to({ at: 'applicationDetail', ...choosingOf(visit), applications, application })
    : null;
};

/** Only what nobody has decided. */
export function mayWithdraw({ state }: ApplicationStatus): boolean {
  return state === 'received' || state === 'checking';
}

export const applicationDetail: Move<'applicationDetail'> = (visit, event) => {
  if (event.kind !== 'touch') return null;
  const { touch } = event;
  const { applications, application } = visit;
  if (touch.type === 'back') return to({ at: 'applicationList', ...choosingOf(visit), applications });
  if (touch.type !== 'withdrawApplication' || touch.number !== application.applicationNumber) return null;
  if (!mayWithdraw(application)) return null;
  const operation = event.id;
  return to(
    { at: 'withdrawing', operation, ...choosingOf(visit), applications },
    { kind: 'withdrawApplication', operation, number: touch.number },
  );
};

export const withdrawing: Move<'withdrawing'> = (visit, event) => {
  if (event.kind !== 'applicationWithdrawn') return refusedWhileLoading(visit, event);
  const { application } = event;
  const applications = visit.applications.map((one) =>
    one.applicationNumber === application.applicationNumber ? application : one,
  );
  return to({ at: 'applicationDetail', ...choosingOf(visit), applications, application });
};

export const applied: Move<'applied'> = (visit, event, state) => {
  if (event.kind === 'reader') return to(visit); // the card is taken, or lies there still
  if (event.kind !== 'touch' || event.touch.type !== 'collected') return null;
  return over(state.kiosk);
};
