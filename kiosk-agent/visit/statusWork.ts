/**
 * What the kiosk says of itself to the center: when something has changed, and every few minutes that it still stands.
 * Nothing of a visit: not whether somebody is at the screen, no transaction number. Lost words are said again.
 */
import type { KioskStatus } from '#center/contract/kioskStatus.ts';
import type { Context } from './context.ts';
import { rest } from './moves.ts';
import type { DeviceFault, Kiosk } from './state.ts';

/** Below the time after which the center's watch calls a kiosk silent. */
const REPEAT_MS = 5 * 60_000;
const REASON = /^[a-z0-9.-]{1,64}$/;

type Said = Omit<KioskStatus, 'now'>;

/** @param kiosk what the visit knows now. The result tells the center, when there is anything to tell; never throws. */
export function statusTeller(context: Context, kiosk: () => Kiosk): () => Promise<void> {
  let told: { readonly text: string; readonly at: number } | undefined;
  return async () => {
    const { center, clock, build } = context.deps;
    const said = statusOf(kiosk(), build);
    const text = JSON.stringify(said);
    const now = clock();
    if (told?.text === text && now < told.at + REPEAT_MS) return;
    const answer = await center.status({ ...said, now: new Date(now).toISOString() }).catch(() => undefined);
    if (answer?.kind === 'noted') told = { text, at: now };
  };
}

function statusOf(kiosk: Kiosk, build: string): Said {
  const standing = rest(kiosk);
  const fault = (device: DeviceFault['device']) => kiosk.faults.find((found) => found.device === device);
  return {
    reader: kiosk.reader === 'unavailable' ? 'absent' : 'ready',
    printer: deviceState(fault('printer')),
    printerReasons: (fault('printer')?.details ?? []).filter((reason) => REASON.test(reason)),
    payment: deviceState(fault('payment')),
    outOfService: 'notice' in standing ? standing.notice : null,
    unsettled: kiosk.attended.length,
    build,
  };
}

function deviceState(fault: DeviceFault | undefined): KioskStatus['printer'] {
  if (!fault) return 'ready';
  return fault.details.includes('unreachable') ? 'absent' : 'fault';
}
