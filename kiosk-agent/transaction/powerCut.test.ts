import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  authenticated,
  makeDesk,
  makeTestKiosk,
  memoryJournal,
  ordered,
  settled,
} from '../visit/testKiosk.ts';
import type { TestKiosk } from '../visit/testKiosk.ts';
import { FEE, makeCenterState } from '../visit/testCenter.ts';
import type { CenterState } from '../visit/testCenter.ts';
import type { Journal } from './journal.ts';
import { makeWorld, moneyKept } from './testDevices.ts';
import type { Script, World } from './testDevices.ts';

/** After `row` rows the power goes: before the next row is on disk, or just after it is. */
interface Cut {
  readonly row: number;
  readonly when: 'before' | 'after';
}
const NEVER: Cut = { row: Number.MAX_SAFE_INTEGER, when: 'before' };

/** A journal on which the power fails; from then on nothing in this kiosk acts any more. */
function cutJournal(journal: Journal, cut: Cut, world: World, center: CenterState): Journal {
  let rows = 0;
  return {
    ...journal,
    append: (transaction, events) => {
      if (!world.powered) throw new Error('power cut');
      rows += 1;
      const now = rows === cut.row;
      if (!now || cut.when === 'after') journal.append(transaction, events);
      if (!now) return;
      world.powered = false;
      center.powered = false;
      throw new Error('power cut');
    },
  };
}

interface Run {
  readonly world: World;
  readonly center: CenterState;
  readonly journal: Journal;
}
function makeRun(script: Partial<Script>): Run {
  return { world: makeWorld(script), center: makeCenterState(), journal: memoryJournal() };
}
function boot({ world, center, journal }: Run, cut: Cut): TestKiosk {
  world.powered = true;
  center.powered = true;
  return makeTestKiosk({ world, center, desk: makeDesk(), journal: cutJournal(journal, cut, world, center) });
}

/** Until the visit is over, asks for a person, or the power fails. */
async function finish(kiosk: TestKiosk): Promise<void> {
  const ends = ['collecting', 'notice', 'askingAttendant', 'idle'];
  for (let turn = 0; turn < 100; turn += 1) {
    await settled();
    if (!kiosk.world.powered || ends.includes(kiosk.latest().view.at)) return;
  }
  throw new Error(`stuck at ${kiosk.latest().view.at}`);
}

async function visit(kiosk: TestKiosk, copies: number): Promise<void> {
  await kiosk.runner.start();
  await ordered(kiosk, copies);
  for (let turn = 0; turn < 20 && kiosk.latest().view.at === 'preparing'; turn += 1) await settled();
  if (kiosk.latest().view.at !== 'confirming') return;
  kiosk.touch({ type: 'confirm' });
  await finish(kiosk);
}

/** The staff looks: what lies in the tray whole is handed over, halves are destroyed, missing money is given by hand. */
async function attend(kiosk: TestKiosk): Promise<void> {
  kiosk.touch({ type: 'staffOpen' });
  kiosk.touch({ type: 'staffCode', code: '246810' });
  await kiosk.until('staffMenu');
  for (let act = 0; act < 10; act += 1) {
    await settled();
    if (!kiosk.world.powered) return;
    const menu = await kiosk.until('staffMenu');
    const [open] = menu.transactions;
    if (!open) break;
    const paperAct = isPaperWhole(kiosk) ? 'handed-over' : 'paper-destroyed';
    const byHand = open.acts.includes('returned-by-hand');
    const acted = actsOnRecord(kiosk);
    const given = byHand ? Math.min(open.amount, owed(kiosk)) : 0;
    const act = byHand ? 'returned-by-hand' : paperAct;
    kiosk.touch({ type: 'staffSettle', transaction: open.number, act });
    // the clerk opens the till when the screen has taken the act
    if (actsOnRecord(kiosk) > acted) kiosk.world.byHand += given;
    await settled();
  }
  kiosk.touch({ type: 'staffLeave' });
}
/** Whole certificates; a receipt is printed on one side. */
function certificatesOut(world: World): number {
  return [...world.sheets.values()].filter(({ whole, sides }) => whole && sides === 'two-sided').length;
}
/** The clerk counts the certificates in the tray against those the kiosk is sure of. */
function isPaperWhole({ journal, world }: TestKiosk): boolean {
  const sure = journal.openRows().filter(({ event }) => event.type === 'print-succeeded').length;
  return certificatesOut(world) > sure;
}
function actsOnRecord({ journal }: TestKiosk): number {
  return journal.openRows().filter(({ event }) => event.type === 'attendant-acted').length;
}
/** What the resident still is to get, as the clerk counts it at the tray and the hopper. */
function owed(kiosk: TestKiosk): number {
  return moneyKept(kiosk.world) - certificatesOut(kiosk.world) * FEE;
}

async function recoverFully(run: Run, cuts: readonly Cut[]): Promise<TestKiosk> {
  for (const cut of [...cuts, NEVER]) {
    const kiosk = boot(run, cut);
    await Promise.race([kiosk.runner.start().catch(() => undefined), poweredOff(run.world)]);
    if (!run.world.powered) continue;
    if (kiosk.latest().view.at === 'askingAttendant') await attend(kiosk);
    await settled();
    if (run.world.powered) return kiosk;
  }
  throw new Error('the last start has no cut');
}
async function poweredOff(world: World): Promise<void> {
  for (let turn = 0; turn < 50 && world.powered; turn += 1) await settled();
}

/** Never charged without a document or a refund, never a second copy, and the center knows the truth. */
async function expectTruth(run: Run, kiosk: TestKiosk): Promise<void> {
  await settled();
  const out = [...run.world.sheets.values()];
  const whole = certificatesOut(run.world);
  expect(new Set(out.map(({ document }) => document)).size).toBe(out.length);
  expect(moneyKept(run.world)).toBe(whole * FEE);
  const printed = [...run.center.ledger.values()].filter((state) => state === 'printed');
  expect(printed.length).toBe(whole);
  const receipts = out.filter(({ sides }) => sides === 'one-sided');
  expect(receipts.length).toBeLessThanOrEqual(whole > 0 ? 1 : 0);
  expect(run.center.receipts.length).toBeLessThanOrEqual(1);
  expect(run.journal.openRows()).toEqual([]);
  expect(kiosk.latest().view.at).toBe('idle');
  await kiosk.runner.stop();
}

const KINDS: readonly { readonly name: string; readonly copies: number; readonly script: Partial<Script> }[] =
  [
    { name: 'one certificate, no mishap', copies: 1, script: {} },
    { name: 'three certificates, no mishap', copies: 3, script: {} },
    { name: 'declined', copies: 1, script: { charge: 'declined' } },
    { name: 'charged, reply lost', copies: 2, script: { charge: 'charged-reply-lost' } },
    { name: 'declined, reply lost', copies: 1, script: { charge: 'declined-reply-lost' } },
    {
      name: 'nobody knows about the charge',
      copies: 1,
      script: { charge: 'charged-reply-lost', blindTerminal: true },
    },
    { name: 'jam in the second of three', copies: 3, script: { prints: ['printed', 'jam'] } },
    { name: 'second of three not printed', copies: 3, script: { prints: ['printed', 'not-printed'] } },
    { name: 'printed, reply lost', copies: 2, script: { prints: ['printed', 'printed-reply-lost'] } },
    {
      name: 'not printed, reply lost, printer forgot',
      copies: 1,
      script: { prints: ['not-printed-reply-lost'], blindPrinter: true },
    },
    { name: 'receipt not printed', copies: 2, script: { prints: ['printed', 'printed', 'not-printed'] } },
    { name: 'receipt printed, reply lost', copies: 1, script: { prints: ['printed', 'printed-reply-lost'] } },
    { name: 'receipt jams', copies: 1, script: { prints: ['printed', 'jam'] } },
    { name: 'refund refused', copies: 2, script: { prints: ['not-printed'], refund: 'refused' } },
    {
      name: 'refunded, reply lost',
      copies: 2,
      script: { prints: ['not-printed'], refund: 'refunded-reply-lost' },
    },
    { name: 'refund never arrives', copies: 1, script: { prints: ['not-printed'], refund: 'never-arrives' } },
  ];

describe('power cut after every row of every kind of transaction', () => {
  it.each(KINDS)('$name', async ({ copies, script }) => {
    let lastRow = 0;
    for (let row = 1; ; row += 1) {
      for (const when of ['before', 'after'] as const) {
        const run = makeRun(script);
        await visit(boot(run, { row, when }), copies);
        if (run.world.powered) lastRow = row;
        await expectTruth(run, await recoverFully(run, []));
      }
      if (lastRow > 0) break;
    }
    // every kind writes at least order, certificate and charge
    expect(lastRow).toBeGreaterThan(4);
  });
});

describe('power cut during the visit and again during recovery', () => {
  const cut = fc.record({
    row: fc.integer({ min: 1, max: 20 }),
    when: fc.constantFrom<Cut['when']>('before', 'after'),
  });
  const script = fc.record({
    charge: fc.constantFrom<Script['charge']>(
      'charged',
      'charged-reply-lost',
      'declined',
      'declined-reply-lost',
    ),
    prints: fc.array(
      fc.constantFrom<Script['prints'][number]>(
        'printed',
        'not-printed',
        'jam',
        'printed-reply-lost',
        'not-printed-reply-lost',
      ),
      { minLength: 1, maxLength: 3 },
    ),
    refund: fc.constantFrom<Script['refund']>('refunded', 'refunded-reply-lost', 'refused', 'never-arrives'),
    blindPrinter: fc.boolean(),
    blindTerminal: fc.boolean(),
  });

  it('never keeps money without a document, never prints twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        script,
        fc.integer({ min: 1, max: 3 }),
        cut,
        fc.array(cut, { maxLength: 3 }),
        async (given, copies, first, later) => {
          const run = makeRun(given);
          await visit(boot(run, first), copies);
          await expectTruth(run, await recoverFully(run, later));
        },
      ),
      { numRuns: 150, seed: 20261120 },
    );
  });
});

describe('a visit that begins after recovery', () => {
  it('finds nothing of the one before', async () => {
    const run = makeRun({});
    await visit(boot(run, { row: 5, when: 'after' }), 1);
    const kiosk = await recoverFully(run, []);
    await authenticated(kiosk);
    const kinds = await kiosk.until('choosingCertificate');
    expect(kinds.basketCount).toBe(0);
    expect(run.world.sheets.size).toBe(0);
    await kiosk.runner.stop();
  });
});
