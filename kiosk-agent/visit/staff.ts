/** The store's staff: sign in, see what is wrong, settle, restart, close. Pure moves of session.ts. */
import { rest, to } from './moves.ts';
import { texts } from './texts.ts';
import type { At, Event, Kiosk, Move, State, Stepped, Touch } from './state.ts';

export const staffSignIn: Move<'staffSignIn'> = (visit, event, state) => {
  switch (event.kind) {
    case 'staffAdmitted':
      return to(
        { at: 'staffMenu', operation: event.id, message: null },
        { kind: 'staffCheck', operation: event.id },
      );
    case 'staffRefused':
      return to({ at: 'staffSignIn', operation: null, wrong: true, lockedUntil: event.lockedUntil });
    case 'fault':
      return to(rest(state.kiosk));
    case 'touch':
      return signInTouch(visit, event, event.touch, state);
    default:
      return null;
  }
};

function signInTouch(visit: At<'staffSignIn'>, event: Event, touch: Touch, state: State): Stepped | null {
  if (touch.type === 'staffLeave' || touch.type === 'back') return to(rest(state.kiosk));
  if (touch.type !== 'staffCode' || visit.operation) return null;
  return to({ ...visit, operation: event.id }, { kind: 'checkStaffCode', operation: event.id });
}

export const staffMenu: Move<'staffMenu'> = (visit, event, state) => {
  switch (event.kind) {
    case 'staffActed':
      return to({ at: 'staffMenu', operation: null, message: event.message });
    case 'fault':
      return to({ at: 'staffMenu', operation: null, message: texts.staff.actFailed });
    case 'touch':
      return menuTouch(visit, event, event.touch, state);
    default:
      return null;
  }
};

/** What residents left open goes first: nothing else is printed beside their paper. */
export function specimensNow({ attended, specimens }: Kiosk): Kiosk['specimens'] {
  return attended.length === 0 ? specimens : [];
}

/** One act at a time: while one is under way only leaving is possible, and not even that while a specimen is printed. */
function menuTouch(visit: At<'staffMenu'>, event: Event, touch: Touch, state: State): Stepped | null {
  if (touch.type === 'staffLeave') return visit.printing ? null : to(rest(state.kiosk));
  if (visit.operation) return null;
  const operation = event.id;
  const busy = { at: 'staffMenu', operation, message: null } as const;
  switch (touch.type) {
    case 'staffCheckAgain':
      return to(busy, { kind: 'staffCheck', operation });
    case 'staffOutOfService':
      return to(busy, { kind: 'staffClose', operation, on: touch.on });
    case 'staffRestart':
      return to(visit, { kind: 'staffRestart', what: touch.what });
    case 'staffPrintSpecimen': {
      const { id } = touch;
      if (!specimensNow(state.kiosk).some((waiting) => waiting.id === id)) return null;
      const printing = { ...busy, message: texts.staff.specimenPrinting, printing: true } as const;
      return to(printing, { kind: 'staffPrintSpecimen', operation, id });
    }
    case 'staffSettle': {
      const { transaction, act } = touch;
      const open = state.kiosk.attended.find(({ number }) => number === transaction);
      if (!open?.acts.includes(act)) return null;
      return to(busy, { kind: 'staffSettle', operation, transaction, act });
    }
    default:
      return null;
  }
}
