/**
 * What the center is owed: confirmations, voids and alarms, each written down before it is sent and sent until it is
 * acknowledged. Runs beside the visits.
 */
import type { Yen } from '#templates/vocabulary.ts';
import type { CenterPort, SettleAnswer } from '../center/centerPort.ts';
import type { Wait } from '../wait.ts';
import type { Book } from './book.ts';
import type { Journal } from './journal.ts';
import { mayClose, type Item } from './state.ts';

export interface Outbox {
  /** Something new is owed, or the center answers again: try at once. */
  nudge(): void;
  stop(): Promise<void>;
}
export interface OutboxDeps {
  readonly book: Book;
  readonly journal: Journal;
  readonly center: Pick<CenterPort, 'confirm' | 'void' | 'alarm'>;
  readonly wait: Wait;
  readonly onFault: (error: unknown) => void;
  /** the center says the opposite of what happened here */
  readonly onConflict: (issueNumber: string) => void;
}
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Starts delivering; keeps trying with growing pauses until stopped. */
export function startOutbox(deps: OutboxDeps): Outbox {
  let wake = new AbortController();
  let stopped = false;
  const nudge = (): void => {
    wake.abort();
    wake = new AbortController();
  };
  const run = async (): Promise<void> => {
    let pause = FIRST_PAUSE_MS;
    while (!stopped) {
      const { signal } = wake;
      const delivered = await deliverAll(deps).catch((error: unknown) => {
        deps.onFault(error);
        return false;
      });
      pause = delivered ? FIRST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
      if (!stopped) await deps.wait(delivered ? LONGEST_PAUSE_MS : pause, signal);
    }
  };
  const running = run();
  return {
    nudge,
    stop: async () => {
      stopped = true;
      nudge();
      await running;
    },
  };
}

/** One round over everything owed; true when nothing is left. */
export async function deliverAll(deps: Omit<OutboxDeps, 'wait' | 'onFault'>): Promise<boolean> {
  let all = true;
  for (const { number } of deps.book.open()) {
    for (const item of deps.book.find(number)?.items ?? []) {
      if (item.center.startsWith('owes')) all = (await deliver(number, item, deps)) && all;
    }
    closeWhenDone(number, deps.book);
  }
  for (const { id, alarm } of deps.journal.alarms()) {
    const answer = await deps.center.alarm(alarm);
    if (answer.kind === 'raised') deps.journal.alarmRaised(id);
    else all = false;
  }
  return all;
}

async function deliver(
  number: string,
  item: Item,
  deps: Omit<OutboxDeps, 'wait' | 'onFault'>,
): Promise<boolean> {
  const answer = await tell(item, deps.center);
  if (answer.kind === 'unreachable') return false;
  const conflict = answer.kind === 'conflict';
  if (conflict) deps.onConflict(item.issueNumber ?? '');
  const state = answer.kind === 'unknown-issue-number' ? answer.kind : answer.state;
  deps.book.act(number, { kind: 'acknowledge', item: item.item, answer: state, conflict });
  return true;
}

function tell(item: Item, center: Pick<CenterPort, 'confirm' | 'void'>): Promise<SettleAnswer> {
  const { issueNumber, paper, fee, voided } = item;
  if (!issueNumber) throw new Error('nothing is owed about an item without an issue number');
  if (item.center === 'owes-void') {
    return center.void(issueNumber, {
      reason: voided?.reason ?? 'cancelled',
      refunded: voided?.refunded ?? (0 as Yen),
    });
  }
  const sheets = paper.kind === 'printed' && paper.sheets > 0 ? paper.sheets : item.sheets;
  return center.confirm(issueNumber, { paid: fee, sheets });
}

function closeWhenDone(number: string, book: Book): void {
  const state = book.find(number);
  if (state && mayClose(state)) book.act(number, { kind: 'close' });
}
