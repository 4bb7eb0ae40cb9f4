/** From the mishap to the next resident: the visit goes on as it can, the clerk settles what is asked, all is looked at. */
import { FULL_TRAY_SHEETS } from '#simulators/printer/storePrinter.ts';
import { until } from './conditions.ts';
import { violations, type Before } from './invariants.ts';
import { walk, type Resident } from './resident.ts';
import { settleByStaff, type StaffAct } from './staff.ts';
import type { Stand } from './stand.ts';

/** What a clerk finds in the tray decides: an incomplete certificate is destroyed, whole ones are handed over. */
export function lookAtTray(stand: Stand, was: Before): StaffAct {
  const jobs = stand.stack.printer.printer.jobs.slice(was.jobs);
  const incomplete = jobs.some(({ state, sheets }) => state !== 'completed' && sheets > 0);
  return incomplete ? 'paper-destroyed' : 'handed-over';
}

/** Until the kiosk is at rest. Returns the acts of the clerk that were needed. */
export async function comesToRest(stand: Stand, who: Resident, was: Before): Promise<StaffAct[]> {
  const acts: StaffAct[] = [];
  for (;;) {
    const rest = await walk(stand, who, ({ at }) => at === 'idle' || at === 'askingAttendant');
    if (rest.at === 'idle') break;
    const act = lookAtTray(stand, was);
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
  stand.screen().send({ type: 'start' });
  await stand.sees('the first screen of the next visit', ({ at }) => at === 'consent');
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
