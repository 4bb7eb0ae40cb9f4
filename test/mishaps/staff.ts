/** The clerk: looks at the sheets, opens the staff screen with the store code, settles what is open, leaves. */
import type { View } from '#agent/contract/deviceLink.ts';
import { DEMO_STAFF_CODE } from '../demo/stack.ts';
import type { Stand } from './stand.ts';

export type StaffAct = 'handed-over' | 'paper-destroyed' | 'returned-by-hand' | 'ask-devices-again';
type Menu = Extract<View, { at: 'staffMenu' }>;

export async function openStaffMenu(stand: Stand): Promise<Menu> {
  const screen = stand.screen();
  screen.send({ type: 'staffOpen' });
  await stand.sees('the staff sign-in', (view) => view.at === 'staffSignIn');
  screen.send({ type: 'staffCode', code: DEMO_STAFF_CODE });
  await stand.sees('the staff menu', (view) => view.at === 'staffMenu' && view.message !== null);
  return stand.view() as Menu;
}

export async function leaveStaffMenu(stand: Stand): Promise<void> {
  stand.screen().send({ type: 'staffLeave' });
  await stand.sees('the end of the staff menu', (view) => view.at !== 'staffMenu');
}

/** One act on the first open transaction. Throws when the screen does not offer it. */
export async function settleByStaff(stand: Stand, act: StaffAct): Promise<void> {
  const menu = await openStaffMenu(stand);
  const [open] = menu.transactions;
  if (!open?.acts.includes(act))
    throw new Error(`${act} is not offered: ${JSON.stringify(menu.transactions)}`);
  stand.screen().send({ type: 'staffSettle', transaction: open.number, act });
  await stand.sees(`the outcome of ${act}`, (view) => {
    if (view.at !== 'staffMenu' || view.message === null || view.message === menu.message) return false;
    return true;
  });
  await leaveStaffMenu(stand);
}
