/** Words for every state that the staff can meet; a new state without words does not compile. */
import type { TextKey } from '../words.ts';
import type { ViewOf } from './Screen.tsx';

type Menu = ViewOf<'staffMenu'>;
type Transaction = Menu['transactions'][number];
type Device = Menu['faults'][number]['device'];

export const DEVICES: Record<Device, TextKey> = {
  'card-reader': 'staff.device.card-reader',
  printer: 'staff.device.printer',
  payment: 'staff.device.payment',
  center: 'staff.device.center',
  journal: 'staff.device.journal',
};
const FIXES: Record<Device, TextKey> = {
  'card-reader': 'staff.fix.card-reader',
  printer: 'staff.fix.printer',
  payment: 'staff.fix.payment',
  center: 'staff.fix.center',
  journal: 'staff.fix.journal',
};
/** A reason that calls for something else than the device's usual remedy. */
const FIXES_OF_REASON: Readonly<Record<string, TextKey>> = {
  'no-duplex': 'staff.faults.no-duplex',
};
export function fixOf({ device, details }: Menu['faults'][number]): TextKey {
  const known = details.find((reason) => Object.hasOwn(FIXES_OF_REASON, reason));
  return (known === undefined ? undefined : FIXES_OF_REASON[known]) ?? FIXES[device];
}
export const MONEY: Record<Transaction['money'], TextKey> = {
  'not-taken': 'staff.money.not-taken',
  'perhaps-taken': 'staff.money.perhaps-taken',
  taken: 'staff.money.taken',
  'being-returned': 'staff.money.being-returned',
  'perhaps-returned': 'staff.money.perhaps-returned',
  returned: 'staff.money.returned',
};
export const PAPER: Record<Transaction['paper'], TextKey> = {
  'not-printed': 'staff.paper.not-printed',
  'perhaps-printed': 'staff.paper.perhaps-printed',
  'partly-printed': 'staff.paper.partly-printed',
  printed: 'staff.paper.printed',
};
export const ACTS: Record<Transaction['acts'][number], TextKey> = {
  'ask-devices-again': 'staff.act.ask-devices-again',
  'returned-by-hand': 'staff.act.returned-by-hand',
  'handed-over': 'staff.act.handed-over',
  'paper-destroyed': 'staff.act.paper-destroyed',
};
export const RESTARTS: readonly (readonly ['screen' | 'agent' | 'kiosk', TextKey])[] = [
  ['screen', 'staff.restart.screen'],
  ['agent', 'staff.restart.agent'],
  ['kiosk', 'staff.restart.kiosk'],
];
