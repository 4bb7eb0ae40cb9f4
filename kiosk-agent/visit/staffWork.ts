/** What the staff's buttons do. No act here prints a certificate, and none shows a person. */
import { settleTransaction } from '../transaction/settling.ts';
import type { Context } from './context.ts';
import { askDevices, tellAttended } from './selfCheck.ts';
import { askSpecimens } from './specimenWork.ts';
import type { Effect } from './state.ts';
import { texts } from './texts.ts';

type Of<K extends Effect['kind']> = Extract<Effect, { kind: K }>;

export async function checkStaffCode(context: Context, { operation }: Of<'checkStaffCode'>): Promise<void> {
  const { code } = context.staffDigits;
  context.staffDigits.code = null;
  const answer = code === null ? null : await context.deps.staffCode.check(code);
  if (answer?.kind === 'admitted') return context.answer({ operation, kind: 'staffAdmitted' });
  context.deps.log('staff-refused');
  context.answer({ operation, kind: 'staffRefused', lockedUntil: answer?.lockedUntil ?? null });
}

export async function staffCheck(context: Context, { operation }: Of<'staffCheck'>): Promise<void> {
  await Promise.all([askDevices(context), askSpecimens(context)]);
  tellAttended(context);
  context.answer({ operation, kind: 'staffActed', message: texts.staff.checked });
}

/** Persisted: a kiosk that was closed stays closed after a power cut. */
export function staffClose(context: Context, { operation, on }: Of<'staffClose'>): void {
  context.deps.journal.note({ staffClosed: on });
  context.tell({ kind: 'facts', facts: { staffClosed: on } });
  const message = on ? texts.staff.closed : texts.staff.opened;
  context.answer({ operation, kind: 'staffActed', message });
}

/** The act is a row, then the table goes on from there. */
export async function staffSettle(context: Context, effect: Of<'staffSettle'>): Promise<void> {
  const { operation, transaction, act } = effect;
  const { book, log } = context.deps;
  log('staff-settles', { transaction, effect: act });
  context.inHand.add(transaction);
  try {
    if (act !== 'ask-devices-again') book.act(transaction, { kind: 'actByHand', act });
    const retryRefund = act === 'ask-devices-again';
    const { kind } = await settleTransaction(transaction, context.settling, { retryRefund });
    const message = kind === 'settled' ? texts.staff.settled : texts.staff.stillOpen;
    context.answer({ operation, kind: 'staffActed', message });
  } finally {
    context.inHand.delete(transaction);
    tellAttended(context);
    context.owe();
  }
}
