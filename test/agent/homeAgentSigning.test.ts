/** Signing at home with the virtual card: what goes well is what the center takes, and every mishap of the card signs nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  judgeItems,
  judgePossession,
  judgeSignedBytes,
  pathOf,
} from '#center/domicile/applicationVerification.ts';
import type { HomeAgentRequest } from '#center/contract/homeAgent.ts';
import type { SignedApplication } from '#center/contract/domicileApplication.ts';
import { digitalSignaturePath, userAuthenticationPath } from '#center/identity/certificatePath.ts';
import { loadTrustAnchors, type TrustAnchor } from '#center/identity/trustAnchors.ts';
import { createAuthority } from '#simulators/authority/authority.ts';
import { issueCard, type CardOrder } from '#simulators/authority/issueCard.ts';
import type { CardData } from '#simulators/card/cardFile.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { NOW, openBench, reach, requestWith, RIGHT, type Bench } from './homeAgentBench.ts';

const TARO = {
  name: '見本　太郎',
  address: '東京都見本市中央１丁目２番３号',
  birthDate: civilDate.parse('1980-01-01'),
  sex: 'male',
} as const;
const HANAKO = { ...TARO, name: '見本　花子', sex: 'female' } as const;

const folder = mkdtempSync(join(tmpdir(), 'home-signing-'));
let anchors: readonly TrustAnchor[];
let taro: CardData;
let hanako: CardData;
let child: CardData;
beforeAll(async () => {
  const authority = await createAuthority(join(folder, 'authority'), { clock: () => NOW });
  anchors = loadTrustAnchors({
    directory: authority.trustDir,
    mode: 'demo',
    ocspUrl: 'http://127.0.0.1:1',
  });
  const made = async (order: Partial<CardOrder>) =>
    (await issueCard(authority, { holder: TARO, municipalityCode: '992011', ...order })).card;
  taro = await made({});
  hanako = await made({ holder: HANAKO });
  child = await made({ holder: { ...TARO, birthDate: civilDate.parse('2015-01-01') } });
});
afterAll(() => rmSync(folder, { recursive: true }));

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.stop());

/** Steps 2 to 7 of the center, but for OCSP. */
function expectTaken(application: SignedApplication, request: HomeAgentRequest, card: CardData): void {
  const cms = Buffer.from(application.cms, 'base64');
  const authentication = Buffer.from(application.authenticationCertificate, 'base64');
  expect(application.authenticationCertificate).toBe(card.authentication.certificate);
  const call = {
    channel: 'internet',
    challengeId: request.challengeId,
    challenge: Buffer.from(request.challenge, 'base64'),
    municipality: request.municipality,
  } as const;
  const signed = judgeSignedBytes(cms, authentication, call);
  if (signed.kind !== 'signed') throw new Error(JSON.stringify(signed));
  expect(signed.content.statement).toEqual(request.statement);
  expect(judgeItems(signed.certificate, signed.content)).toBeUndefined();
  expect(pathOf(signed.certificate, { anchors }, NOW, digitalSignaturePath)).toMatchObject({ kind: 'valid' });
  const possession = Buffer.from(application.possession, 'base64');
  const other = judgePossession(authentication, possession, { ...call, cms });
  if (other.kind !== 'possessed') throw new Error(JSON.stringify(other));
  expect(pathOf(other.certificate, { anchors }, NOW, userAuthenticationPath)).toMatchObject({
    kind: 'valid',
  });
}

describe('an applicant at home', () => {
  it('signs what the review showed; the application is handed out once, the card is free', async () => {
    const card = { data: taro };
    const request = requestWith();
    await bench.put(card);
    const id = await bench.ask(request);
    const page = bench.consent(id);
    await reach(page, 'reviewing');
    const { stage, statement } = page.latest();
    expect(statement).toEqual(request.statement);
    expect(stage).toMatchObject({ items: { name: TARO.name, birthDate: TARO.birthDate }, text: null });
    expect(await bench.answer(id)).toEqual({ kind: 'waiting' });
    await page.post('confirm');
    await page.at('enteringPin');
    await page.post('pin', RIGHT.pin);
    expect(await page.ended()).toMatchObject({ how: 'signed', notice: null });
    const answer = await bench.answer(id);
    if (answer.kind !== 'signed') throw new Error(answer.kind);
    expectTaken(answer.application, request, taro);
    expect(await bench.answer(id)).toEqual({ kind: 'gone' });
    expect(bench.connections()).toBe(0);
    expect(card.data.counters).toEqual(taro.counters);
  });

  it('may let the letters of the card be read, which are signed with the rest', async () => {
    await bench.put({ data: taro });
    const request = requestWith({ cardText: true });
    const id = await bench.ask(request);
    const page = bench.consent(id);
    await page.at('asking');
    await page.post('begin');
    await page.at('enteringTextPin');
    await page.post('text-pin', '0000');
    await page.until((state) => state.kind === 'open' && 'wrong' in state.stage && state.stage.wrong);
    expect(page.latest().stage).toEqual({ at: 'enteringTextPin', triesLeft: 2, wrong: true });
    await page.post('text-pin', taro.pins.text);
    await page.at('enteringPassword');
    await page.post('password', RIGHT.password);
    const { stage } = await page.at('reviewing');
    expect(stage).toMatchObject({ text: { name: TARO.name } });
    await page.post('confirm');
    await page.at('enteringPin');
    await page.post('pin', RIGHT.pin);
    await page.ended();
    const answer = await bench.answer(id);
    if (answer.kind !== 'signed') throw new Error(answer.kind);
    expectTaken(answer.application, request, taro);
    expect(Buffer.from(answer.application.cms, 'base64').includes('cardText')).toBe(true);
  });

  it('goes on without them, and types the password in small letters', async () => {
    await bench.put({ data: taro });
    const page = bench.consent(await bench.ask(requestWith({ cardText: true })));
    await page.at('asking');
    await page.post('begin');
    await page.at('enteringTextPin');
    await page.post('skip-text');
    await page.at('enteringPassword');
    expect((await page.post('password', 'abc123')).status).toBe(204);
    expect((await page.at('reviewing')).stage).toMatchObject({ text: null });
  });

  it('places the card when asked to', async () => {
    const page = bench.consent(await bench.ask());
    await page.at('asking');
    await page.post('begin');
    expect((await page.at('placing')).reader).toBe('empty');
    await bench.put({ data: taro });
    expect((await page.at('enteringPassword')).stage).toMatchObject({ triesLeft: 5, wrong: false });
  });
});

describe('mistaken secrets', () => {
  it('password-wrong-to-locked: each with its tries left, then SIGN-02; the card itself is locked', async () => {
    const card = { data: taro };
    await bench.put(card);
    const id = await bench.ask();
    const page = bench.consent(id);
    await reach(page, 'enteringPassword');
    for (const triesLeft of [4, 3, 2, 1]) {
      await page.post('password', 'WRONG1');
      await page.until(
        (state) =>
          state.kind === 'open' &&
          state.stage.at === 'enteringPassword' &&
          state.stage.triesLeft === triesLeft,
      );
      expect(page.latest().stage).toMatchObject({ wrong: true });
    }
    await page.post('password', 'WRONG1');
    expect(await page.ended()).toMatchObject({ how: 'refused', notice: { code: 'SIGN-02' } });
    expect(await bench.answer(id)).toEqual({ kind: 'refused', notice: 'SIGN-02' });
    expect(card.data.counters['jpki-001b']).toBe(0);
    expect(bench.connections()).toBe(0);
    const again = bench.consent(await bench.ask());
    await again.at('asking');
    await again.post('begin');
    expect(await again.ended()).toMatchObject({ notice: { code: 'SIGN-02' } });
  });

  it('pin-wrong: asked again, signed all the same; three times: CARD-04 and nothing is handed out', async () => {
    const card = { data: taro };
    await bench.put(card);
    const request = requestWith();
    const first = await bench.ask(request);
    const page = bench.consent(first);
    await reach(page, 'enteringPin');
    await page.post('pin', '9999');
    await page.until((state) => state.kind === 'open' && 'wrong' in state.stage && state.stage.wrong);
    expect(page.latest().stage).toEqual({ at: 'enteringPin', triesLeft: 2, wrong: true });
    await page.post('pin', RIGHT.pin);
    await page.ended();
    const answer = await bench.answer(first);
    if (answer.kind !== 'signed') throw new Error(answer.kind);
    expectTaken(answer.application, request, taro);

    const second = await bench.ask(request);
    const other = bench.consent(second);
    await reach(other, 'enteringPin');
    for (const triesLeft of [2, 1]) {
      await other.post('pin', '9999');
      await other.until(
        (state) => state.kind === 'open' && 'triesLeft' in state.stage && state.stage.triesLeft === triesLeft,
      );
    }
    await other.post('pin', '9999');
    expect(await other.ended()).toMatchObject({ notice: { code: 'CARD-04' } });
    expect(await bench.answer(second)).toEqual({ kind: 'refused', notice: 'CARD-04' });
    expect(card.data.counters['jpki-0018']).toBe(0);
  });

  it('sent twice for one stage: the second spends no try', async () => {
    const card = { data: taro };
    await bench.put(card);
    const page = bench.consent(await bench.ask());
    await reach(page, 'enteringPassword');
    const both = await Promise.all([page.post('password', 'WRONG1'), page.post('password', 'WRONG1')]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    await page.until((state) => state.kind === 'open' && 'wrong' in state.stage && state.stage.wrong);
    expect(card.data.counters['jpki-001b']).toBe(4);
  });

  it.each([
    ['password', 'ABC12'],
    ['password', 'A'.repeat(17)],
    ['password', 'ABC12!'],
    ['password', 'ＡＢＣ１２３'],
    ['password', ''],
  ] as const)('%s of another form (%s) never reaches the card', async (secret, typed) => {
    const card = { data: taro };
    await bench.put(card);
    const page = bench.consent(await bench.ask());
    await reach(page, 'enteringPassword');
    expect((await page.post(secret, typed)).status).toBe(400);
    expect((await page.look()).kind).toBe('open');
    expect(page.latest().stage.at).toBe('enteringPassword');
    expect(card.data.counters['jpki-001b'] ?? 5).toBe(5);
  });
});

describe('the card', () => {
  const reachable = ['enteringPassword', 'reviewing', 'enteringPin'] as const;
  it.each(reachable)(
    'pulled at %s: told so, nothing handed out, and signed anew without typing',
    async (at) => {
      await bench.put({ data: taro });
      const request = requestWith();
      const id = await bench.ask(request);
      const page = bench.consent(id);
      await reach(page, at);
      await bench.take();
      expect((await page.at('noticed')).stage).toMatchObject({ notice: { code: 'CARD-05' } });
      expect(bench.connections()).toBe(0);
      expect(await bench.answer(id)).toEqual({ kind: 'waiting' });
      await page.post('again');
      await page.at('placing');
      await bench.put({ data: taro });
      await page.at('enteringPassword');
      await page.post('password', RIGHT.password);
      await page.at('reviewing');
      await page.post('confirm');
      await page.at('enteringPin');
      await page.post('pin', RIGHT.pin);
      await page.ended();
      const answer = await bench.answer(id);
      if (answer.kind !== 'signed') throw new Error(answer.kind);
      expectTaken(answer.application, request, taro);
    },
  );

  /** SELECT, READ, VERIFY and both signatures, each lost on its way */
  it.each([
    ['reading', { kind: 'nth', nth: 5 }],
    ['the password', { kind: 'instruction', instruction: 0x20, occurrence: 3 }],
    ['the first signature', { kind: 'instruction', instruction: 0x2a, occurrence: 1 }],
    ['the second signature', { kind: 'instruction', instruction: 0x2a, occurrence: 2 }],
  ] as const)('pulled during %s: nothing is handed out', async (_step, when) => {
    await bench.put({ data: taro }, [{ kind: 'pull', when, moment: 'answer lost' }]);
    const id = await bench.ask();
    const page = bench.consent(id);
    await page.at('asking');
    await page.post('begin');
    const acts = { enteringPassword: RIGHT.password, reviewing: '', enteringPin: RIGHT.pin };
    const names = { enteringPassword: 'password', reviewing: 'confirm', enteringPin: 'pin' };
    let seen = '';
    await page.until((state) => {
      if (state.kind !== 'open') return true;
      const { at } = state.stage;
      if (at in acts && at !== seen) {
        seen = at;
        void page.post(names[at as keyof typeof names], acts[at as keyof typeof acts]);
      }
      return at === 'noticed';
    });
    expect(page.latest().stage).toMatchObject({ notice: { code: 'CARD-05' } });
    expect(await bench.answer(id)).toEqual({ kind: 'waiting' });
    expect(bench.connections()).toBe(0);
  });

  it('swapped between the signatures: the first one is forgotten, the other card begins from the start', async () => {
    await bench.put({ data: taro });
    const request = requestWith();
    const id = await bench.ask(request);
    const page = bench.consent(id);
    await reach(page, 'enteringPin');
    // the content is signed by the first card; its PIN was mistaken, so the second signature is still to come
    await page.post('pin', '9999');
    await page.until((state) => state.kind === 'open' && 'wrong' in state.stage && state.stage.wrong);
    const stale = page.headers();
    await bench.take();
    await bench.put({ data: hanako });
    await page.at('noticed');
    const late = await bench.send(`/consent/${id}/pin`, { method: 'POST', headers: stale, body: RIGHT.pin });
    expect(late.status).toBe(409);
    expect(await bench.answer(id)).toEqual({ kind: 'waiting' });
    await page.post('again');
    await page.at('enteringPassword');
    await page.post('password', RIGHT.password);
    expect((await page.at('reviewing')).stage).toMatchObject({ items: { name: HANAKO.name } });
    await page.post('confirm');
    await page.at('enteringPin');
    await page.post('pin', RIGHT.pin);
    await page.ended();
    const answer = await bench.answer(id);
    if (answer.kind !== 'signed') throw new Error(answer.kind);
    expectTaken(answer.application, request, hanako);
  });

  it('without a 署名用電子証明書 is told so before any password', async () => {
    await bench.put({ data: child });
    const id = await bench.ask();
    const page = bench.consent(id);
    await page.at('asking');
    await page.post('begin');
    expect(await page.ended()).toMatchObject({ how: 'refused', notice: { code: 'SIGN-03' } });
    expect(await bench.answer(id)).toEqual({ kind: 'refused', notice: 'SIGN-03' });
  });

  it('of another sort can be changed for the right one', async () => {
    await bench.put({ data: { ...taro, kind: 'juki' } });
    const page = bench.consent(await bench.ask());
    await page.at('asking');
    await page.post('begin');
    expect((await page.at('noticed')).stage).toMatchObject({ notice: { code: 'CARD-06' } });
    await bench.take();
    await bench.put({ data: taro });
    await page.look();
    await page.post('again');
    await page.at('enteringPassword');
  });
});
