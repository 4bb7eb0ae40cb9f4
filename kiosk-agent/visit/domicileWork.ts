/** Questions to the center on the way to a 利用登録. Nothing of the answers is kept here. */
import { refusedBy } from './context.ts';
import type { Context } from './context.ts';
import type { Work } from './identityWork.ts';

export function sessionOf({ resident }: Context): string {
  if (!resident.sessionId) throw new Error('an application needs an authenticated session');
  return resident.sessionId;
}

export const loadPlaces: Work<'loadPlaces'> = async (context, { operation }) => {
  const answer = await context.deps.center.domicile.municipalities(sessionOf(context));
  if (answer.kind !== 'municipalities') {
    return context.answer({ operation, kind: 'refused', ...refusedBy(answer) });
  }
  context.answer({ operation, kind: 'placesLoaded', places: answer.municipalities });
};

export const loadForm: Work<'loadForm'> = async (context, { operation, municipality }) => {
  const answer = await context.deps.center.domicile.form(sessionOf(context), municipality);
  if (answer.kind !== 'form') return context.answer({ operation, kind: 'refused', ...refusedBy(answer) });
  // the form of another municipality would be signed for the wrong one
  if (answer.municipality !== municipality) throw new Error('the form is not of the municipality asked for');
  context.answer({ operation, kind: 'formLoaded', form: answer });
};

export const loadApplications: Work<'loadApplications'> = async (context, { operation }) => {
  const answer = await context.deps.center.domicile.applications(sessionOf(context));
  if (answer.kind !== 'applications') {
    return context.answer({ operation, kind: 'refused', ...refusedBy(answer) });
  }
  context.answer({ operation, kind: 'applicationsLoaded', applications: answer.applications });
};

export const withdrawApplication: Work<'withdrawApplication'> = async (context, { operation, number }) => {
  const answer = await context.deps.center.domicile.withdraw(sessionOf(context), number);
  if (answer.kind !== 'withdrawn')
    return context.answer({ operation, kind: 'refused', ...refusedBy(answer) });
  context.answer({ operation, kind: 'applicationWithdrawn', application: answer.application });
};
