/**
 * Any order, any loss, any repeat: at every moment the register equals the ordered replay of what counts by then, or what
 * rests on it is withheld. Histories and deliveries are made by fast-check; the center is the real one.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '#center/database/testDatabase.ts';
import { enterEvents, enterLoad } from '#center/registers/feedApi.ts';
import { applyDue } from '#center/registers/pending.ts';
import { readFedUntil } from '#center/registers/registerAges.ts';
import { addDays } from '#templates/civilTime.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { demoSeals } from '#simulators/municipality/seals.ts';
import { NOW, TODAY } from './harness.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const HOME = '992011' as MunicipalityCode;
const place = { municipality: HOME, register: 'seal' as const };
const MINUTE = 60_000;
const PEOPLE = ['one', 'two', 'three'] as const;
const [sample] = demoSeals(TODAY);
const door = (now: number) => ({
  db: database.db,
  canDraw: () => () => ({ kind: 'drawable' as const }),
  now,
});

/** What happens to a seal, in the source's order: registered anew, cancelled, ended. */
type Act = 'register' | 'cancel' | 'end';
interface SourceEvent {
  readonly seq: number;
  readonly who: string;
  readonly version: number;
  readonly effectiveAt: number;
  /** null: ended */
  readonly row: { readonly status: string; readonly registeredOn: string } | null;
}

/** A history that a municipality could have: a cancelled seal comes back as a later registration only. */
function historyOf(acts: readonly { who: number; act: Act; delay: number }[]): readonly SourceEvent[] {
  const days = new Map<string, number>();
  const versions = new Map<string, number>();
  const latest = new Map<string, number>();
  return acts.map(({ who: index, act, delay }, at) => {
    const who = PEOPLE[index]!;
    const version = (versions.get(who) ?? 1) + 1;
    versions.set(who, version);
    const day = (days.get(who) ?? 0) + (act === 'register' ? 1 : 0);
    days.set(who, day);
    // a source plans ahead, but never overtakes its own plan for the same person
    const effectiveAt = Math.max(NOW + delay * MINUTE, (latest.get(who) ?? 0) + 1);
    latest.set(who, effectiveAt);
    const registeredOn = addDays(TODAY, -100 + day);
    const row = act === 'end' ? null : { status: act === 'cancel' ? 'cancelled' : 'active', registeredOn };
    return { seq: at + 1, who, version, effectiveAt, row };
  });
}

const rowOf = ({ who, row }: SourceEvent) => ({
  ...sample!,
  residentId: who,
  ...row!,
  ...(row!.status === 'cancelled' && { cancelledOn: TODAY }),
});

function textOf(stream: string, events: readonly SourceEvent[], from: number, until: number): string {
  const header = { kind: 'events', stream, from, count: events.length, until: new Date(until).toISOString() };
  const lines = events.map((event) => ({
    seq: event.seq,
    entity: 'seal',
    version: event.version,
    effectiveAt: new Date(event.effectiveAt).toISOString(),
    ...(event.row ? { op: 'put', row: rowOf(event) } : { op: 'end', key: { residentId: event.who } }),
  }));
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}

const startRow = (who: string) => ({
  ...sample!,
  residentId: who,
  status: 'active',
  registeredOn: addDays(TODAY, -100),
});

/** Seals by person after the ordered replay of everything that counts by then. */
function replayed(history: readonly SourceEvent[], now: number): Record<string, string> {
  const state: Record<string, string> = Object.fromEntries(
    PEOPLE.map((who) => [who, `active ${addDays(TODAY, -100)}`]),
  );
  for (const { who, row, effectiveAt } of history) {
    if (effectiveAt > now) continue;
    if (row === null) delete state[who];
    else state[who] = `${row.status} ${row.registeredOn}`;
  }
  return state;
}

async function stateNow(): Promise<Record<string, string>> {
  const rows = await database.db.selectFrom('seal_registration').select(['resident_id', 'entry']).execute();
  return Object.fromEntries(
    rows.map(({ resident_id, entry }) => [resident_id, `${entry.status} ${entry.registeredOn}`]),
  );
}

const TABLES = [
  'register_stream',
  'register_event',
  'register_pending',
  'register_row',
  'seal_registration',
] as const;
async function begin(): Promise<string> {
  for (const table of TABLES) await database.db.deleteFrom(table).execute();
  const stream = randomUUID();
  const header = { kind: 'load', stream, seq: 0, count: PEOPLE.length, until: new Date(NOW).toISOString() };
  const lines = PEOPLE.map((who) => ({ entity: 'seal', version: 1, row: startRow(who) }));
  const text = [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
  expect(await enterLoad(door(NOW), place, [text])).toMatchObject({ kind: 'entered' });
  return stream;
}

const acts = fc.array(
  fc.record({
    who: fc.integer({ min: 0, max: PEOPLE.length - 1 }),
    // registering twice as often: an ended or cancelled seal shall come back now and then
    act: fc.constantFrom<Act>('register', 'register', 'cancel', 'end'),
    /** minutes from the start at which it counts: before, at once, or later */
    delay: fc.integer({ min: -60, max: 60 }),
  }),
  { minLength: 1, maxLength: 12 },
);
/** Deliveries: which stretch of the history is sent, in any order, with gaps, overlaps and repeats; and the clock. */
const deliveries = fc.array(
  fc.record({
    from: fc.integer({ min: 1, max: 12 }),
    count: fc.integer({ min: 0, max: 6 }),
    minutes: fc.integer({ min: 0, max: 30 }),
  }),
  { minLength: 1, maxLength: 14 },
);

describe('any order, any loss, any repeat', () => {
  it('the state equals the ordered replay of what counts by then, or the register is not known', async () => {
    let known = 0;
    let withheld = 0;
    await fc.assert(
      fc.asyncProperty(acts, deliveries, async (given, sent) => {
        const history = historyOf(given);
        const stream = await begin();
        let now = NOW;
        let until = NOW;
        for (const { from, count, minutes } of sent) {
          now += minutes * MINUTE;
          const stretch = history.filter(({ seq }) => seq >= from && seq < from + count);
          // the source says up to when everything is in the events it has numbered so far
          const isWhole = from + stretch.length - 1 >= history.length;
          if (isWhole) until = now;
          const start = Math.min(from, history.length + 1);
          const outcome = await enterEvents(door(now), place, [textOf(stream, stretch, start, until)]);
          expect(['entered', 'repeated', 'gap']).toContain(outcome.kind);
          await applyDue(database.db, HOME, now);
          const isKnown = (await readFedUntil(database.db, HOME, now)).has('seal');
          const { next_seq } = await database.db
            .selectFrom('register_stream')
            .select('next_seq')
            .executeTakeFirstOrThrow();
          // what was entered is a prefix of the history, replayed in order
          const prefix = history.slice(0, next_seq - 1);
          expect(await stateNow()).toEqual(replayed(prefix, now));
          if (outcome.kind === 'gap') expect(isKnown).toBe(false);
          if (isKnown) known += 1;
          else withheld += 1;
        }
        // once everything has come, in order, the register is known and the state is the source's
        const rest = enterEvents(door(now), place, [textOf(stream, history, 1, now)]);
        expect(['entered', 'repeated']).toContain((await rest).kind);
        await applyDue(database.db, HOME, now);
        expect((await readFedUntil(database.db, HOME, now)).has('seal')).toBe(true);
        expect(await stateNow()).toEqual(replayed(history, now));
      }),
      { numRuns: 60, seed: 20_261_126 },
    );
    // the histories reach both sides of the question
    expect(known).toBeGreaterThan(50);
    expect(withheld).toBeGreaterThan(50);
  }, 120_000);

  it('a seal cancelled or ended by then is never there while the register is known, whatever was replayed', async () => {
    await fc.assert(
      fc.asyncProperty(acts, deliveries, fc.boolean(), async (given, sent, otherContent) => {
        const history = historyOf(given);
        const stream = await begin();
        const heard = new Set<number>();
        for (const { from, count } of sent) {
          const stretch = history.filter(({ seq }) => seq >= from && seq < from + count);
          const start = Math.min(from, history.length + 1);
          stretch.forEach(({ seq }) => heard.add(seq));
          await enterEvents(door(NOW), place, [textOf(stream, stretch, start, NOW)]);
          // an old message with other words, as a broken link would send it
          if (otherContent && stretch[0]?.row) {
            const forged = { ...stretch[0], row: { ...stretch[0].row, registeredOn: addDays(TODAY, -7) } };
            await enterEvents(door(NOW), place, [textOf(stream, [forged], forged.seq, NOW)]);
          }
          if (!(await readFedUntil(database.db, HOME, NOW)).has('seal')) continue;
          const state = await stateNow();
          for (const event of history.filter(
            ({ seq, effectiveAt }) => heard.has(seq) && effectiveAt <= NOW,
          )) {
            const isLast = !history.some(
              ({ seq, who, effectiveAt }) =>
                who === event.who && seq > event.seq && heard.has(seq) && effectiveAt <= NOW,
            );
            if (isLast && event.row?.status !== 'active') {
              expect(state[event.who] ?? 'gone').not.toMatch(/^active/);
            }
          }
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  }, 120_000);
});
