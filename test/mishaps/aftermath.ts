/** From the mishap to the next resident: the visit goes on as it can, the clerk settles what is asked, all is looked at. */
import { FULL_TRAY_SHEETS } from '#simulators/printer/storePrinter.ts';
import { until } from './conditions.ts';
import { journalOf, openNumbers, violations, type Before } from './invariants.ts';
import { resident, walk, type Resident } from './resident.ts';
import { settleByStaff, type StaffAct } from './staff.ts';
import type { Stand } from './stand.ts';

/** What a clerk finds in the tray decides: whole certificates are handed over, anything less is destroyed. */
export function lookAtTray(stand: Stand): StaffAct {
  const journal = journalOf(stand);
  const open = openNumbers(journal);
  const { jobs } = stand.stack.printer.printer;
  const whole = journal.every(({ transaction, event }) => {
    if (event.type !== 'print-intended' || !open.includes(transaction)) return true;
    return jobs.some(({ reference, state }) => reference === event.reference && state === 'completed');
  });
  return whole ? 'handed-over' : 'paper-destroyed';
}

/** Until the kiosk is at rest. Returns the acts of the clerk that were needed. */
export async function comesToRest(stand: Stand, who: Resident): Promise<StaffAct[]> {
  const acts: StaffAct[] = [];
  for (;;) {
    const rest = await walk(stand, who, ({ at }) => at === 'idle' || at === 'askingAttendant');
    if (rest.at === 'idle') break;
    const act = lookAtTray(stand);
    acts.push(act);
    await settleByStaff(stand, act);
  }
  await stand.stack.shelf.remove();
  const { printer } = stand.stack.printer;
  printer.takePaper();
  printer.setPaper(FULL_TRAY_SHEETS);
  return acts;
}

/** Somebody touches the first screen and goes back: the next visit can begin, and the kiosk asks its devices anew. */
export async function nextResidentLooksIn(stand: Stand): Promise<void> {
  // a self-check may have put the kiosk out of service meanwhile: the next one lets it in again
  await walk(stand, resident('taro'), ({ at }) => at === 'consent');
  stand.screen().send({ type: 'back' });
  await stand.sees('the idle screen', ({ at }) => at === 'idle');
}

/** What does not hold in the end; confirmations to the center may take their time. */
export async function whatDoesNotHold(stand: Stand, was: Before, who: Resident): Promise<string[]> {
  let found: string[] = [];
  const settled = async (): Promise<boolean> => {
    found = await violations(stand, was, who.card);
    return found.length === 0;
  };
  await until('everything to hold', settled, { limitMs: 10_000 }).catch(() => undefined);
  return found;
}

/** Before each test: a kiosk at rest, whatever a failed one left, so that one fault is one failure. */
export async function standsReady(stand: Stand, who: Resident): Promise<void> {
  const { printer } = stand.stack.printer;
  stand.paper.moves = true;
  if (stand.isUp() && stand.view().at === 'idle') return;
  printer.setPower(true);
  printer.clear();
  stand.coins().mechanism.setCannotDispense(false);
  await stand.stack.restartCenter();
  await stand.mends('agent');
  await comesToRest(stand, who);
}
