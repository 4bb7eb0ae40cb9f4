/** Applications on the internet: JSON from anywhere, limits by address, and a status that tells a stranger nothing. */
import type { FastifyInstance } from 'fastify';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { stopIssuing } from '#center/configuration/stops.ts';
import type { ApplicationStatus } from '#center/contract/domicileApplication.ts';
import { issueCard, type IssuedCard } from '#simulators/authority/issueCard.ts';
import { addDays } from '#templates/civilTime.ts';
import { templatesDirectory } from '#templates/load.ts';
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import { enterParts } from '../feeding.ts';
import { auditOf, startHarness, TODAY, visit, type Harness } from '../harness.ts';
import { publicAppOf } from '../publicApp.ts';
import { contentFor, signApplication } from './applying.ts';

const M2 = '992020' as MunicipalityCode;
const TARO = {
  name: '渡邉　太郎',
  address: '架空県みほん市',
  birthDate: '1983-07-02' as CivilDate,
  sex: 'male' as const,
};
const HOURS = { opens: '06:30', closes: '23:00' };
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'holiday'];
const WEEKLY = Object.fromEntries(DAYS.map((day) => [day, HOURS]));

const folder = mkdtempSync(join(tmpdir(), 'internet-applications-'));
let center: Harness;
let app: FastifyInstance;
let ready = true;
let askers = 0;
beforeAll(async () => {
  const directory = join(folder, 'templates/');
  cpSync(templatesDirectory, directory, { recursive: true });
  const file = join(directory, 'profiles', `${M2}.json`);
  const domicile = { startsOn: '2026-01-01', internet: { hours: [{ from: '2026-01-01', weekly: WEEKLY }] } };
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), domicile }));
  center = await startHarness(directory);
  app = await publicAppOf(center, { applying: () => (ready ? center.deps : undefined) });
});
afterAll(async () => {
  await app.close();
  await center.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  ready = true;
});

/** Somebody new with every call, unless told who. */
const newAddress = () => `203.0.113.${(askers += 1)}`;
async function call(method: 'GET' | 'POST', path: string, body?: object, from = newAddress()) {
  const answer = await app.inject({
    method,
    url: `/api/apply/${path}`,
    remoteAddress: from,
    ...(body && { payload: body }),
  });
  return { status: answer.statusCode, text: answer.body, body: answer.json<Record<string, unknown>>() };
}

async function cardOf(residentId?: string): Promise<IssuedCard> {
  const issued = await issueCard(center.authority, {
    holder: TARO,
    municipalityCode: '99201',
    withoutSignature: false,
  });
  if (residentId === undefined) return issued;
  const link = { ...issued.authentication, residentId, registeredOn: addDays(TODAY, -400) };
  const door = { db: center.db, canDraw: center.canDraw, now: center.deps.clock() };
  await enterParts(door, { links: [link as never] });
  return issued;
}

async function signed(card: IssuedCard) {
  const { body } = await call('POST', 'challenges', { municipality: M2 });
  const challenge = Buffer.from(body.challenge as string, 'base64');
  const challengeId = body.challengeId as string;
  const content = contentFor(card, { channel: 'internet', municipality: M2, challenge, challengeId });
  return signApplication(card, content);
}
const applies = async (card: IssuedCard) => (await call('POST', 'applications', await signed(card))).body;
const numberOf = (answer: Record<string, unknown>) =>
  (answer.application as ApplicationStatus).applicationNumber;
const asks = (applicationNumber: string, birthDate: string, from?: string) =>
  call('POST', 'status', { applicationNumber, birthDate }, from);

describe('an application on the internet', () => {
  it('finds who takes them there, and what the form needs', async () => {
    const { body } = await call('GET', 'municipalities');
    const open = (code: string) => expect.objectContaining({ code, closed: null }) as unknown;
    expect(body).toEqual({ municipalities: [open('992011'), open(M2)] });
    expect((await call('GET', `form?municipality=${M2}`)).body).toMatchObject({ kind: 'form' });
    expect((await call('GET', 'form?municipality=993018')).body).toEqual({
      kind: 'refused',
      notice: 'APPL-01',
    });
  });

  it.each([
    ['of a resident here', 'taro'],
    ['of somebody no municipality here knows', undefined],
  ])('%s is received with its sheet', async (_who, residentId) => {
    const answer = await applies(await cardOf(residentId));
    expect(answer).toMatchObject({
      kind: 'received',
      pages: 1,
      application: { channel: 'internet', state: 'received' },
    });
    const row = await center.db
      .selectFrom('domicile_application')
      .select(['applicant_resident_id', 'kiosk_id'])
      .where('number', '=', numberOf(answer))
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ applicant_resident_id: residentId ?? null, kiosk_id: null });
  });

  it('is taken once, also when it comes twice at the same moment', async () => {
    const application = await signed(await cardOf());
    const both = await Promise.all([1, 2].map(() => call('POST', 'applications', application)));
    expect(both.map(({ body }) => body.kind).sort()).toEqual(['received', 'refused']);
    expect((await call('POST', 'applications', application)).body).toEqual({
      kind: 'refused',
      notice: 'SIGN-08',
    });
  });

  it('does not take what was signed for a kiosk, nor does a kiosk take this', async () => {
    const card = await cardOf('taro');
    const application = await signed(card);
    const kiosk = await center.kiosk('shop-1');
    const { session } = await visit(kiosk, card);
    const under = `/v1/sessions/${session.sessionId}/domicile/applications`;
    const refused = { kind: 'refused', notice: 'SIGN-08' };
    expect((await kiosk.call('POST', under, application)).body).toEqual(refused);
    const { body } = await call('POST', 'challenges', { municipality: M2 });
    const asAtAKiosk = contentFor(card, {
      channel: 'kiosk',
      municipality: M2,
      challenge: Buffer.from(body.challenge as string, 'base64'),
      challengeId: body.challengeId as string,
    });
    expect((await call('POST', 'applications', signApplication(card, asAtAKiosk))).body).toEqual(refused);
  });

  it('after a stop of this channel in the middle: nothing is entered', async () => {
    const application = await signed(await cardOf());
    const stop = { municipality: M2, kind: 'domicile-internet', reason: 'other' as const };
    await stopIssuing(center.db, { ...stop, staffId: 'operator' }, center.deps.clock());
    const answer = (await call('POST', 'applications', application)).body;
    await center.db
      .updateTable('service_stop')
      .set({ lifted_at: new Date(center.deps.clock()), lifted_by: 'operator' })
      .where('municipality', '=', M2)
      .execute();
    expect(answer).toEqual({ kind: 'refused', notice: 'APPL-02' });
    const row = await center.db
      .selectFrom('domicile_application')
      .select('number')
      .where('challenge_id', '=', application.challengeId)
      .executeTakeFirst();
    expect(row).toBeUndefined();
  });

  it('a stopped municipality is listed as closed, nobody knows until when; the stop of the other channel closes nothing', async () => {
    const listed = async () => {
      const { body } = await call('GET', 'municipalities');
      const places = body.municipalities as { code: string; closed: object | null }[];
      return places.find(({ code }) => code === M2)?.closed;
    };
    const during = async (kind: 'domicile-kiosk' | 'domicile-internet' | null) => {
      const now = center.deps.clock();
      const stop = { municipality: M2, kind: kind as never, reason: 'other' as const, staffId: 'operator' };
      await stopIssuing(center.db, stop, now);
      const closed = await listed();
      await center.db
        .updateTable('service_stop')
        .set({ lifted_at: new Date(now), lifted_by: 'operator' })
        .where('lifted_at', 'is', null)
        .execute();
      return closed;
    };
    const closed = { notice: 'APPL-02', until: null };
    expect(await during('domicile-internet')).toEqual(closed);
    expect(await during(null)).toEqual(closed);
    expect(await during('domicile-kiosk')).toBeNull();
    expect(await listed()).toBeNull();
  });

  it('is not served while the center starts, and nothing of the fault is told', async () => {
    ready = false;
    const { status, body } = await call('GET', 'municipalities');
    expect(status).toBe(500);
    expect(body).toMatchObject({ status: 'fault' });
  });
});

describe('the status of an application', () => {
  it('is told to who knows number and birth date', async () => {
    const answer = await applies(await cardOf());
    expect((await asks(numberOf(answer), TARO.birthDate)).body).toEqual({
      kind: 'status',
      application: answer.application,
    });
    expect((await auditOf(center.db)).at(-1)).toMatchObject({
      type: 'application-status-asked',
      fields: { found: true, channel: 'internet' },
    });
  });

  it('has one answer for a wrong birth date and for a number that is nobody’s; both are on record', async () => {
    const number = numberOf(await applies(await cardOf()));
    const before = (await auditOf(center.db)).length;
    const wrongDate = await asks(number, '1983-07-03');
    const nobodys = await asks('0000-0000-0000', TARO.birthDate);
    expect(wrongDate).toEqual(nobodys);
    expect(wrongDate.body).toEqual({ kind: 'refused', notice: 'APPL-08' });
    const events = (await auditOf(center.db)).slice(before);
    expect(events.map(({ type, fields }) => ({ type, fields }))).toEqual(
      [1, 2].map(() => ({ type: 'application-status-asked', fields: { found: false, channel: 'internet' } })),
    );
  });

  it('is told ten times a minute to one address', async () => {
    const from = newAddress();
    const answers = [];
    for (let asked = 0; asked < 11; asked += 1)
      answers.push((await asks(`0000-0000-000${asked % 10}`, TARO.birthDate, from)).status);
    expect(answers).toEqual([...Array<number>(10).fill(200), 429]);
  });

  it.each([
    ['a number of somebody', true],
    ['a number of nobody', false],
  ])('about %s is told twenty times an hour, from wherever it is asked', async (_which, exists) => {
    const number = exists ? numberOf(await applies(await cardOf())) : '0000-0000-00ZZ';
    for (let asked = 0; asked < 20; asked += 1) expect((await asks(number, '1983-07-03')).status).toBe(200);
    expect(await asks(number, TARO.birthDate)).toMatchObject({ status: 429, body: { status: 'too-many' } });
  });
});

describe('what a page of somebody else could send', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'as %s is not read',
    async (type) => {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/apply/challenges',
        remoteAddress: newAddress(),
        headers: { 'content-type': type },
        payload: JSON.stringify({ municipality: M2 }),
      });
      expect(answer.statusCode).toBe(415);
    },
  );

  it('no origin is let in, and no cookie is set', async () => {
    const answer = await app.inject({
      method: 'OPTIONS',
      url: '/api/apply/challenges',
      remoteAddress: newAddress(),
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    const own = await app.inject({ url: '/api/apply/municipalities', remoteAddress: newAddress() });
    expect(own.headers['set-cookie']).toBeUndefined();
    expect(own.headers['cache-control']).toBe('no-store');
  });

  it.each([
    ['applications', { challengeId: 'x' }],
    ['status', { applicationNumber: '1', birthDate: '1983-07-02' }],
    ['status', { applicationNumber: '0000-0000-0000', birthDate: '1983-07-02', more: 1 }],
  ])('of another shape to %s is refused without a word of it', async (path, body) => {
    const { status, text } = await call('POST', path, body);
    expect(status).toBe(400);
    expect(text).not.toContain('applicationNumber');
    expect(JSON.parse(text)).toMatchObject({ status: 'not-readable' });
  });
});

it('nothing of an applicant is in the log or the audit', async () => {
  const number = numberOf(await applies(await cardOf()));
  await asks(number, TARO.birthDate);
  const kept = center.log() + JSON.stringify(await auditOf(center.db));
  for (const words of ['渡邉', '本町一丁目', '09012345678', '1983-07-02', '203.0.113.'])
    expect(kept).not.toContain(words);
  expect(center.log()).not.toContain(number);
});
