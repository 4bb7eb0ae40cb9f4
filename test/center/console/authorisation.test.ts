/**
 * Every route × every role × every municipality: exactly the matrix of permissions.ts is let through, and what belongs to
 * another municipality looks like what does not exist. A new route without a fixture for its parameters fails here.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsoleRoute } from '#center/console/consoleRoute.ts';
import { mayAct, roles, type Role } from '#center/console/permissions.ts';
import { consoleRoutes } from '#center/console/routes.ts';
import { addAsset } from '#center/configuration/assets.ts';
import { stopIssuing } from '#center/configuration/stops.ts';
import { requestTestIssue } from '#center/configuration/testIssues.ts';
import { raiseAlarm } from '#center/issuing/alarms.ts';
import type { CertificateKindId } from '#templates/vocabulary.ts';
import { readFileSync } from 'node:fs';
import { templatesDirectory } from '#templates/load.ts';
import { visit, copyOf } from '../harness.ts';
import { applyTo } from './applyingTo.ts';
import {
  ELSEWHERE,
  HOME,
  ORIGIN,
  startConsole,
  type ConsoleHarness,
  type SignedIn,
} from './consoleHarness.ts';

let stand: ConsoleHarness;
let routes: readonly ConsoleRoute[];
const signedIn = new Map<Role, SignedIn>();
let stranger: SignedIn;

beforeAll(async () => {
  stand = await startConsole();
  routes = consoleRoutes(stand.deps);
  for (const role of roles) signedIn.set(role, await stand.staff([role]));
  stranger = await stand.staff(roles, ELSEWHERE);
});
afterAll(() => stand.close());

/** Things of みほん市, by parameter, made anew: what a test has ended does not hide what the next one asks. */
async function thingsOfHome(path = '/api/applications/:number'): Promise<Readonly<Record<string, string>>> {
  const { db, keys: _keys, clock } = stand.deps;
  const now = clock();
  const member = await stand.staff(['viewer']);
  const kioskId = `store-${randomUUID().slice(0, 8)}`;
  const kiosk = await stand.center.kiosk(kioskId);
  const { session } = await visit(kiosk, await stand.center.cardOf('taro'));
  const url = `/v1/sessions/${session.sessionId}`;
  await kiosk.call('GET', `${url}/offer?municipality=${HOME}`);
  const { body } = await kiosk.call('POST', `${url}/certificates`, {
    requestId: randomUUID(),
    certificate: copyOf(),
  });
  const { payload } = body['manifest'] as { payload: string };
  const { issueNumber } = JSON.parse(payload) as { issueNumber: string };
  await raiseAlarm(db, kioskId, { finding: 'hash', issueNumber: null, municipality: HOME }, now);
  const alarm = await db
    .selectFrom('alarm')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const bytes = readFileSync(`${templatesDirectory}/profiles/seals/992011.png`);
  const asset = await addAsset(db, { municipality: HOME, kind: 'seal', bytes, staffId: member.staffId }, now);
  const kind = 'income-certificate' as CertificateKindId;
  await stopIssuing(db, { municipality: HOME, kind, reason: 'other', staffId: member.staffId }, now);
  const stop = await db
    .selectFrom('service_stop')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const wish = { municipality: HOME, version: 1, kioskId, kind: 'resident-record-copy' as CertificateKindId };
  const testIssue = await requestTestIssue(
    db,
    { ...wish, sample: 'resident-record-copy', staffId: member.staffId },
    now,
  );
  const editor = await stand.staff(['editor']);
  const report = { reportedBy: 'store', happenedAt: null, kioskId: null, issueNumber: null };
  const opened = await stand.call(editor, 'POST', '/api/cases', report);
  const card = await db
    .insertInto('seal_card')
    .values({
      issuer_key_id: 'a'.repeat(64),
      serial: randomUUID().replaceAll('-', ''),
      municipality: HOME,
      resident_id: 'taro',
      linked_by: member.staffId,
      linked_at: new Date(now),
      ended_by: null,
      ended_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return {
    '/api/staff/:staffId': member.staffId,
    '/api/versions/:number': '1',
    '/api/assets/:name': asset.kind === 'added' ? asset.name : '',
    '/api/stops/:id': String(stop.id),
    '/api/test-issues/:id': String(testIssue),
    '/api/alarms/:id': String(alarm.id),
    '/api/issued/:issueNumber': issueNumber,
    '/api/cases/:id': String(opened.body['id']),
    '/api/account/passkeys/:id': 'no-such-passkey',
    '/api/feed-clients/:id': 'office-1',
    '/api/registers/:register': 'resident',
    '/api/counter/cards/:id': String(card.id),
    '/api/applications/:number': path.startsWith('/api/applications')
      ? await applyTo(stand.center, { municipality: HOME })
      : '',
  };
}

/** Things that exist nowhere, of the same form. */
const NOTHING: Readonly<Record<string, string>> = {
  '/api/staff/:staffId': '00000000-0000-4000-8000-000000000000',
  '/api/versions/:number': '99',
  '/api/assets/:name': '992020-0000000000000000.png',
  '/api/stops/:id': '2000000000',
  '/api/test-issues/:id': '00000000-0000-4000-8000-000000000000',
  '/api/alarms/:id': '2000000000',
  '/api/issued/:issueNumber': '0000-0000-0000-0000',
  '/api/cases/:id': '00000000-0000-4000-8000-000000000000',
  '/api/account/passkeys/:id': 'no-such-passkey',
  '/api/feed-clients/:id': 'nobody-1',
  '/api/registers/:register': 'resident',
  '/api/counter/cards/:id': '2000000000',
  '/api/applications/:number': '0000-0000-0000',
};

const prefixOf = (path: string): string | undefined => /^.*?:[A-Za-z]+/.exec(path)?.[0];

/** The route's address with these things in it. Throws where the fixture knows none. */
function urlOf({ path }: ConsoleRoute, things: Readonly<Record<string, string>>): string {
  const prefix = prefixOf(path);
  if (prefix === undefined) return path;
  const thing = things[prefix];
  if (thing === undefined) throw new Error(`no fixture for ${prefix}: add one to authorisation.test.ts`);
  return path.replace(/:[A-Za-z]+/, encodeURIComponent(thing));
}

/** Bodies that pass the schema, so that it is the thing that is missing and not the form. */
const BODIES: Readonly<Record<string, object>> = {
  'PUT /api/staff/:staffId/roles': { roles: ['viewer'] },
  'PUT /api/versions/:number': { revision: 1, profile: {} },
  'POST /api/versions/:number/proposal': { revision: 1, note: '' },
  'POST /api/versions/:number/approval': { digest: '0'.repeat(64), effectiveAt: null },
  'POST /api/versions/:number/rejection': { reason: 'x' },
  'POST /api/versions/:number/preview': { kind: 'resident-record-copy', sample: 'resident-record-copy' },
  'POST /api/versions/:number/test-issues': {
    kind: 'resident-record-copy',
    sample: 'resident-record-copy',
    kioskId: 'store-x',
  },
  'POST /api/alarms/:id/closing': { output: 'not-printed' },
  'POST /api/issued/:issueNumber/withdrawal': { reason: 'lost' },
  'POST /api/cases/:id/steps': { step: 'stop', value: 'all' },
  'POST /api/applications/:number/search': { domicile: '本町', headOfRegister: '' },
  'POST /api/applications/:number/release': { revision: 1 },
  'POST /api/applications/:number/question': { revision: 1, question: 'x' },
  'POST /api/applications/:number/refusal': { revision: 1, reason: 'items-differ' },
  'POST /api/applications/:number/acceptance': {
    revision: 1,
    familyRegisterId: 'x',
    member: '0'.repeat(64),
    look: '0'.repeat(64),
    confirmed: [],
  },
  'PUT /api/cases/:id/certificate': { issueNumber: '0000-0000-0000-0000' },
};
const keyOf = ({ method, path }: ConsoleRoute) => `${method} ${path}`;
const send = (who: SignedIn | null, route: ConsoleRoute, url: string) =>
  stand.call(who, route.method, url, BODIES[keyOf(route)] ?? (route.method === 'GET' ? undefined : {}));
/** What ends the session is asked last of all. */
const ENDING = /sign-out/;

describe('every route of the console', () => {
  it('names an act, and exactly the roles of that act pass', async () => {
    const wrong: string[] = [];
    for (const route of routes.filter(({ path }) => !ENDING.test(path))) {
      for (const role of roles) {
        // what is asked for exists nowhere: nothing changes, and who passes is told apart from who does not
        const answer = await send(signedIn.get(role)!, route, urlOf(route, NOTHING));
        const passes = answer.status !== 401 && answer.status !== 403;
        if (passes !== mayAct([role], route.act)) wrong.push(`${keyOf(route)} as ${role}: ${answer.status}`);
        if (answer.status >= 500) wrong.push(`${keyOf(route)} as ${role}: ${answer.text}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('passes nobody who is not signed in, disabled, or not on our page', async () => {
    const wrong: string[] = [];
    const disabled = await stand.staff(roles);
    await stand.deps.db
      .updateTable('staff')
      .set({ state: 'disabled' })
      .where('id', '=', disabled.staffId)
      .execute();
    const guest = await stand.staff(roles);
    const without = (header: string, value: string): SignedIn => ({
      ...guest,
      headers: { ...guest.headers, [header]: value },
    });
    for (const route of routes) {
      const url = urlOf(route, NOTHING);
      const [nobody, closed] = [await send(null, route, url), await send(disabled, route, url)];
      if (nobody.status !== 401 || closed.status !== 401)
        wrong.push(`${keyOf(route)}: ${nobody.status} ${closed.status}`);
      if (route.method === 'GET') continue;
      for (const bad of [without('x-csrf-token', 'x'), without('origin', 'https://elsewhere.example')]) {
        const { status } = await send(bad, route, url);
        if (status !== 403) wrong.push(`${keyOf(route)} from another page: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(ORIGIN).not.toContain('elsewhere');
  });

  it("answers for another municipality's things as for things that do not exist", async () => {
    const wrong: string[] = [];
    for (const route of routes.filter(({ path }) => path.includes(':'))) {
      const things = await thingsOfHome(route.path);
      const [theirs, nothing] = [
        await send(stranger, route, urlOf(route, things)),
        await send(stranger, route, urlOf(route, NOTHING)),
      ];
      const isOwnRegister = route.path.startsWith('/api/registers/');
      // version 1 exists in every municipality: what is shown must be the own one
      const isOwnVersion = route.path.startsWith('/api/versions/');
      if (isOwnRegister || isOwnVersion) {
        if (/992011|みほん/.test(theirs.text)) wrong.push(`${keyOf(route)} shows another municipality's`);
        continue;
      }
      if (theirs.status !== nothing.status || theirs.text !== nothing.text) {
        wrong.push(`${keyOf(route)}: ${theirs.status} ${theirs.text} / ${nothing.status} ${nothing.text}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('shows nothing of another municipality in any list', async () => {
    const things = await thingsOfHome();
    const traces = [
      '/api/staff/:staffId',
      '/api/issued/:issueNumber',
      '/api/cases/:id',
      '/api/test-issues/:id',
      '/api/applications/:number',
    ].map((name) => things[name]!);
    for (const route of routes.filter(({ method, path }) => method === 'GET' && !path.includes(':'))) {
      const query = route.path.startsWith('/api/reports') ? '?period=2026-11&format=csv' : '';
      const { text } = await stand.call(stranger, 'GET', `${route.path}${query}`);
      for (const trace of traces) expect(`${route.path} ${text}`).not.toContain(trace);
    }
  });
});
