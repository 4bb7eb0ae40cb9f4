import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoRegisters } from '#simulators/municipality/residents.ts';
import { civilMoment } from '#templates/civilTime.ts';
import type { View } from '#agent/contract/deviceLink.ts';
import { comesToRest, nextResidentLooksIn, whatDoesNotHold } from './aftermath.ts';
import { cancelVisit } from './cancel.ts';
import { until } from './conditions.ts';
import { before, certificateJobs, fingerprintOf } from './invariants.ts';
import { resident, walk, type Resident } from './resident.ts';
import { startSecondKiosk } from './secondKiosk.ts';
import { stages } from './stages.ts';
import { DEMO_NOW, startStand, type Stand } from './stand.ts';

/** Both see names on the screen while they choose whom the copy shall show. */
const FIRST = resident('six-person-household', { extent: 'part' });
const NEXT = resident('three-generations', { extent: 'part' });
const CELL_LIMIT_MS = 60_000;

let stand: Stand;
beforeAll(async () => {
  stand = await startStand();
}, 90_000);
afterAll(() => stand.stop(), 60_000);

/** Every text of the household's record that could stand on a screen. */
function namesOf({ card }: Resident): string[] {
  const { residents } = demoRegisters(civilMoment(DEMO_NOW).date);
  const own = residents.find(({ residentId }) => residentId === card.residentId);
  return residents.filter(({ householdId }) => householdId === own?.householdId).map(({ name }) => name);
}
const shownTo = (from: number): string => JSON.stringify(stand.shown.slice(from).map(({ view }) => view));

async function nextVisit(): Promise<void> {
  const was = await before(stand);
  const from = stand.shown.length;
  const { printer } = stand.stack.printer;
  await walk(stand, NEXT, ({ at }) => at === 'awaitingCard');
  expect(printer.jobs.filter(({ state }) => state.startsWith('p'))).toEqual([]);
  await walk(stand, NEXT, ({ at }) => at === 'collecting');
  await comesToRest(stand, NEXT);
  await nextResidentLooksIn(stand);
  expect(await whatDoesNotHold(stand, was, NEXT)).toEqual([]);
  const seen = shownTo(from);
  expect(namesOf(NEXT).some((name) => seen.includes(name))).toBe(true);
  expect(namesOf(FIRST).filter((name) => seen.includes(name))).toEqual([]);
  expect(printer.jobs.slice(was.jobs).map(({ sides }) => sides)).toEqual(['two-sided', 'one-sided']);
}

const ways = ['cancels', 'is cut off by a power cut'] as const;
const places = ['choosingCertificate', 'basket', 'preparing', 'confirming', 'paying, half in'];

describe.each(ways)('the one before %s', (way) => {
  it.each(places)(
    'at %s: the next resident sees and receives nothing of it',
    async (name) => {
      const was = await before(stand);
      const from = stand.shown.length;
      const { release } = await stages.find((stage) => stage.name === name)!.reach(stand, FIRST);
      if (name === 'basket') expect(namesOf(FIRST).some((each) => shownTo(from).includes(each))).toBe(true);
      await stand.stack.shelf.remove();
      if (way === 'cancels') await cancelVisit(stand);
      else await stand.breaks('agent');
      await release();
      if (way !== 'cancels') await stand.mends('agent');
      await comesToRest(stand, FIRST);
      await nextVisit();
      expect(certificateJobs(stand, was.jobs)).toHaveLength(1);
    },
    CELL_LIMIT_MS,
  );
});

describe('a document of the one before', () => {
  it(
    'that waits at a jammed printer is cancelled, not printed for the next',
    async () => {
      const { printer } = stand.stack.printer;
      const was = await before(stand);
      const { release } = await stages.find(({ at }) => at === 'printing')!.reach(stand, FIRST);
      await stand.breaks('agent');
      printer.jam();
      await release();
      await stand.mends('agent');
      printer.clear();
      await comesToRest(stand, FIRST);
      const [first] = printer.jobs.slice(was.jobs);
      expect(first).toMatchObject({ state: 'canceled', sheets: 0 });
      await nextVisit();
    },
    CELL_LIMIT_MS,
  );

  it(
    'is paper in the hands of the clerk before the next can begin',
    async () => {
      const was = await before(stand);
      const { release } = await stages
        .find(({ name }) => name === 'printing, no sheet out')!
        .reach(stand, FIRST);
      await stand.breaks('agent');
      await release();
      await until('the sheets of the first', () =>
        stand.stack.printer.printer.jobs.slice(was.jobs).every(({ state }) => state === 'completed'),
      );
      await stand.mends('agent');
      expect(stand.view()).toMatchObject({ at: 'askingAttendant', notice: 'KIOS-03' });
      stand.screen().send({ type: 'start' });
      expect(await comesToRest(stand, FIRST)).toEqual(['handed-over']);
      await nextVisit();
    },
    CELL_LIMIT_MS,
  );
});

/** Same name, same birth date, two persons: nothing but the card tells them apart. */
const TWINS = [resident('same-name-1', { copies: 3 }), resident('same-name-2', { copies: 3 })] as const;
const ROUNDS = 15;

describe('two kiosks in the same millisecond', () => {
  it('each prints its own holder, and only that', async () => {
    const second = await startSecondKiosk(stand);
    try {
      const both = [
        { kiosk: stand, who: TWINS[0], was: await before(stand) },
        { kiosk: second, who: TWINS[1], was: await before(second) },
      ];
      const bothSee = (stop: (view: View) => boolean) =>
        Promise.all(both.map(({ kiosk, who }) => walk(kiosk, who, stop)));
      await bothSee(({ at }) => at === 'basket');
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const { kiosk } of both) kiosk.screen().send({ type: 'goOn' });
        await bothSee(({ at }) => at === 'confirming');
        for (const { kiosk } of both) kiosk.screen().send({ type: 'back' });
        await bothSee(({ at }) => at === 'basket');
      }
      await bothSee(({ at }) => at === 'collecting');
      await Promise.all(both.map(({ kiosk, who }) => comesToRest(kiosk, who)));
      for (const { kiosk, who, was } of both) {
        const printed = certificateJobs(kiosk, was.jobs);
        await until('three confirmations', async () => (await printedRows(kiosk, who)).length === 3);
        expect(new Set(printed.map(({ sha256 }) => sha256))).toEqual(
          new Set((await printedRows(kiosk, who)).map(({ document_sha256 }) => document_sha256)),
        );
      }
      const all = both.flatMap(({ kiosk, was }) => certificateJobs(kiosk, was.jobs));
      expect(new Set(all.map(({ sha256 }) => sha256)).size).toBe(6);
      expect(await stand.stack.db.selectFrom('alarm').selectAll().execute()).toEqual([]);
      await madeForTheirOwn(both);
    } finally {
      await second.stop();
    }
  }, 120_000);
});

async function printedRows(kiosk: Stand, { card }: Resident) {
  return stand.stack.db
    .selectFrom('certificate')
    .selectAll()
    .where('holder_fingerprint', '=', await fingerprintOf(kiosk, card))
    .where('state', '=', 'printed')
    .execute();
}

/** All 2 x (15 + 1) x 3 certificates, printed or given up: session, kiosk and holder fit each other. */
async function madeForTheirOwn(both: readonly { readonly kiosk: Stand; readonly who: Resident }[]) {
  for (const { kiosk, who } of both) {
    const rows = await stand.stack.db
      .selectFrom('certificate')
      .innerJoin('session', 'session.id', 'certificate.session_id')
      .select(['certificate.kiosk_id', 'session.kiosk_id as session_kiosk', 'session.resident_id'])
      .where('certificate.holder_fingerprint', '=', await fingerprintOf(kiosk, who.card))
      .execute();
    expect(rows).toHaveLength((ROUNDS + 1) * 3);
    expect(new Set(rows.map(({ kiosk_id }) => kiosk_id)).size).toBe(1);
    expect(rows.every((row) => row.kiosk_id === row.session_kiosk)).toBe(true);
    expect(rows.every((row) => row.resident_id === who.card.residentId)).toBe(true);
  }
}
