/** Signing in, step by step: what lets in, what locks out, what ends a session. */
import { TOTP, Secret } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inviteStaff } from '#center/console/staffAccounts.ts';
import { auditOf } from '../harness.ts';
import {
  HOME,
  ORIGIN,
  PASSWORD,
  startConsole,
  type ConsoleHarness,
  type Reply,
  type SignedIn,
} from './consoleHarness.ts';

let stand: ConsoleHarness;
beforeAll(async () => {
  stand = await startConsole();
});
afterAll(() => stand.close());

const MINUTE_MS = 60_000;

/** A browser: it keeps the cookie of the last answer, and the page's token. */
function browser() {
  let cookie = '';
  let csrf = '';
  const post = async (url: string, body: object = {}): Promise<Reply> => {
    const headers = { origin: ORIGIN, cookie, 'x-csrf-token': csrf };
    const answer = await stand.app.inject({ method: 'POST', url, headers, payload: body });
    const set = answer.headers['set-cookie'];
    if (typeof set === 'string') cookie = set.split(';')[0]!;
    const parsed = answer.json() as Record<string, unknown>;
    if (typeof parsed['csrf'] === 'string') csrf = parsed['csrf'];
    return {
      status: answer.statusCode,
      body: parsed,
      text: answer.body,
      headers: answer.headers,
      bytes: answer.rawPayload,
    };
  };
  const get = (url: string) => stand.app.inject({ url, headers: { cookie } });
  return { post, get, cookie: () => cookie };
}

const codeOf = (letters: string, offset = 0) =>
  new TOTP({ secret: Secret.fromBase32(letters), digits: 6, period: 30 }).generate({
    timestamp: stand.deps.clock() + offset,
  });

/** An account with a code app, enrolled as its owner does it. */
async function enrol(login: string): Promise<{ letters: string; recoveryCodes: string[]; staffId: string }> {
  const person = {
    municipality: HOME,
    login,
    displayName: '試　職員',
    roles: ['editor'] as const,
    by: 'operator',
  };
  const invitation = await stand.center.db
    .transaction()
    .execute((tx) => inviteStaff(tx, person, stand.deps.clock()));
  const { post } = browser();
  await post('/api/enrolment/password', { token: invitation!.token, password: PASSWORD });
  const asked = await post('/api/enrolment/code-question');
  const letters = asked.body['secret'] as string;
  const done = await post('/api/enrolment/code', { code: codeOf(letters) });
  expect(done.status).toBe(200);
  stand.center.advance(MINUTE_MS);
  return { letters, recoveryCodes: done.body['recoveryCodes'] as string[], staffId: invitation!.staffId };
}

describe('enrolment', () => {
  it('goes from a link to a signed-in member, and the link is good once', async () => {
    const person = {
      municipality: HOME,
      login: 'new@city',
      displayName: '新　人',
      roles: ['viewer'] as const,
      by: 'operator',
    };
    const invitation = (await stand.center.db
      .transaction()
      .execute((tx) => inviteStaff(tx, person, stand.deps.clock())))!;
    const { post, get } = browser();
    const look = await post('/api/enrolment/look', { token: invitation.token });
    expect(look.body).toEqual({
      login: 'new@city',
      displayName: '新　人',
      municipalityName: '架空県みほん市',
    });
    const choose = (password: string) =>
      post('/api/enrolment/password', { token: invitation.token, password });
    expect((await choose('short')).status).toBe(400);
    expect((await choose('aaaaaaaaaaaaaaaa')).body['reason']).toMatch(/種類/);
    expect((await choose('password123456')).body['reason']).toMatch(/よく使われる/);
    expect((await choose(PASSWORD)).status).toBe(200);
    expect((await get('/api/me')).statusCode).toBe(401);
    const { body } = await post('/api/enrolment/code-question');
    expect(body['picture']).toMatch(/^<svg/);
    const wrong = codeOf(body['secret'] as string, 10 * MINUTE_MS);
    expect((await post('/api/enrolment/code', { code: wrong })).status).toBe(422);
    const enrolled = await post('/api/enrolment/code', { code: codeOf(body['secret'] as string) });
    expect(enrolled.body['recoveryCodes']).toHaveLength(10);
    expect((await get('/api/me')).json()).toMatchObject({
      login: 'new@city',
      roles: ['viewer'],
      municipality: HOME,
    });
    expect((await browser().post('/api/enrolment/look', { token: invitation.token })).status).toBe(404);
  });

  it('a link grows old after a day', async () => {
    const person = {
      municipality: HOME,
      login: 'late@city',
      displayName: '遅　刻',
      roles: ['viewer'] as const,
      by: 'operator',
    };
    const invitation = (await stand.center.db
      .transaction()
      .execute((tx) => inviteStaff(tx, person, stand.deps.clock() - 24 * 60 * MINUTE_MS)))!;
    expect((await browser().post('/api/enrolment/look', { token: invitation.token })).status).toBe(404);
  });
});

describe('signing in', () => {
  it('needs password and code; a code is good once, a recovery code too', async () => {
    const { letters, recoveryCodes } = await enrol('both@city');
    const first = browser();
    expect(
      (await first.post('/api/sign-in/password', { login: 'Both@City', password: PASSWORD })).body,
    ).toMatchObject({
      kind: 'second-factor',
      factors: ['one-time-code'],
    });
    expect((await first.get('/api/me')).statusCode).toBe(401);
    const code = codeOf(letters);
    expect((await first.post('/api/sign-in/code', { code })).status).toBe(200);
    expect((await first.get('/api/me')).statusCode).toBe(200);

    const second = browser();
    await second.post('/api/sign-in/password', { login: 'both@city', password: PASSWORD });
    expect((await second.post('/api/sign-in/code', { code })).status).toBe(422);
    expect((await second.post('/api/sign-in/code', { code: recoveryCodes[0]! })).status).toBe(200);
    const third = browser();
    await third.post('/api/sign-in/password', { login: 'both@city', password: PASSWORD });
    expect((await third.post('/api/sign-in/code', { code: recoveryCodes[0]! })).status).toBe(422);
  });

  it('answers the same for an unknown login and a wrong password', async () => {
    await enrol('known@city');
    const answers = await Promise.all(
      ['known@city', 'nobody@city'].map((login) =>
        browser().post('/api/sign-in/password', { login, password: 'wrong wrong wrong' }),
      ),
    );
    expect(answers[0]!.status).toBe(422);
    expect(answers[0]!.text).toBe(answers[1]!.text);
  });

  it('five failures lock for a quarter of an hour, then for twice as long', async () => {
    const { letters } = await enrol('locked@city');
    const tries = async (password: string) =>
      (await browser().post('/api/sign-in/password', { login: 'locked@city', password })).status;
    for (let wrong = 0; wrong < 5; wrong += 1) expect(await tries('wrong wrong wrong')).toBe(422);
    expect(await tries(PASSWORD)).toBe(422);
    stand.center.advance(15 * MINUTE_MS + 1);
    for (let wrong = 0; wrong < 5; wrong += 1) expect(await tries('wrong wrong wrong')).toBe(422);
    stand.center.advance(15 * MINUTE_MS + 1);
    expect(await tries(PASSWORD)).toBe(422);
    stand.center.advance(15 * MINUTE_MS);
    const { post } = browser();
    expect((await post('/api/sign-in/password', { login: 'locked@city', password: PASSWORD })).status).toBe(
      200,
    );
    for (let wrong = 0; wrong < 5; wrong += 1) {
      expect((await post('/api/sign-in/code', { code: codeOf(letters, 20 * MINUTE_MS) })).status).toBe(422);
    }
    const locked = await post('/api/sign-in/code', { code: codeOf(letters) });
    expect(locked.body['reason']).toMatch(/しばらく使えません/);
  });

  it('guesses at the same moment are counted each', async () => {
    const { staffId } = await enrol('parallel@city');
    await Promise.all(
      Array.from({ length: 5 }, () =>
        browser().post('/api/sign-in/password', { login: 'parallel@city', password: 'wrong wrong wrong' }),
      ),
    );
    const row = await stand.center.db
      .selectFrom('staff')
      .select('locked_until')
      .where('id', '=', staffId)
      .executeTakeFirstOrThrow();
    expect(row.locked_until).not.toBeNull();
  });

  it('never writes a login, a password or a name into the audit or the log', async () => {
    const text = JSON.stringify(await auditOf(stand.center.db)) + stand.center.log();
    for (const secret of ['both@city', PASSWORD, '試　職員', 'wrong wrong wrong'])
      expect(text).not.toContain(secret);
  });
});

describe('a session', () => {
  let who: SignedIn;
  const me = async () => (await stand.call(who, 'GET', '/api/me')).status;

  it('ends after half an hour without a sign of life, and after ten hours with', async () => {
    who = await stand.staff(['viewer']);
    stand.center.advance(29 * MINUTE_MS);
    expect(await me()).toBe(200);
    stand.center.advance(29 * MINUTE_MS);
    expect(await me()).toBe(200);
    stand.center.advance(30 * MINUTE_MS + 1);
    expect(await me()).toBe(401);
    who = await stand.staff(['viewer']);
    for (let half = 0; half < 19; half += 1) {
      stand.center.advance(30 * MINUTE_MS);
      expect(await me()).toBe(200);
    }
    stand.center.advance(30 * MINUTE_MS);
    expect(await me()).toBe(401);
  });

  it('ends at once when the account is disabled or its roles change', async () => {
    const administrator = await stand.staff(['administrator']);
    who = await stand.staff(['viewer']);
    const roles = { roles: ['editor'] };
    expect((await stand.call(administrator, 'PUT', `/api/staff/${who.staffId}/roles`, roles)).status).toBe(
      200,
    );
    expect(await me()).toBe(401);
    who = await stand.staff(['viewer']);
    expect((await stand.call(administrator, 'POST', `/api/staff/${who.staffId}/disable`)).status).toBe(200);
    expect(await me()).toBe(401);
  });

  it('changes nothing without the page: no token, another token, another origin', async () => {
    who = await stand.staff(['viewer']);
    const out = '/api/account/sign-out-everywhere';
    const changes: Record<string, string>[] = [
      { 'x-csrf-token': '' },
      { 'x-csrf-token': 'a'.repeat(43) },
      { origin: 'https://elsewhere.example' },
      { origin: '' },
    ];
    for (const change of changes) {
      const stranger = { ...who, headers: { ...who.headers, ...change } };
      expect((await stand.call(stranger, 'POST', out)).status).toBe(403);
    }
    expect(await me()).toBe(200);
    expect((await stand.call(who, 'POST', out)).status).toBe(200);
    expect(await me()).toBe(401);
  });

  it('asks for the second factor again before a weighty act, five minutes later', async () => {
    const administrator = await stand.staff(['administrator']);
    const invite = (login: string) =>
      stand.call(administrator, 'POST', '/api/staff', { login, displayName: '次', roles: ['viewer'] });
    expect((await invite('soon@city')).status).toBe(200);
    stand.center.advance(5 * MINUTE_MS + 1);
    expect((await invite('later@city')).body).toMatchObject({ kind: 'confirm-needed' });
  });
});

describe('accounts', () => {
  it('nobody changes the own roles, and the last administrator stays', async () => {
    const [first, second] = [
      await stand.staff(['administrator'], '993018' as never),
      await stand.staff(['administrator'], '993018' as never),
    ];
    const own = await stand.call(first, 'PUT', `/api/staff/${first.staffId}/roles`, { roles: ['viewer'] });
    expect(own.status).toBe(409);
    const both = await Promise.all([
      stand.call(first, 'POST', `/api/staff/${second.staffId}/disable`),
      stand.call(second, 'POST', `/api/staff/${first.staffId}/disable`),
    ]);
    // the other call finds that it would be the last one's, or that its own account is disabled already
    const [done, refused] = both.map(({ status }) => status).sort();
    expect(done).toBe(200);
    expect([401, 409]).toContain(refused);
  });

  it("another municipality's members look like nobody", async () => {
    const administrator = await stand.staff(['administrator']);
    const other = await stand.staff(['viewer'], '992020' as never);
    const nobody = '00000000-0000-4000-8000-000000000000';
    const [theirs, none] = await Promise.all(
      [other.staffId, nobody].map((id) => stand.call(administrator, 'POST', `/api/staff/${id}/disable`)),
    );
    expect([theirs!.status, theirs!.text]).toEqual([none!.status, none!.text]);
    expect(none!.status).toBe(404);
    const list = (await stand.call(administrator, 'GET', '/api/staff')).body['staff'] as {
      staffId: string;
    }[];
    expect(list.map(({ staffId }) => staffId)).not.toContain(other.staffId);
  });

  it('the audit page shows the own municipality only', async () => {
    const administrator = await stand.staff(['administrator'], '992020' as never);
    const { body } = await stand.call(administrator, 'GET', '/api/audit');
    const events = body['events'] as { fields: Record<string, unknown>; type: string }[];
    expect(events.length).toBeGreaterThan(0);
    const all = await auditOf(stand.center.db);
    const own = all.filter(({ fields }) => fields['municipality'] === '992020');
    expect(events.length).toBe(Math.min(100, own.length));
  });
});
