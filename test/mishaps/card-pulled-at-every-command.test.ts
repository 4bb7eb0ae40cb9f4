import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CardFault } from '#simulators/card/faults.ts';
import { readCardFile, writeCardFile } from '#simulators/card/cardFile.ts';
import type { ApduTrace } from '#simulators/card/vpcdClient.ts';
import { nextResidentLooksIn } from './aftermath.ts';
import { journalOf } from './invariants.ts';
import { resident, walk, type Resident } from './resident.ts';
import { startStand, type Stand } from './stand.ts';
import { cancelVisit } from './cancel.ts';

const CARD = 'taro';
const WRONG_PIN = '9999';
/** SELECT, READ BINARY, VERIFY, PSO:COMPUTE DIGITAL SIGNATURE */
const [SELECT, READ, VERIFY, SIGN] = ['a4', 'b0', '20', '2a'];
/** Which card, whose certificate, how many tries; then PIN and signature. The certificate takes seven READs. */
// prettier-ignore
const COMMANDS = [
  SELECT, SELECT, READ, SELECT, READ, READ, READ, READ, READ, READ, READ, READ, SELECT, VERIFY,
  SELECT, VERIFY, SELECT, SIGN,
];
const ENTRY = COMMANDS.lastIndexOf(VERIFY) + 1;

let stand: Stand;
let trace: ApduTrace[] = [];
beforeAll(async () => {
  stand = await startStand();
}, 90_000);
afterAll(() => stand.stop(), 60_000);

/** A card with all its tries. */
beforeEach(async () => {
  trace = [];
  const file = await stand.stack.shelf.fileOf(CARD);
  writeCardFile(file, { ...readCardFile(file), counters: {} });
});

const triesLeft = async (): Promise<number> =>
  readCardFile(await stand.stack.shelf.fileOf(CARD)).counters['jpki-0018'] ?? 3;
/** VERIFYs that carried a PIN, whether the card came to execute them or not. */
const verifies = (): ApduTrace[] => trace.filter(({ ins, lc }) => ins === VERIFY && lc > 0);
const who = (faults: readonly CardFault[], wish: Partial<Resident> = {}): Resident =>
  resident(CARD, { faults, onApdu: (apdu) => void trace.push(apdu), ...wish });

async function leaves(): Promise<void> {
  await cancelVisit(stand);
  await stand.stack.shelf.remove();
}

describe('the card', () => {
  it('is asked exactly these commands in a visit', async () => {
    await walk(stand, who([]), ({ at }) => at === 'choosingCertificate');
    expect(trace.map(({ ins }) => ins)).toEqual(COMMANDS);
    expect(verifies()).toHaveLength(1);
    await leaves();
  });
});

const numbers = COMMANDS.map((ins, index) => ({ nth: index + 1, ins }));
describe.each(['before', 'answer lost'] as const)('the card is pulled, %s', (moment) => {
  it.each(numbers)('at command $nth (INS $ins)', async ({ nth }) => {
    const rows = journalOf(stand).length;
    const pin = nth <= ENTRY ? WRONG_PIN : resident(CARD).pin;
    const pull = { kind: 'pull', when: { kind: 'nth', nth }, moment } as const;
    const told = await walk(stand, who([pull], { pin }), ({ at }) => at === 'notice');
    expect(told).toMatchObject({ at: 'notice', notice: 'CARD-05' });
    expect(trace).toHaveLength(nth);
    expect(verifies()).toHaveLength(nth < ENTRY ? 0 : 1);
    const spent = nth === ENTRY && moment === 'answer lost' ? 1 : 0;
    expect(await triesLeft()).toBe(3 - spent);
    expect(journalOf(stand)).toHaveLength(rows);
    stand.screen().send({ type: 'noticeRead' });
    await stand.sees('the place for the card', ({ at }) => at === 'awaitingCard');
    await leaves();
  });
});

describe('one entry, one VERIFY', () => {
  const entry = { kind: 'instruction', instruction: 0x20, occurrence: 2 } as const;
  const answers: readonly (readonly [string, CardFault])[] = [
    ['6F00', { kind: 'replace', when: entry, bytes: Uint8Array.of(0x6f, 0x00) }],
    [
      '6C04, which asks for the command again',
      { kind: 'replace', when: entry, bytes: Uint8Array.of(0x6c, 4) },
    ],
    ['6104, which offers data', { kind: 'replace', when: entry, bytes: Uint8Array.of(0x61, 4) }],
    ['6982', { kind: 'replace', when: entry, bytes: Uint8Array.of(0x69, 0x82) }],
    ['half a status word', { kind: 'truncate', when: entry, bytes: 1 }],
    ['nothing in time', { kind: 'silent', when: entry }],
  ];
  it.each(answers)('answered with %s: the visit is told, nothing is sent again', async (_answer, fault) => {
    await walk(stand, who([fault], { pin: WRONG_PIN }), ({ at }) => at === 'notice');
    expect(verifies()).toHaveLength(1);
    expect(await triesLeft()).toBe(2);
    stand.screen().send({ type: 'noticeRead' });
    await stand.sees('where the card is taken', ({ at }) => at === 'awaitingCard' || at === 'returningCard');
    await leaves();
  });

  it('a finger that touches twice enters once', async () => {
    const seen = await walk(stand, who([]), ({ at }) => at === 'enteringPin');
    expect(seen).toMatchObject({ triesLeft: 3 });
    const { sequence } = stand.screen().latest();
    for (let touch = 0; touch < 5; touch += 1)
      stand.screen().send({ type: 'enterPin', pin: WRONG_PIN }, sequence);
    await stand.sees('the next entry', (view) => view.at === 'enteringPin' && view.wrong);
    expect(verifies()).toHaveLength(1);
    expect(await triesLeft()).toBe(2);
    await leaves();
  });

  it('a card lifted while the center is asked keeps all its tries', async () => {
    await walk(stand, who([]), ({ at }) => at === 'enteringPin');
    const hold = await stand.holdTable('session');
    stand.screen().send({ type: 'enterPin', pin: WRONG_PIN });
    await hold.waitedFor();
    await stand.stack.shelf.remove();
    const told = await stand.sees('the notice', ({ at }) => at === 'notice');
    await hold.release();
    expect(told).toMatchObject({ notice: 'CARD-05' });
    stand.screen().send({ type: 'noticeRead' });
    await stand.sees('the place for the card', ({ at }) => at === 'awaitingCard');
    await leaves();
    await nextResidentLooksIn(stand);
    expect(verifies()).toHaveLength(0);
    expect(await triesLeft()).toBe(3);
  });

  it('a card put back after it was pulled during the signature needs a new entry', async () => {
    const pull = { kind: 'pull', when: { kind: 'instruction', instruction: 0x2a } } as const;
    await walk(stand, who([pull]), ({ at }) => at === 'notice');
    trace = [];
    stand.screen().send({ type: 'noticeRead' });
    await walk(stand, who([]), ({ at }) => at === 'enteringPin');
    expect(verifies()).toHaveLength(0);
    await walk(stand, who([]), ({ at }) => at === 'choosingCertificate');
    expect(verifies()).toHaveLength(1);
    await leaves();
  });
});
