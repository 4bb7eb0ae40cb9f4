/** The way to a 利用登録 on a whole kiosk in memory: what goes well, and every mishap before, at and after the sending. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command, View } from '../contract/deviceLink.ts';
import { makeWorld } from '../transaction/testDevices.ts';
import { makeCenterState } from './testCenter.ts';
import type { CenterState } from './testCenter.ts';
import { application, FAR_CITY } from './testDomicile.ts';
import { authenticated, makeTestKiosk, RIGHT_PIN, settled } from './testKiosk.ts';
import type { Given, TestKiosk } from './testKiosk.ts';
import { RIGHT_PASSWORD, RIGHT_TEXT_PIN, TEXT } from './testSigning.ts';

const ANSWERS: readonly Command[] = [
  { type: 'answerApplication', question: 'domicile', text: '見本台二丁目8番地9' },
  { type: 'answerApplication', question: 'headOfRegister', text: '架空　一郎' },
  { type: 'answerApplication', question: 'furigana', text: 'カクウ　タロウ' },
  { type: 'answerApplication', question: 'telephone', text: '09012345678' },
];
const password = (text = RIGHT_PASSWORD): Command => ({ type: 'enterSignaturePassword', password: text });
const pin = (digits = RIGHT_PIN): Command => ({ type: 'enterPin', pin: digits });

function taking(change: (center: CenterState) => void = () => undefined): CenterState {
  const center = makeCenterState();
  center.others = true;
  change(center);
  return center;
}

type Stage = (kiosk: TestKiosk) => Promise<void>;
/** In the order of the visit; each begins with the one before. */
const STAGES = {
  choosingMunicipality: authenticated,
  domicileMenu: async (kiosk) => {
    await reach(kiosk, 'choosingMunicipality');
    kiosk.touch({ type: 'domicileOpen' });
  },
  choosingPrefecture: async (kiosk) => {
    await reach(kiosk, 'domicileMenu');
    kiosk.touch({ type: 'domicileApply' });
  },
  choosingPlace: async (kiosk) => {
    await reach(kiosk, 'choosingPrefecture');
    kiosk.touch({ type: 'choosePrefecture', prefecture: '架空県' });
  },
  explainingApplication: async (kiosk) => {
    await reach(kiosk, 'choosingPlace');
    kiosk.touch({ type: 'choosePlace', code: FAR_CITY });
  },
  answeringApplication: async (kiosk) => {
    await reach(kiosk, 'explainingApplication');
    kiosk.touch({ type: 'goOn' });
  },
  placingCardAgain: async (kiosk) => {
    await reach(kiosk, 'answeringApplication');
    for (const answer of ANSWERS) kiosk.touch(answer);
  },
  enteringPassword: async (kiosk) => {
    await reach(kiosk, 'placingCardAgain');
    kiosk.desk.put();
  },
  reviewingApplication: async (kiosk) => {
    await reach(kiosk, 'enteringPassword');
    kiosk.touch(password());
  },
  enteringPinAgain: async (kiosk) => {
    await reach(kiosk, 'reviewingApplication');
    kiosk.touch({ type: 'confirm' });
  },
  applied: async (kiosk) => {
    await reach(kiosk, 'enteringPinAgain');
    kiosk.touch(pin());
  },
} as const satisfies Partial<Record<View['at'], Stage>>;
type Place = keyof typeof STAGES;
const PLACES = Object.keys(STAGES) as Place[];
const WITH_CARD = ['enteringPassword', 'reviewingApplication', 'enteringPinAgain'] as const;

async function reach(kiosk: TestKiosk, place: Place): Promise<void> {
  const go: Stage = STAGES[place];
  await go(kiosk);
  await kiosk.until(place);
}
async function at(place: Place, given: Given = {}): Promise<TestKiosk> {
  const kiosk = makeTestKiosk({ center: taking(), ...given });
  await kiosk.runner.start();
  await reach(kiosk, place);
  return kiosk;
}
async function noticed(kiosk: TestKiosk, code: string): Promise<void> {
  expect((await kiosk.until('notice')).notice).toBe(code);
}
/** Nothing was sent, nothing is held. */
async function expectNothing(kiosk: TestKiosk): Promise<void> {
  await settled();
  await settled();
  expect(kiosk.center.domicile.submitted).toEqual([]);
  expect(kiosk.desk.connections).toBe(0);
  expectZeroed(kiosk);
  await kiosk.runner.stop();
}
function expectZeroed({ desk }: TestKiosk): void {
  const secrets = [...desk.signing.secrets, ...desk.pins];
  expect(secrets.every((secret) => secret.every((byte) => byte === 0))).toBe(true);
}

describe('a resident who applies', () => {
  it('signs what the review showed, gets number and sheet, and leaves nothing behind', async () => {
    const kiosk = await at('reviewingApplication');
    const review = await kiosk.until('reviewingApplication');
    kiosk.touch({ type: 'confirm' });
    await kiosk.until('enteringPinAgain');
    kiosk.touch(pin());
    const shown = await kiosk.until('applied');
    expect(shown).toMatchObject({ number: 'ABCD-1234-EFGH', sheet: 'printed', notice: null });
    const [content] = kiosk.desk.signing.signed.map((text): unknown => JSON.parse(text));
    expect(content).toMatchObject({
      purpose: 'domicile-registration',
      channel: 'kiosk',
      municipality: FAR_CITY,
      statement: review.statement,
      items: review.items,
    });
    expect(content).not.toHaveProperty('cardText');
    expect(kiosk.center.domicile.submitted.length).toBe(1);
    expect(kiosk.world.sheets.size).toBe(1);
    kiosk.desk.take();
    kiosk.touch({ type: 'collected' });
    await kiosk.until('idle');
    expectZeroed(kiosk);
    expect(kiosk.desk.connections).toBe(0);
    expect(kiosk.journal.openRows()).toEqual([]);
    await kiosk.runner.stop();
  });

  it('is shown and signs the letters of the card where the municipality allows it', async () => {
    const kiosk = await at('answeringApplication', {
      center: taking((center) => (center.domicile.cardText = true)),
    });
    for (const answer of ANSWERS) kiosk.touch(answer);
    await kiosk.until('choosingCardText');
    kiosk.touch({ type: 'useCardText', on: true });
    await kiosk.until('placingCardAgain');
    kiosk.desk.put();
    await kiosk.until('enteringTextPin');
    kiosk.touch({ type: 'enterTextPin', pin: '0000' });
    await settled();
    expect(kiosk.latest().view).toEqual({ at: 'enteringTextPin', triesLeft: 2, wrong: true });
    kiosk.touch({ type: 'enterTextPin', pin: RIGHT_TEXT_PIN });
    await kiosk.until('enteringPassword');
    kiosk.touch(password());
    expect((await kiosk.until('reviewingApplication')).cardText).toEqual(TEXT);
    kiosk.touch({ type: 'confirm' });
    kiosk.touch(pin());
    await kiosk.until('applied');
    expect(kiosk.desk.signing.signed[0]).toContain(TEXT.name);
    expectZeroed(kiosk);
    await kiosk.runner.stop();
  });

  it('goes back to every answer and finds it there', async () => {
    const kiosk = await at('placingCardAgain');
    for (const [index, question] of ['telephone', 'furigana', 'headOfRegister', 'domicile'].entries()) {
      kiosk.touch({ type: 'back' });
      const answer = ANSWERS[3 - index];
      expect(kiosk.latest().view).toMatchObject({
        question,
        value: answer && 'text' in answer ? answer.text : '',
      });
    }
    await kiosk.runner.stop();
  });

  it('is told of the form of an answer and keeps what was typed', async () => {
    const kiosk = await at('answeringApplication');
    for (const answer of ANSWERS.slice(0, 3)) kiosk.touch(answer);
    kiosk.touch({ type: 'answerApplication', question: 'telephone', text: '12' });
    expect(kiosk.latest().view).toMatchObject({ question: 'telephone', value: '12', wrong: true });
    await kiosk.runner.stop();
  });

  it('finds the municipality by the beginning of its reading', async () => {
    const kiosk = await at('choosingPrefecture');
    kiosk.touch({ type: 'openSearch' });
    kiosk.touch({ type: 'searchPlace', reading: 'ぬ' });
    expect(kiosk.latest().view).toMatchObject({ at: 'searchingPlace', nothingFound: true });
    kiosk.touch({ type: 'searchPlace', reading: 'ヒバ' });
    expect(kiosk.latest().view).toMatchObject({ at: 'choosingPlace', places: [{ code: FAR_CITY }] });
    await kiosk.runner.stop();
  });
});

describe('cancel and time', () => {
  it.each(PLACES.filter((place) => place !== 'applied'))('cancel at %s keeps nothing', async (place) => {
    const kiosk = await at(place);
    kiosk.touch({ type: 'cancel' });
    kiosk.touch({ type: 'cancelConfirmed' });
    await kiosk.until('idle');
    await expectNothing(kiosk);
  });
  it.each(PLACES.filter((place) => place !== 'applied'))('nobody at %s: asked, then ended', async (place) => {
    const kiosk = await at(place);
    await kiosk.pass(46_000);
    expect(kiosk.latest().frame.asking).toBe('still-there');
    await kiosk.pass(31_000);
    await noticed(kiosk, place === 'placingCardAgain' ? 'CARD-08' : 'TIME-01');
    await expectNothing(kiosk);
  });
});

describe('the card', () => {
  it.each(WITH_CARD)('removed at %s: nothing is sent, the form stays', async (place) => {
    const kiosk = await at(place);
    kiosk.desk.take();
    await noticed(kiosk, 'CARD-05');
    kiosk.touch({ type: 'noticeRead' });
    await kiosk.until('placingCardAgain');
    await expectNothing(kiosk);
  });
  it.each(['readCounters', 'openSignature', 'signContent'] as const)('removed during %s', async (step) => {
    const kiosk = await at('placingCardAgain');
    kiosk.desk.signing.pulledDuring = step;
    kiosk.desk.put();
    if (step !== 'readCounters') {
      await kiosk.until('enteringPassword');
      kiosk.touch(password());
    }
    if (step === 'signContent') {
      await kiosk.until('reviewingApplication');
      kiosk.touch({ type: 'confirm' });
      kiosk.touch(pin());
    }
    await noticed(kiosk, 'CARD-05');
    await expectNothing(kiosk);
  });
  it('of somebody else is refused before any password', async () => {
    const kiosk = await at('placingCardAgain');
    kiosk.desk.holder = 'certificate of somebody else';
    kiosk.desk.put();
    await noticed(kiosk, 'SIGN-06');
    kiosk.touch({ type: 'noticeRead' });
    expect(await kiosk.until('placingCardAgain')).toMatchObject({ lift: true });
    expect(kiosk.desk.signing.secrets).toEqual([]);
    await expectNothing(kiosk);
  });
  it('swapped during the review is refused like one that was taken', async () => {
    const kiosk = await at('reviewingApplication');
    kiosk.desk.take();
    kiosk.desk.holder = 'certificate of somebody else';
    kiosk.desk.put();
    await noticed(kiosk, 'CARD-05');
    await expectNothing(kiosk);
  });
  it('without a 署名用電子証明書 is told so before any password', async () => {
    const kiosk = await at('placingCardAgain');
    kiosk.desk.signing.signature = false;
    kiosk.desk.put();
    await noticed(kiosk, 'SIGN-03');
    await expectNothing(kiosk);
  });
  it('locks after five mistaken passwords, each shown with the tries left', async () => {
    const kiosk = await at('enteringPassword');
    for (const triesLeft of [4, 3, 2, 1]) {
      kiosk.touch(password('WRONG1'));
      await settled();
      expect(kiosk.latest().view).toEqual({ at: 'enteringPassword', triesLeft, wrong: true });
    }
    kiosk.touch(password('WRONG1'));
    await noticed(kiosk, 'SIGN-02');
    expect(kiosk.desk.signing.secrets.length).toBe(5);
    await expectNothing(kiosk);
  });
  it('asks a mistaken PIN again and signs the content once only', async () => {
    const kiosk = await at('enteringPinAgain');
    kiosk.touch(pin('9999'));
    await settled();
    await settled();
    expect(kiosk.latest().view).toEqual({ at: 'enteringPinAgain', triesLeft: 2, wrong: true });
    kiosk.touch(pin());
    await kiosk.until('applied');
    expect(kiosk.desk.signing.signed.length).toBe(1);
    await kiosk.runner.stop();
  });
});

describe('the center', () => {
  it.each([
    'APPL-03',
    'APPL-04',
    'APPL-05',
    'APPL-09',
    'SIGN-04',
    'SIGN-05',
    'SIGN-07',
    'SIGN-08',
    'SIGN-09',
  ])('refuses with %s: the notice is shown, no sheet', async (code) => {
    const kiosk = await at('enteringPinAgain', {
      center: taking((center) => center.refusals.set('submit', code)),
    });
    kiosk.touch(pin());
    await noticed(kiosk, code);
    expect(kiosk.world.sheets.size).toBe(0);
    await expectNothing(kiosk);
  });
  it('that gives no challenge costs nothing: nothing is signed', async () => {
    const kiosk = await at('enteringPinAgain', {
      center: taking((center) => center.unreachable.add('challenge')),
    });
    kiosk.touch(pin());
    await noticed(kiosk, 'CENT-01');
    expect(kiosk.desk.signing.signed).toEqual([]);
    await expectNothing(kiosk);
  });
  it('that is slow with the challenge is given up, and its late answer is nobody’s', async () => {
    const kiosk = await at('enteringPinAgain', {
      center: taking((center) => center.silent.add('challenge')),
    });
    kiosk.touch(pin());
    await kiosk.pass(31_000);
    await noticed(kiosk, 'CENT-01');
    await expectNothing(kiosk);
  });
  it('whose answer is lost is asked what arrived', async () => {
    const kiosk = await at('enteringPinAgain', {
      center: taking((center) => (center.domicile.answerLost = true)),
    });
    kiosk.touch(pin());
    expect(await kiosk.until('applied')).toMatchObject({ sheet: 'not-printed', number: 'ABCD-1234-EFGH' });
    await kiosk.runner.stop();
  });
  it('that cannot say what arrived: nothing is claimed', async () => {
    const kiosk = await at('enteringPinAgain', {
      center: taking((center) => {
        center.unreachable.add('submit');
        center.unreachable.add('applications');
      }),
    });
    kiosk.touch(pin());
    await noticed(kiosk, 'APPL-12');
    await kiosk.runner.stop();
  });
  it('closed for this municipality: the reason, and back to the list', async () => {
    const kiosk = await at('choosingPlace');
    const { places } = await kiosk.until('choosingPlace');
    const closed = places.find((place) => place.closed);
    if (closed) kiosk.touch({ type: 'choosePlace', code: closed.code });
    await noticed(kiosk, 'APPL-02');
    kiosk.touch({ type: 'noticeRead' });
    await kiosk.until('choosingPlace');
    await kiosk.runner.stop();
  });
});

describe('a center that cannot be asked for the offers', () => {
  it('ends the visit: what was kept of its silence is not shown again and again', async () => {
    const center = taking();
    center.unreachable.add('offer');
    const kiosk = await at('choosingMunicipality', { center });
    const { municipalities } = await kiosk.until('choosingMunicipality');
    kiosk.touch({ type: 'chooseMunicipality', code: municipalities[0]!.code });
    await noticed(kiosk, 'CENT-01');
    kiosk.touch({ type: 'noticeRead' });
    await kiosk.until('idle');
    await kiosk.runner.stop();
  });
});

describe('the sheet', () => {
  it('that does not come out changes nothing: the number is shown with what is wrong', async () => {
    const kiosk = await at('enteringPinAgain', { world: makeWorld() });
    kiosk.center.domicile.sheet = Buffer.from('not a PDF');
    kiosk.touch(pin());
    expect(await kiosk.until('applied')).toMatchObject({ sheet: 'not-printed', notice: 'PRNT-01' });
    await kiosk.runner.stop();
  });
});

describe('the status', () => {
  it('lists, shows, and takes back what nobody has decided', async () => {
    const center = taking((state) => {
      state.domicile.applications = [
        application(),
        application({ applicationNumber: 'ZZZZ-1234-EFGH', state: 'refused' }),
      ];
    });
    const kiosk = await at('domicileMenu', { center });
    kiosk.touch({ type: 'domicileStatus' });
    expect((await kiosk.until('applicationList')).applications.length).toBe(2);
    kiosk.touch({ type: 'showApplication', number: 'ZZZZ-1234-EFGH' });
    expect(await kiosk.until('applicationDetail')).toMatchObject({ mayWithdraw: false });
    kiosk.touch({ type: 'withdrawApplication', number: 'ZZZZ-1234-EFGH' });
    expect(kiosk.latest().view.at).toBe('applicationDetail');
    kiosk.touch({ type: 'back' });
    kiosk.touch({ type: 'showApplication', number: 'ABCD-1234-EFGH' });
    kiosk.touch({ type: 'withdrawApplication', number: 'ABCD-1234-EFGH' });
    await settled();
    expect(await kiosk.until('applicationDetail')).toMatchObject({
      application: { state: 'withdrawn' },
      mayWithdraw: false,
    });
    await kiosk.runner.stop();
  });
});

describe('secrets', () => {
  it('are in no view, no log, and their buffers are zeroed', async () => {
    const kiosk = makeTestKiosk({ center: taking() });
    const views: string[] = [];
    kiosk.runner.watch((message) => void views.push(JSON.stringify(message)));
    await kiosk.runner.start();
    await reach(kiosk, 'applied');
    const told = [...views, ...kiosk.logged].join('\n');
    expect(told).not.toContain(RIGHT_PASSWORD);
    expect(told).not.toContain(`"${RIGHT_PIN}"`);
    expect(kiosk.desk.signing.secrets.length).toBe(1);
    expectZeroed(kiosk);
    await kiosk.runner.stop();
  });
});

describe('the letters of an answer', () => {
  it('are signed as they were typed: no form of them is another one', async () => {
    // U+FA19 and 邉 with a selector: a normal form would make other letters of both
    const typed = '\ufa19　邉󠄗子';
    const kiosk = await at('answeringApplication');
    for (const answer of ANSWERS) {
      const isHead = answer.type === 'answerApplication' && answer.question === 'headOfRegister';
      kiosk.touch(isHead ? { ...answer, text: typed } : answer);
    }
    await kiosk.until('placingCardAgain');
    kiosk.desk.put();
    await kiosk.until('enteringPassword');
    kiosk.touch(password());
    expect((await kiosk.until('reviewingApplication')).statement.headOfRegister).toBe(typed);
    kiosk.touch({ type: 'confirm' });
    await kiosk.until('enteringPinAgain');
    kiosk.touch(pin());
    await kiosk.until('applied');
    expect(kiosk.desk.signing.signed.join('')).toContain(typed);
    await kiosk.runner.stop();
  });
});

describe('whatever is typed as the password', () => {
  it('is in no view and no log, and its buffer is zeroed', async () => {
    const typed = fc.stringMatching(/^[A-Z0-9]{6,16}$/);
    await fc.assert(
      fc.asyncProperty(typed, async (secret) => {
        const kiosk = makeTestKiosk({ center: taking() });
        const views: string[] = [];
        kiosk.runner.watch((message) => void views.push(JSON.stringify(message)));
        await kiosk.runner.start();
        await reach(kiosk, 'enteringPassword');
        kiosk.touch(password(secret));
        await settled();
        expect([...views, ...kiosk.logged].join('\n')).not.toContain(secret);
        expect(kiosk.desk.signing.secrets.length).toBe(1);
        expectZeroed(kiosk);
        await kiosk.runner.stop();
      }),
      { numRuns: 30, seed: 20261126 },
    );
  });
});

describe('a registration that has ended', () => {
  it('is listed, says why, and leads back to the question', async () => {
    const center = taking((state) => {
      state.municipalities = [
        ...state.municipalities,
        { code: FAR_CITY, name: 'ひばり市', relation: 'registered-domicile', ended: 'APPL-06' as never },
      ];
    });
    const kiosk = await at('choosingMunicipality', { center });
    kiosk.touch({ type: 'chooseMunicipality', code: FAR_CITY });
    await noticed(kiosk, 'APPL-06');
    kiosk.touch({ type: 'noticeRead' });
    await kiosk.until('choosingMunicipality');
    await kiosk.runner.stop();
  });
});
