/**
 * The rules of money and paper: which rows a command may add to a transaction. Pure. A command that a rule forbids
 * throws IllegalCommand; nothing was written then, so nothing may be done. Charging, printing an item and refunding an
 * item are each possible once: the rule, not the caller's care, keeps a second copy or a second charge away.
 */
import type { IssueNumber, Yen } from '#templates/vocabulary.ts';
import type { ChargeOutcome, RefundOutcome } from '../payment/paymentTerminalPort.ts';
import type { PrintOutcome } from '../printer/printerPort.ts';
import { attendantActs } from './settle.ts';
import { itemOf, mayClose, refundable, sumOf } from './state.ts';
import type { EventOf, TransactionEvent } from './events.ts';
import type { Transaction, VoidReason } from './state.ts';

export class IllegalCommand extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'IllegalCommand';
  }
}

type HandAct = EventOf<'attendant-acted'>['act'];
export type TransactionCommand =
  | {
      readonly kind: 'recordPrepared';
      readonly item: number;
      readonly issueNumber: IssueNumber;
      readonly pages: number;
      readonly sheets: number;
      readonly templateDigest: string;
    }
  | { readonly kind: 'abandon'; readonly reason: VoidReason }
  | { readonly kind: 'beginRecovery' }
  | { readonly kind: 'failCheck'; readonly item: number; readonly finding: string }
  | { readonly kind: 'intendCharge'; readonly reference: string }
  | { readonly kind: 'recordCharge'; readonly outcome: ChargeOutcome | { readonly kind: 'neverSeen' } }
  | {
      readonly kind: 'intendPrint';
      readonly item: number;
      readonly reference: string;
      /** epoch ms */
      readonly sentAt: number;
    }
  | { readonly kind: 'recordPrint'; readonly item: number; readonly outcome: PrintOutcome }
  | { readonly kind: 'intendReceipt'; readonly reference: string }
  | {
      readonly kind: 'recordReceipt';
      readonly outcome:
        | { readonly kind: 'printed' | 'unknown' }
        | { readonly kind: 'notPrinted'; readonly reasons: readonly string[] };
    }
  | { readonly kind: 'intendRefund'; readonly reference: string; readonly items: readonly number[] }
  | { readonly kind: 'recordRefund'; readonly outcome: RefundOutcome }
  | { readonly kind: 'intendConfirm'; readonly item: number }
  | { readonly kind: 'intendVoid'; readonly item: number; readonly reason: VoidReason }
  | {
      readonly kind: 'acknowledge';
      readonly item: number;
      readonly answer: 'printed' | 'void' | 'unknown-issue-number';
      readonly conflict: boolean;
    }
  | { readonly kind: 'callAttendant' }
  | { readonly kind: 'actByHand'; readonly act: HandAct }
  | { readonly kind: 'settle' }
  | { readonly kind: 'close' };

function must(condition: boolean, rule: string): void {
  if (!condition) throw new IllegalCommand(rule);
}

/** The rows this command adds. Throws IllegalCommand. */
export function decide(command: TransactionCommand, state: Transaction): readonly TransactionEvent[] {
  must(!state.closed, 'a closed transaction never changes');
  switch (command.kind) {
    case 'recordPrepared':
    case 'abandon':
    case 'beginRecovery':
    case 'failCheck':
      return decideOrder(command, state);
    case 'intendCharge':
    case 'recordCharge':
      return decideCharge(command, state);
    case 'intendPrint':
    case 'recordPrint':
      return decidePrint(command, state);
    case 'intendReceipt':
    case 'recordReceipt':
      return decideReceipt(command, state);
    case 'intendRefund':
    case 'recordRefund':
      return decideRefund(command, state);
    case 'intendConfirm':
    case 'intendVoid':
    case 'acknowledge':
      return decideCenter(command, state);
    default:
      return decideEnd(command, state);
  }
}

type Command<K extends TransactionCommand['kind']> = Extract<TransactionCommand, { kind: K }>;

function decideOrder(
  command: Command<'recordPrepared' | 'abandon' | 'beginRecovery' | 'failCheck'>,
  state: Transaction,
): readonly TransactionEvent[] {
  must(!state.settled, 'a settled transaction only waits for the center');
  switch (command.kind) {
    case 'recordPrepared': {
      must(state.charge.kind === 'none' && !state.ending, 'certificates are prepared before money is taken');
      must(itemOf(state, command.item).issueNumber === null, 'an item is prepared once');
      const { item, issueNumber, pages, sheets, templateDigest } = command;
      return [{ type: 'certificate-prepared', item, issueNumber, pages, sheets, templateDigest }];
    }
    case 'abandon':
      return state.ending ? [] : [{ type: 'abandoned', reason: command.reason }];
    case 'beginRecovery':
      return state.recovered ? [] : [{ type: 'recovery-begun' }];
    case 'failCheck':
      return [{ type: 'check-failed', item: command.item, finding: command.finding }];
  }
}

function decideCharge(
  command: Command<'intendCharge' | 'recordCharge'>,
  state: Transaction,
): readonly TransactionEvent[] {
  if (command.kind === 'intendCharge') {
    must(state.charge.kind === 'none', 'a transaction is charged once');
    must(!state.ending, 'an ended transaction takes no money');
    must(
      state.items.every(({ issueNumber }) => issueNumber !== null),
      'prepared before paid',
    );
    return [{ type: 'charge-intended', reference: command.reference, amount: state.amount }];
  }
  const open = state.charge.kind === 'intended' || state.charge.kind === 'unknown';
  must(open, 'an outcome belongs to an open charge');
  const { outcome } = command;
  switch (outcome.kind) {
    case 'charged':
      return [{ type: 'charge-succeeded', paid: outcome.paid, change: outcome.change }];
    case 'declined':
      return [{ type: 'charge-declined', reason: outcome.reason }];
    case 'neverSeen':
      return [{ type: 'charge-declined', reason: 'never-seen' }];
    case 'unknown':
      return state.charge.kind === 'unknown' ? [] : [{ type: 'charge-unknown' }];
  }
}

function decidePrint(
  command: Command<'intendPrint' | 'recordPrint'>,
  state: Transaction,
): readonly TransactionEvent[] {
  const { paper } = itemOf(state, command.item);
  if (command.kind === 'intendPrint') {
    must(state.charge.kind === 'charged', 'nothing is printed before it is paid');
    must(!state.ending && state.refunds.length === 0, 'an ended transaction prints nothing');
    must(paper.kind === 'untouched', 'an item is sent to the printer once');
    const { item, reference, sentAt } = command;
    return [{ type: 'print-intended', item, reference, sentAt }];
  }
  must(paper.kind === 'intended' || paper.kind === 'unknown', 'an outcome belongs to an open print');
  const { item, outcome } = command;
  switch (outcome.kind) {
    case 'printed':
      return [{ type: 'print-succeeded', item, sheets: outcome.sheets }];
    case 'notPrinted':
      return [{ type: 'print-failed', item, reasons: [...outcome.reasons] }];
    case 'unknown':
      return [{ type: 'print-unknown', item, sheets: outcome.sheets }];
  }
}

/** Of paid and printed certificates; meant once, so that nothing ever prints it a second time. */
function decideReceipt(
  command: Command<'intendReceipt' | 'recordReceipt'>,
  state: Transaction,
): readonly TransactionEvent[] {
  if (command.kind === 'intendReceipt') {
    must(state.receipt === 'none', 'a receipt is meant once');
    must(state.charge.kind === 'charged', 'a receipt is of money taken in this visit');
    must(
      state.items.some(({ paper }) => paper.kind === 'printed'),
      'a receipt is of printed certificates',
    );
    return [{ type: 'receipt-intended', reference: command.reference }];
  }
  must(state.receipt === 'intended', 'an outcome belongs to an open receipt');
  const { outcome } = command;
  switch (outcome.kind) {
    case 'printed':
      return [{ type: 'receipt-printed' }];
    case 'unknown':
      return [{ type: 'receipt-unknown' }];
    case 'notPrinted':
      return [{ type: 'receipt-failed', reasons: [...outcome.reasons] }];
  }
}

function decideRefund(
  command: Command<'intendRefund' | 'recordRefund'>,
  state: Transaction,
): readonly TransactionEvent[] {
  const last = state.refunds.at(-1);
  if (command.kind === 'intendRefund') {
    const due = refundable(state).map(({ item }) => item);
    must(
      command.items.length > 0 && command.items.every((item) => due.includes(item)),
      'refunds what is due',
    );
    must(last?.kind !== 'intended' && last?.kind !== 'unknown', 'one refund at a time');
    const amount: Yen = sumOf(command.items.map((item) => itemOf(state, item)));
    return [{ type: 'refund-intended', reference: command.reference, amount, items: [...command.items] }];
  }
  must(last?.kind === 'intended' || last?.kind === 'unknown', 'an outcome belongs to an open refund');
  switch (command.outcome.kind) {
    case 'refunded':
      return [{ type: 'refund-succeeded' }];
    case 'notRefunded':
      return [{ type: 'refund-failed' }];
    case 'unknown':
      return last?.kind === 'unknown' ? [] : [{ type: 'refund-unknown' }];
  }
}

function decideCenter(
  command: Command<'intendConfirm' | 'intendVoid' | 'acknowledge'>,
  state: Transaction,
): readonly TransactionEvent[] {
  const item = itemOf(state, command.item);
  switch (command.kind) {
    case 'intendConfirm':
      must(item.paper.kind === 'printed' && item.center === 'nothing', 'confirms what was printed, once');
      return [{ type: 'confirm-intended', item: item.item }];
    case 'intendVoid': {
      must(item.issueNumber !== null && item.center === 'nothing', 'voids what exists, once');
      must(item.paper.kind !== 'printed', 'a printed certificate is never voided');
      const refunded = item.returned ? item.fee : (0 as Yen);
      return [{ type: 'void-intended', item: item.item, reason: command.reason, refunded }];
    }
    case 'acknowledge': {
      const owed = item.center === 'owes-confirm' || item.center === 'owes-void';
      must(owed, 'the center acknowledges what it was told');
      const { answer, conflict } = command;
      return [{ type: 'center-acknowledged', item: item.item, answer, conflict }];
    }
  }
}

function decideEnd(
  command: Command<'callAttendant' | 'actByHand' | 'settle' | 'close'>,
  state: Transaction,
): readonly TransactionEvent[] {
  switch (command.kind) {
    case 'callAttendant':
      return state.attendantCalled ? [] : [{ type: 'attendant-called' }];
    case 'actByHand':
      must(attendantActs(state).includes(command.act), 'an act the state allows');
      return [{ type: 'attendant-acted', act: command.act }];
    case 'settle':
      must(!state.settled, 'settled once');
      return [{ type: 'settled' }];
    case 'close':
      must(mayClose(state), 'closed when settled and acknowledged, and no receipt is under way');
      return [{ type: 'closed' }];
  }
}
