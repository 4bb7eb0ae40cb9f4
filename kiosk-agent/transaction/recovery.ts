/**
 * Boot: every transaction whose money or paper is open is settled before a visit can begin. What is only owed to the
 * center (confirm, void) goes on in the background, see outbox.ts: the rows are safe, both acts are idempotent, and
 * while the center cannot be reached no visit gets as far as money anyway. A receipt that was under way is given up:
 * whether it came out is not worth anybody's waiting, and what still lies in the printer's queue is cleared.
 */
import { settleTransaction } from './settling.ts';
import type { Settling } from './settling.ts';

/** Numbers of the transactions that only the staff can settle. Throws what the journal throws. */
export async function recover(settling: Settling): Promise<readonly string[]> {
  const attended: string[] = [];
  for (const { number, settled, receipt } of settling.book.open()) {
    if (receipt === 'intended') {
      settling.book.act(number, { kind: 'recordReceipt', outcome: { kind: 'unknown' } });
    }
    if (settled) continue;
    settling.book.act(number, { kind: 'beginRecovery' });
    const { kind } = await settleTransaction(number, settling);
    if (kind === 'attendant') attended.push(number);
  }
  return attended;
}
