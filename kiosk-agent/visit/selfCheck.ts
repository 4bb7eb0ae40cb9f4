/** What the kiosk can do now: the devices are asked, nothing is remembered. */
import { noticeOf } from '#templates/notices/notices.ts';
import type { NoticeCode } from '#templates/notices/notices.ts';
import { openTransactionFacts } from '../transaction/openTransactions.ts';
import type { Context } from './context.ts';
import type { DeviceFault, Kiosk } from './state.ts';

const JOURNAL = noticeOf('SYS-01');
const READER = noticeOf('CARD-10');
const PRINTER = noticeOf('PRNT-01');
const PAYMENT = noticeOf('PAY-03');
const CENTER = noticeOf('CENT-01');
const NOT_ADMITTED = noticeOf('CENT-03');
const CLOSED_NOW = noticeOf('SERV-01');

/** Asks every device and the center, at the same time, and tells the visit. A device that fails to answer is at fault. */
export async function askDevices(context: Context): Promise<void> {
  const [printer, payment, service] = await Promise.all([
    printerFault(context),
    paymentFault(context),
    serviceFacts(context),
  ]);
  const own = [journalFault(context), readerFault(context)];
  const faults = [...own, printer, payment, service.fault].filter((fault) => fault !== null);
  context.tell({ kind: 'facts', facts: { ...service.facts, faults } });
}

function fault(
  device: DeviceFault['device'],
  notice: NoticeCode,
  details: readonly string[] = [],
): DeviceFault {
  return { device, notice, details: [...details] };
}

function journalFault({ deps }: Context): DeviceFault | null {
  return deps.journalUnreadable ? fault('journal', JOURNAL, ['unreadable']) : null;
}
function readerFault({ deps }: Context): DeviceFault | null {
  return deps.reader.status().kind === 'unavailable' ? fault('card-reader', READER) : null;
}
async function printerFault({ deps }: Context): Promise<DeviceFault | null> {
  const status = await deps.printer.status().catch(() => ({ kind: 'unreachable' }) as const);
  if (status.kind === 'ready') return null;
  return fault('printer', PRINTER, status.kind === 'notReady' ? status.reasons : ['unreachable']);
}
async function paymentFault({ deps }: Context): Promise<DeviceFault | null> {
  const status = await deps.payment.status().catch(() => ({ kind: 'unreachable' }) as const);
  if (status.kind === 'ready') return null;
  return fault('payment', PAYMENT, status.kind === 'notReady' ? status.reasons : ['unreachable']);
}

type ServiceFacts = { readonly fault: DeviceFault | null; readonly facts: Partial<Kiosk> };
async function serviceFacts(context: Context): Promise<ServiceFacts> {
  const unreachable = { kind: 'unreachable', reason: 'fault' } as const;
  const service = await context.deps.center.service().catch(() => unreachable);
  if (service.kind === 'unreachable') {
    const notice = service.reason === 'not-admitted' ? NOT_ADMITTED : CENTER;
    return { fault: fault('center', notice, [service.reason]), facts: {} };
  }
  context.owe(); // the center answers: what it is owed can be delivered
  const closedNotice = service.open ? null : (service.notice ?? CLOSED_NOW);
  return { fault: null, facts: { hoursToday: service.hoursToday, closedNotice } };
}

/** Transactions that wait for a person: open, and not in the hands of the visit. */
export function tellAttended(context: Context): void {
  const attended = context.deps.book
    .open()
    .filter(({ number, settled }) => !settled && !context.inHand.has(number))
    .map(openTransactionFacts);
  context.tell({ kind: 'facts', facts: { attended } });
}
