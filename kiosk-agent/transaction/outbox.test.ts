import { describe, expect, it } from 'vitest';
import type { IssueNumber, Yen } from '#templates/vocabulary.ts';
import { CITY, makeCenterState, testCenter } from '../visit/testCenter.ts';
import { memoryJournal, NOON, settled } from '../visit/testKiosk.ts';
import { openBook } from './book.ts';
import { startOutbox } from './outbox.ts';

const NUMBER = 'K7Q2-9MXD';
const ISSUE = '0000-0000-0000-0001' as IssueNumber;
const clock = (): number => NOON;

/** A journal that owes the center one void, and a center that knows the certificate. */
function owing() {
  const journal = memoryJournal();
  const requestId = '7b1f4b9e-3a52-4bb1-9d0e-0c4f8f1f6a01';
  const book = openBook(journal, clock);
  book.place(NUMBER, [
    { item: 1, requestId, kind: 'resident-record-copy', municipality: CITY, fee: 300 as Yen },
  ]);
  const templateDigest = 'a'.repeat(64);
  const prepared = { item: 1, issueNumber: ISSUE, pages: 2, sheets: 1, templateDigest };
  book.act(NUMBER, { kind: 'recordPrepared', ...prepared });
  book.act(NUMBER, { kind: 'abandon', reason: 'cancelled' });
  book.act(NUMBER, { kind: 'intendVoid', item: 1, reason: 'cancelled' });
  book.act(NUMBER, { kind: 'settle' });
  const center = makeCenterState();
  center.ledger.set(ISSUE, 'prepared');
  return { journal, center };
}

function start({ journal, center }: ReturnType<typeof owing>) {
  const pauses: number[] = [];
  const wakes: (() => void)[] = [];
  const conflicts: string[] = [];
  const outbox = startOutbox({
    journal,
    book: openBook(journal, clock),
    center: testCenter(center, clock),
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        pauses.push(milliseconds);
        wakes.push(resolve);
        signal?.addEventListener('abort', () => resolve());
      }),
    onFault: (error) => {
      throw error;
    },
    onConflict: (issueNumber) => conflicts.push(issueNumber),
  });
  return { outbox, pauses, wakes, conflicts };
}

describe('what the center is owed', () => {
  it('is told with growing pauses until it is acknowledged, also by the next start', async () => {
    const given = owing();
    given.center.unreachable.add('void');
    const first = start(given);
    for (let round = 0; round < 8; round += 1) {
      await settled();
      first.wakes.at(-1)?.();
    }
    await settled();
    expect(first.pauses.slice(0, 3)).toEqual([2_000, 4_000, 8_000]);
    expect(Math.max(...first.pauses)).toBe(60_000);
    await first.outbox.stop();
    given.center.unreachable.clear();
    const second = start(given);
    await settled();
    expect(given.center.ledger.get(ISSUE)).toBe('void');
    expect(given.journal.openRows()).toEqual([]);
    await second.outbox.stop();
  });

  it('is delivered at once when the center answers again', async () => {
    const given = owing();
    given.center.unreachable.add('void');
    const { outbox } = start(given);
    await settled();
    given.center.unreachable.clear();
    outbox.nudge();
    await settled();
    expect(given.journal.openRows()).toEqual([]);
    await outbox.stop();
  });

  it('ends, and is reported, when the center says the opposite', async () => {
    const given = owing();
    given.center.ledger.set(ISSUE, 'printed');
    const { outbox, conflicts } = start(given);
    await settled();
    expect(conflicts).toEqual([ISSUE]);
    expect(given.journal.openRows()).toEqual([]);
    await outbox.stop();
  });

  it('includes alarms', async () => {
    const given = owing();
    given.journal.raiseAlarm({ finding: 'holder', issueNumber: ISSUE, municipality: CITY });
    given.center.unreachable.add('alarm');
    const { outbox } = start(given);
    await settled();
    expect(given.center.alarms).toEqual([]);
    given.center.unreachable.clear();
    outbox.nudge();
    await settled();
    expect(given.center.alarms).toEqual(['holder']);
    expect(given.journal.alarms()).toEqual([]);
    await outbox.stop();
  });
});
