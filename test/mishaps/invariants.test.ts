import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Updateable } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CertificateTable } from '#center/database/schema.ts';
import { comesToRest, nextResidentLooksIn, whatDoesNotHold } from './aftermath.ts';
import { before, journalOf, violations, type Before } from './invariants.ts';
import { resident, walk } from './resident.ts';
import { startStand, type Stand } from './stand.ts';

const WHO = resident('six-person-household', { copies: 2, extent: 'whole' });
let stand: Stand;
let was: Before;
beforeAll(async () => {
  stand = await startStand();
  was = await before(stand);
  await walk(stand, WHO, ({ at }) => at === 'collecting');
  await comesToRest(stand, WHO);
  await nextResidentLooksIn(stand);
  expect(await whatDoesNotHold(stand, was, WHO)).toEqual([]);
}, 120_000);
afterAll(() => stand.stop(), 60_000);

const found = (): Promise<string[]> => violations(stand, was, WHO.card);
/** Changes the center's row of the first certificate, looks, and puts it back. */
async function withRow(change: Updateable<CertificateTable>): Promise<string[]> {
  const [row] = await stand.stack.db.selectFrom('certificate').selectAll().execute();
  const of = (values: Updateable<CertificateTable>) =>
    update().set(values).where('issue_number', '=', row!.issue_number);
  await of(change).execute();
  const result = await found();
  const { state, paid, refunded, holder_fingerprint, session_id } = row!;
  await of({ state, paid, refunded, holder_fingerprint, session_id }).execute();
  return result;
}
const update = () => stand.stack.db.updateTable('certificate');

describe('what must hold is found missing', () => {
  it('when a printed certificate is void at the center', async () => {
    expect(await withRow({ state: 'void', refunded: 0 })).toEqual([
      expect.stringContaining('whole paper, but'),
    ]);
  });

  it('when another amount is on the record', async () => {
    expect(await withRow({ paid: 0 })).toEqual([expect.stringContaining('paid 0')]);
  });

  it('when a document belongs to another card, or another resident', async () => {
    expect(await withRow({ holder_fingerprint: 'f'.repeat(64) })).toContainEqual(
      expect.stringContaining('belongs to another card'),
    );
    const session = randomUUID();
    const [own] = await stand.stack.db.selectFrom('session').selectAll().execute();
    await stand.stack.db
      .insertInto('session')
      .values({ ...own!, id: session, resident_id: 'taro' })
      .execute();
    expect(await withRow({ session_id: session })).toContainEqual(
      expect.stringContaining('belongs to another resident'),
    );
  });

  it('when a document is printed again', async () => {
    const { printer } = stand.stack.printer;
    const [first] = printer.jobs;
    stand.paper.moves = false;
    printer.accept({
      reference: first!.reference,
      user: 'kiosk',
      sides: 'two-sided',
      document: first!.bytes,
    });
    expect(await found()).toEqual(
      expect.arrayContaining([
        'a document waits at the printer',
        'a reference was sent to the printer twice',
        'the same bytes were sent to the printer twice',
      ]),
    );
  });

  it('when a receipt comes out that nobody meant, and when the meant one comes out again', async () => {
    const { printer } = stand.stack.printer;
    const receipt = printer.jobs.find(({ sides }) => sides === 'one-sided')!;
    const stranger = { user: 'kiosk', sides: 'one-sided', document: receipt.bytes } as const;
    const job = printer.accept({ ...stranger, reference: randomUUID() });
    expect(await found()).toContain(`job ${job!.id} is no receipt of this visit`);
    expect(await found()).toContain('the same bytes were sent to the printer twice');
  });

  it('when money is given back for paper that came out', async () => {
    const { mechanism } = stand.coins();
    const [charge] = mechanism.books.charges;
    mechanism.refund({ reference: randomUUID(), chargeReference: charge!.reference, amount: 200 });
    expect(await found()).toContain('kept 200 yen, 0 by hand, for 400 yen of paper');
  });

  it('when a transaction is left open', async () => {
    const [placed] = journalOf(stand);
    const database = new Database(join(stand.stack.dataDir, 'kiosk/journal.sqlite'));
    database
      .prepare('INSERT INTO events (transaction_number, at, type, body) VALUES (?, ?, ?, ?)')
      .run(
        'AAAA-0000',
        new Date(stand.stack.clock()).toISOString(),
        'order-placed',
        JSON.stringify(placed!.event),
      );
    database.close();
    expect(await found()).toContain('open in the journal: AAAA-0000');
  });
});
