import { describe, expect, it } from 'vitest';
import type { Manifest } from '#center/contract/kioskApi.ts';
import type { ViewAt } from '../contract/deviceLink.ts';
import { makeWorld, moneyKept } from '../transaction/testDevices.ts';
import { CITY, makeCenterState, OTHER_CITY, smallPdf } from './testCenter.ts';
import { authenticated, makeTestKiosk, ordered, RIGHT_PIN, settled } from './testKiosk.ts';
import type { Given, TestKiosk } from './testKiosk.ts';

/** Brings a kiosk to each stage before the first yen, in the order of the visit. */
const STAGES: Readonly<Record<string, (kiosk: TestKiosk) => Promise<void>>> = {
  consent: async (kiosk) => {
    await kiosk.until('idle');
    kiosk.touch({ type: 'start' });
  },
  awaitingCard: async (kiosk) => {
    await STAGES.consent?.(kiosk);
    kiosk.touch({ type: 'agree' });
  },
  enteringPin: async (kiosk) => {
    await STAGES.awaitingCard?.(kiosk);
    kiosk.desk.put();
    await kiosk.until('enteringPin');
  },
  returningCard: async (kiosk) => {
    await STAGES.enteringPin?.(kiosk);
    kiosk.touch({ type: 'enterPin', pin: RIGHT_PIN });
    await kiosk.until('returningCard');
  },
  choosingCertificate: async (kiosk) => {
    await authenticated(kiosk);
    await kiosk.until('choosingCertificate');
  },
  choosingOptions: async (kiosk) => {
    await STAGES.choosingCertificate?.(kiosk);
    kiosk.touch({ type: 'chooseKind', kind: 'resident-record-copy' });
  },
  basket: async (kiosk) => {
    await STAGES.choosingOptions?.(kiosk);
    for (const _question of [1, 2, 3]) kiosk.touch({ type: 'goOn' });
    await kiosk.until('basket');
  },
  confirming: async (kiosk) => {
    await ordered(kiosk);
    await kiosk.until('confirming');
  },
};
const STAGE_NAMES = Object.keys(STAGES) as ViewAt[];

async function started(given: Given = {}): Promise<TestKiosk> {
  const kiosk = makeTestKiosk(given);
  await kiosk.runner.start();
  return kiosk;
}
async function at(stage: ViewAt, given: Given = {}): Promise<TestKiosk> {
  const kiosk = await started(given);
  await STAGES[stage]?.(kiosk);
  await kiosk.until(stage);
  return kiosk;
}
async function expectNothingHappened(kiosk: TestKiosk): Promise<void> {
  await settled();
  await settled();
  expect(moneyKept(kiosk.world)).toBe(0);
  expect(kiosk.world.sheets.size).toBe(0);
  expect(kiosk.journal.openRows()).toEqual([]);
  expect([...kiosk.center.ledger.values()].every((state) => state === 'void')).toBe(true);
  expect(kiosk.desk.connections).toBe(0);
  await kiosk.runner.stop();
}
async function noticed(kiosk: TestKiosk, code: string): Promise<void> {
  expect((await kiosk.until('notice')).notice).toBe(code);
}

describe('cancel', () => {
  it.each(STAGE_NAMES)('at %s asks once, then nothing is kept', async (stage) => {
    const kiosk = await at(stage);
    kiosk.touch({ type: 'cancel' });
    expect(kiosk.latest().frame.asking).toBe('cancel');
    kiosk.touch({ type: 'cancelDismissed' });
    expect(kiosk.latest().view.at).toBe(stage);
    kiosk.touch({ type: 'cancel' });
    kiosk.touch({ type: 'cancelConfirmed' });
    await kiosk.until('idle');
    await expectNothingHappened(kiosk);
  });

  it('while paying gives the money back', async () => {
    const kiosk = await at('confirming', { world: makeWorld({ charge: 'until-cancelled' }) });
    kiosk.touch({ type: 'confirm' });
    await kiosk.until('paying');
    await settled();
    kiosk.touch({ type: 'cancel' });
    kiosk.touch({ type: 'cancelConfirmed' });
    await noticed(kiosk, 'PAY-01');
    await expectNothingHappened(kiosk);
  });
});

describe('nobody there', () => {
  it.each(STAGE_NAMES)('at %s asks after 45 s, counts 30 s down, then ends', async (stage) => {
    const kiosk = await at(stage);
    await kiosk.pass(44_000);
    expect(kiosk.latest().frame.asking).toBeNull();
    await kiosk.pass(1_500);
    expect(kiosk.latest().frame).toMatchObject({ asking: 'still-there', secondsLeft: 30 });
    await kiosk.pass(20_000);
    expect(kiosk.latest().frame.secondsLeft).toBeLessThanOrEqual(11);
    await kiosk.pass(15_000);
    if (stage === 'consent') await kiosk.until('idle');
    else await noticed(kiosk, stage === 'awaitingCard' ? 'CARD-08' : 'TIME-01');
    await kiosk.pass(60_000);
    await kiosk.until('idle');
    await expectNothingHappened(kiosk);
  });

  it('is answered by a touch: the visit goes on', async () => {
    const kiosk = await at('choosingCertificate');
    await kiosk.pass(46_000);
    kiosk.touch({ type: 'stillHere' });
    expect(kiosk.latest().frame.asking).toBeNull();
    await kiosk.pass(44_000);
    expect(kiosk.latest()).toMatchObject({ view: { at: 'choosingCertificate' }, frame: { asking: null } });
    await kiosk.runner.stop();
  });

  it('while paying is asked too, then the terminal gives the money back', async () => {
    const kiosk = await at('confirming', { world: makeWorld({ charge: 'until-cancelled' }) });
    kiosk.touch({ type: 'confirm' });
    await kiosk.until('paying');
    await settled();
    await kiosk.pass(46_000);
    expect(kiosk.latest().frame.asking).toBe('still-there');
    await kiosk.pass(31_000);
    await noticed(kiosk, 'PAY-02');
    await expectNothingHappened(kiosk);
  });

  it('takes the paper screen away only after asking', async () => {
    const kiosk = await at('confirming');
    kiosk.touch({ type: 'confirm' });
    await kiosk.until('collecting');
    await kiosk.pass(46_000);
    expect(kiosk.latest()).toMatchObject({ view: { at: 'collecting' }, frame: { asking: 'still-there' } });
    await kiosk.pass(31_000);
    await kiosk.until('idle');
    await kiosk.runner.stop();
  });
});

describe('card', () => {
  it.each(['readHolder', 'verifyPin', 'signChallenge'] as const)(
    'pulled during %s ends with CARD-05',
    async (step) => {
      const kiosk = await started();
      kiosk.desk.pulledDuring = step;
      await STAGES.awaitingCard?.(kiosk);
      kiosk.desk.put();
      if (step !== 'readHolder') {
        await kiosk.until('enteringPin');
        kiosk.touch({ type: 'enterPin', pin: RIGHT_PIN });
      }
      await noticed(kiosk, 'CARD-05');
      kiosk.touch({ type: 'noticeRead' });
      expect(kiosk.latest().view.at).toBe('awaitingCard');
      kiosk.desk.pulledDuring = null;
      kiosk.desk.put();
      await kiosk.until('enteringPin');
      kiosk.desk.take();
      await noticed(kiosk, 'CARD-05');
      await expectNothingHappened(kiosk);
    },
  );

  it('with a wrong PIN shows the tries left, and the third locks it', async () => {
    const kiosk = await at('enteringPin');
    kiosk.touch({ type: 'enterPin', pin: '0000' });
    await settled();
    expect(kiosk.latest().view).toEqual({ at: 'enteringPin', triesLeft: 2, wrong: true });
    kiosk.touch({ type: 'enterPin', pin: '0000' });
    await settled();
    expect(kiosk.latest().view).toEqual({ at: 'enteringPin', triesLeft: 1, wrong: true });
    kiosk.touch({ type: 'enterPin', pin: '0000' });
    expect(await kiosk.until('notice')).toMatchObject({ notice: 'CARD-04', triesLeft: 0 });
    expect(kiosk.desk.pins.length).toBe(3);
    expect(kiosk.desk.pins.every((pin) => pin.every((byte) => byte === 0))).toBe(true);
    await expectNothingHappened(kiosk);
  });

  it('forgotten by the one before is not read for the next', async () => {
    const kiosk = await at('enteringPin');
    kiosk.touch({ type: 'cancel' });
    kiosk.touch({ type: 'cancelConfirmed' });
    await STAGES.awaitingCard?.(kiosk);
    await settled();
    expect(kiosk.latest().view.at).toBe('returningCard');
    kiosk.desk.take();
    expect(kiosk.latest().view.at).toBe('awaitingCard');
    kiosk.desk.put();
    await kiosk.until('enteringPin');
    await kiosk.runner.stop();
  });

  it('has to be taken back before anything is chosen', async () => {
    const kiosk = await at('returningCard');
    await settled();
    expect(kiosk.latest().view.at).toBe('returningCard');
    kiosk.desk.take();
    await kiosk.until('choosingCertificate');
    await kiosk.runner.stop();
  });
});

describe('center', () => {
  it.each([
    ['openSession', 'CENT-01'],
    ['authenticate', 'CENT-01'],
    ['offer', 'CENT-01'],
    ['prepare', 'CENT-01'],
  ] as const)('unreachable at %s: %s, nothing taken', async (call, code) => {
    const kiosk = await started();
    kiosk.center.unreachable.add(call);
    await STAGES.enteringPin?.(kiosk);
    kiosk.touch({ type: 'enterPin', pin: RIGHT_PIN });
    if (call === 'offer' || call === 'prepare') {
      await kiosk.until('returningCard');
      kiosk.desk.take();
    }
    if (call === 'prepare') {
      await kiosk.until('choosingCertificate');
      kiosk.touch({ type: 'chooseKind', kind: 'resident-record-copy' });
      for (const _question of [1, 2, 3]) kiosk.touch({ type: 'goOn' });
      kiosk.touch({ type: 'goOn' });
    }
    await noticed(kiosk, code);
    // the PIN is not spent while nobody can accept the signature
    if (call === 'openSession') expect(kiosk.desk.pins).toEqual([]);
    kiosk.touch({ type: 'noticeRead' });
    await kiosk.until('idle');
    await expectNothingHappened(kiosk);
  });

  it('unreachable at confirm: the resident has the paper, the confirmation follows when it is back', async () => {
    const kiosk = await at('confirming');
    kiosk.center.unreachable.add('confirm');
    kiosk.touch({ type: 'confirm' });
    await kiosk.until('collecting');
    await settled();
    expect([...kiosk.center.ledger.values()]).toEqual(['prepared']);
    kiosk.center.unreachable.delete('confirm');
    await kiosk.pass(5_000);
    expect([...kiosk.center.ledger.values()]).toEqual(['printed']);
    expect(kiosk.journal.openRows()).toEqual([]);
    await kiosk.runner.stop();
  });

  it('down at start: out of service, and back by itself', async () => {
    const center = makeCenterState();
    center.unreachable.add('service');
    const kiosk = await started({ center });
    expect(kiosk.latest().view).toEqual({ at: 'outOfService', notice: 'CENT-01' });
    center.unreachable.clear();
    await kiosk.pass(15_000);
    await kiosk.until('idle');
    await kiosk.runner.stop();
  });

  it('refusing what was chosen leads back to the basket', async () => {
    const kiosk = await at('basket');
    kiosk.center.refusals.set('prepare', 'DESK-01');
    kiosk.touch({ type: 'goOn' });
    await noticed(kiosk, 'DESK-01');
    kiosk.touch({ type: 'noticeRead' });
    await kiosk.until('basket');
    await kiosk.runner.stop();
  });

  it('withholding a kind says why and leads back to the kinds', async () => {
    const kiosk = await at('choosingCertificate');
    kiosk.touch({ type: 'chooseKind', kind: 'seal-registration-certificate' });
    expect(await kiosk.until('notice')).toMatchObject({ notice: 'RULE-02', about: '印鑑登録証明書' });
    kiosk.touch({ type: 'noticeRead' });
    await kiosk.until('choosingCertificate');
    await kiosk.runner.stop();
  });
});

describe('devices before the first yen', () => {
  it('printer without paper: PRNT-01, the certificates are voided', async () => {
    const kiosk = await at('confirming');
    kiosk.world.printerReady = false;
    kiosk.touch({ type: 'confirm' });
    await noticed(kiosk, 'PRNT-01');
    await expectNothingHappened(kiosk);
  });

  it('terminal full: PAY-03', async () => {
    const kiosk = await at('confirming');
    kiosk.world.terminalReady = false;
    kiosk.touch({ type: 'confirm' });
    await noticed(kiosk, 'PAY-03');
    await expectNothingHappened(kiosk);
  });

  it('found not ready while the resident reads the consent: told before the card is asked for', async () => {
    const kiosk = await started();
    kiosk.world.printerReady = false;
    await STAGES.consent?.(kiosk);
    await noticed(kiosk, 'PRNT-01');
    await expectNothingHappened(kiosk);
  });
});

describe('a document that does not fit', () => {
  const other = smallPdf(2, 'another person');
  it.each([
    ['another document', () => ({ document: other })],
    [
      'another session',
      (manifest: Manifest) => ({ manifest: { ...manifest, sessionId: crypto.randomUUID() } }),
    ],
    [
      'another person',
      (manifest: Manifest) => ({ manifest: { ...manifest, holderFingerprint: 'b'.repeat(64) } }),
    ],
    ['another page count', (manifest: Manifest) => ({ manifest: { ...manifest, pages: 3 } })],
  ])('of %s: nothing is taken or printed, alarm, this municipality stops here', async (_name, spoil) => {
    const kiosk = await at('basket');
    kiosk.center.spoil = (manifest, document) => ({ manifest, document, ...spoil(manifest) });
    kiosk.touch({ type: 'goOn' });
    await noticed(kiosk, 'SAFE-01');
    await settled();
    expect(kiosk.center.alarms.length).toBe(1);
    expect(kiosk.journal.notes().stopped).toEqual([CITY]);
    expect(kiosk.world.sheets.size).toBe(0);
    expect(moneyKept(kiosk.world)).toBe(0);
    kiosk.touch({ type: 'noticeRead' });
    kiosk.center.spoil = null;
    await authenticated(kiosk);
    await noticed(kiosk, 'SAFE-02');
    await kiosk.runner.stop();
  });

  it('between paying and printing: money back, nothing printed', async () => {
    const kiosk = await at('basket');
    let inMemory: Buffer = Buffer.alloc(0);
    kiosk.center.spoil = (manifest, document) => {
      inMemory = document;
      return { manifest, document };
    };
    kiosk.touch({ type: 'goOn' });
    await kiosk.until('confirming');
    kiosk.runner.watch(({ view }) => {
      if (view.at === 'paying' && view.paid > 0) inMemory[20] = 0x58;
    });
    kiosk.touch({ type: 'confirm' });
    await noticed(kiosk, 'SAFE-01');
    await settled();
    expect(kiosk.world.charged.size).toBe(1);
    expect(kiosk.world.sheets.size).toBe(0);
    expect(moneyKept(kiosk.world)).toBe(0);
    expect(kiosk.center.alarms).toEqual(['hash']);
    await kiosk.runner.stop();
  });
});

describe('two municipalities', () => {
  it('are a question of their own, and one that refuses leads back to it', async () => {
    const center = makeCenterState();
    center.municipalities = [
      ...center.municipalities,
      { code: OTHER_CITY, name: '見本町', relation: 'registered-domicile', ended: null },
    ];
    const kiosk = await started({ center });
    await authenticated(kiosk);
    await kiosk.until('choosingMunicipality');
    kiosk.touch({ type: 'chooseMunicipality', code: OTHER_CITY });
    const kinds = await kiosk.until('choosingCertificate');
    expect(kinds.municipality).toBe('見本町');
    kiosk.touch({ type: 'back' });
    await kiosk.until('choosingMunicipality');
    await kiosk.runner.stop();
  });
});

describe('after the first yen', () => {
  it('jam in the second of two: first confirmed, staff asked, paper destroyed, fee back', async () => {
    const kiosk = await started({ world: makeWorld({ prints: ['printed', 'jam'] }) });
    await ordered(kiosk, 2);
    await kiosk.until('confirming');
    kiosk.touch({ type: 'confirm' });
    const asking = await kiosk.until('askingAttendant');
    expect(asking).toMatchObject({ notice: 'PRNT-02', sheetsOut: 3 });
    kiosk.touch({ type: 'start' });
    kiosk.touch({ type: 'noticeRead' });
    expect(kiosk.latest().view.at).toBe('askingAttendant');
    kiosk.touch({ type: 'staffOpen' });
    kiosk.touch({ type: 'staffCode', code: '246810' });
    const menu = await kiosk.until('staffMenu');
    expect(menu.transactions).toMatchObject([
      { number: asking.transaction, amount: 300, money: 'taken', paper: 'perhaps-printed' },
    ]);
    await settled();
    kiosk.touch({ type: 'staffSettle', transaction: asking.transaction, act: 'paper-destroyed' });
    await settled();
    expect(moneyKept(kiosk.world)).toBe(300);
    expect([...kiosk.center.ledger.values()].sort()).toEqual(['printed', 'void']);
    kiosk.touch({ type: 'staffLeave' });
    await kiosk.until('idle');
    await kiosk.runner.stop();
  });

  it('second of two not printed: its fee is back, the first waits in the tray', async () => {
    const kiosk = await started({ world: makeWorld({ prints: ['printed', 'not-printed'] }) });
    await ordered(kiosk, 2);
    await kiosk.until('confirming');
    kiosk.touch({ type: 'confirm' });
    await noticed(kiosk, 'PRNT-03');
    expect(moneyKept(kiosk.world)).toBe(300);
    kiosk.touch({ type: 'noticeRead' });
    expect(await kiosk.until('collecting')).toMatchObject({ certificates: 1, sheets: 2 });
    await kiosk.runner.stop();
  });
});
