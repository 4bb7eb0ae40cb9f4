import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { comesToRest, nextResidentLooksIn, standsReady, whatDoesNotHold } from './aftermath.ts';
import { cancelVisit } from './cancel.ts';
import { before, certificateJobs } from './invariants.ts';
import { resident, walk } from './resident.ts';
import { stages, type Stage } from './stages.ts';
import { startStand, type Stand } from './stand.ts';

const WHO = resident('six-person-household', { copies: 2, extent: 'whole' });
const CELL_LIMIT_MS = 60_000;
/** Paper that moves cannot be called back. */
const NO_CANCEL = ['printing', 'collecting'];
/** Paid: money and paper decide who was faster. */
const isRace = ({ name }: Stage): boolean => name === 'paying, just paid';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand();
}, 90_000);
afterAll(() => stand.stop(), 60_000);
beforeEach(() => standsReady(stand, WHO), 60_000);

const leavable = stages.filter((stage) => !NO_CANCEL.includes(stage.at) && !isRace(stage));
const bound = stages.filter(({ at }) => NO_CANCEL.includes(at));

describe('cancel', () => {
  it.each(leavable)(
    'at $name ends the visit: nothing taken, nothing kept',
    async ({ reach }) => {
      const was = await before(stand);
      const { release } = await reach(stand, WHO);
      await cancelVisit(stand);
      await release();
      expect(await comesToRest(stand, WHO)).toEqual([]);
      await nextResidentLooksIn(stand);
      expect(await whatDoesNotHold(stand, was, WHO)).toEqual([]);
      expect(stand.stack.printer.printer.jobs).toHaveLength(was.jobs);
    },
    CELL_LIMIT_MS,
  );

  it.each(bound)(
    'at $name is not offered, and a forged one does nothing',
    async ({ reach }) => {
      const was = await before(stand);
      const { release } = await reach(stand, WHO);
      const screen = stand.screen();
      expect(screen.latest().frame).toMatchObject({ mayCancel: false, mayGoBack: false });
      for (const type of ['cancel', 'cancelConfirmed', 'back'] as const) screen.send({ type });
      await release();
      await walk(stand, WHO, ({ at }) => at === 'collecting');
      expect(await comesToRest(stand, WHO)).toEqual([]);
      await nextResidentLooksIn(stand);
      expect(await whatDoesNotHold(stand, was, WHO)).toEqual([]);
      expect(certificateJobs(stand, was.jobs)).toHaveLength(2);
    },
    CELL_LIMIT_MS,
  );

  it(
    'in the same moment as the last coin: paper or money, never neither',
    async () => {
      const was = await before(stand);
      await stages.find(({ name }) => name === 'paying, nothing in')!.reach(stand, WHO);
      const screen = stand.screen();
      screen.send({ type: 'cancel' });
      await stand.sees('the question', () => screen.latest().frame.asking === 'cancel');
      screen.send({ type: 'cancelConfirmed' });
      stand.coins().mechanism.payRest();
      expect(await comesToRest(stand, WHO)).toEqual([]);
      await nextResidentLooksIn(stand);
      expect(await whatDoesNotHold(stand, was, WHO)).toEqual([]);
    },
    CELL_LIMIT_MS,
  );

  it('that is dismissed changes nothing', async () => {
    const was = await before(stand);
    await walk(stand, WHO, ({ at }) => at === 'confirming');
    const screen = stand.screen();
    screen.send({ type: 'cancel' });
    await stand.sees('the question', () => screen.latest().frame.asking === 'cancel');
    screen.send({ type: 'cancelDismissed' });
    await stand.sees('the screen of before', () => screen.latest().frame.asking === null);
    await walk(stand, WHO, ({ at }) => at === 'collecting');
    await comesToRest(stand, WHO);
    expect(await whatDoesNotHold(stand, was, WHO)).toEqual([]);
  });

  it('that was never asked for is not confirmed', async () => {
    await walk(stand, WHO, ({ at }) => at === 'choosingCertificate');
    stand.screen().send({ type: 'cancelConfirmed' });
    await walk(stand, WHO, ({ at }) => at === 'basket');
    await cancelVisit(stand);
  });
});

describe('the card', () => {
  it.each(['readingCard', 'enteringPin', 'authenticating'])(
    'lifted at %s ends with CARD-05',
    async (name) => {
      const was = await before(stand);
      const { release } = await stages.find((stage) => stage.name === name)!.reach(stand, WHO);
      await stand.stack.shelf.remove();
      const told = await stand.sees('the notice', ({ at }) => at === 'notice');
      await release();
      expect(told).toMatchObject({ notice: 'CARD-05' });
      stand.screen().send({ type: 'noticeRead' });
      await stand.sees('the place for the card', ({ at }) => at === 'awaitingCard');
      await cancelVisit(stand);
      await nextResidentLooksIn(stand);
      expect(await whatDoesNotHold(stand, was, WHO)).toEqual([]);
    },
    CELL_LIMIT_MS,
  );

  it.each(['choosingCertificate', 'confirming', 'paying, nothing in', 'printing, no sheet out'])(
    'of somebody else laid down at %s changes nothing: the documents are those of the first',
    async (name) => {
      const was = await before(stand);
      const { release } = await stages.find((stage) => stage.name === name)!.reach(stand, WHO);
      await stand.stack.shelf.insert('taro');
      await release();
      await walk(stand, WHO, ({ at }) => at === 'collecting');
      await comesToRest(stand, WHO);
      await nextResidentLooksIn(stand);
      expect(await whatDoesNotHold(stand, was, WHO)).toEqual([]);
      expect(certificateJobs(stand, was.jobs)).toHaveLength(2);
    },
    CELL_LIMIT_MS,
  );
});
