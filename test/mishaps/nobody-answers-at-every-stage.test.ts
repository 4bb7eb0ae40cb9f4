import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ViewMessage } from '#agent/contract/deviceLink.ts';
import { comesToRest, nextResidentLooksIn, whatDoesNotHold } from './aftermath.ts';
import { until } from './conditions.ts';
import { before } from './invariants.ts';
import { resident } from './resident.ts';
import { stages } from './stages.ts';
import { startStand, type Stand } from './stand.ts';

const WHO = resident('six-person-household', { copies: 2, extent: 'whole' });
const CELL_LIMIT_MS = 60_000;
/** Short enough to wait for, long enough for a busy machine to get to the next touch. */
const SETTINGS = {
  stillThereAfterMs: 2_500,
  stillThereForMs: 700,
  readingLimitMs: 1_200,
  authenticatingLimitMs: 3_000,
  preparingLimitMs: 3_000,
  noticeForMs: 700,
};
/** What the resident finds written when the time is over; null: nothing but the first screen. */
const TOLD: Readonly<Record<string, string | null>> = {
  awaitingCard: 'CARD-08',
  readingCard: 'CARD-01',
  enteringPin: 'TIME-01',
  authenticating: 'AUTH-02',
  returningCard: 'TIME-01',
  choosingMunicipality: 'TIME-01',
  choosingCertificate: 'TIME-01',
  choosingOptions: 'TIME-01',
  basket: 'TIME-01',
  preparing: 'CENT-01',
  confirming: 'TIME-01',
  'paying, nothing in': 'PAY-02',
  'paying, half in': 'PAY-02',
  collecting: null,
};
/** Work, not a resident, keeps these waiting: nobody is asked whether somebody is there. */
const UNASKED = ['readingCard', 'authenticating', 'preparing'];

let stand: Stand;
beforeAll(async () => {
  stand = await startStand({ VISIT_SETTINGS: JSON.stringify(SETTINGS) });
}, 90_000);
afterAll(() => stand.stop(), 60_000);

const isAsked = ({ frame }: ViewMessage): boolean => frame.asking === 'still-there';

describe('nobody touches anything', () => {
  it.each(stages.filter(({ name }) => name in TOLD))(
    'at $name: asked, told, and the first screen again',
    async ({ name, reach }) => {
      const was = await before(stand);
      const { release } = await reach(stand, WHO);
      const first = stand.shown.length;
      await stand.sees('the idle screen', ({ at }) => at === 'idle');
      await release();
      const later = stand.shown.slice(first - 1);
      const notices = later.flatMap(({ view }) => (view.at === 'notice' ? [view.notice] : []));
      expect([...new Set(notices)]).toEqual([TOLD[name]].filter((notice) => notice !== null));
      expect(later.some(isAsked)).toBe(!UNASKED.includes(name));
      await comesToRest(stand, WHO);
      await nextResidentLooksIn(stand);
      expect(await whatDoesNotHold(stand, was, WHO)).toEqual([]);
    },
    CELL_LIMIT_MS,
  );

  it(
    'while paper moves: time alone ends nothing, and paper left in the tray is paid paper',
    async () => {
      const was = await before(stand);
      const printing = stages.find(({ at }) => at === 'printing')!;
      const { release } = await printing.reach(stand, WHO);
      const first = stand.shown.length;
      const end = stand.stack.clock() + SETTINGS.stillThereAfterMs + SETTINGS.stillThereForMs + 500;
      await until('more time than any screen has', () => stand.stack.clock() > end);
      expect(stand.view().at).toBe('printing');
      expect(stand.shown.slice(first).some(isAsked)).toBe(false);
      await release();
      await stand.sees('the idle screen', ({ at }) => at === 'idle');
      await nextResidentLooksIn(stand);
      expect(await whatDoesNotHold(stand, was, WHO)).toEqual([]);
      expect(stand.stack.printer.printer.jobs.slice(was.jobs).map(({ sheets }) => sheets)).toEqual([2, 2, 1]);
    },
    CELL_LIMIT_MS,
  );
});
