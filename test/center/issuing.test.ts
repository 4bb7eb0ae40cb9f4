import { createHash, randomUUID, verify } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MANIFEST_TAG, manifest, offerResponse, type Manifest } from '#center/contract/kioskApi.ts';
import { CERTIFICATE_LIFETIME_MS, prepare } from '#center/issuing/prepare.ts';
import { RenderFaultError } from '#center/documents/workerPool.ts';
import { countsOf } from '#center/issuing/counts.ts';
import { flagOverdue } from '#center/issuing/settle.ts';
import { shippedKindIds } from '#templates/vocabulary.ts';
import type { IssuedCard } from '#simulators/authority/issueCard.ts';
import { demoRegisters } from '#simulators/municipality/residents.ts';
import { enterParts } from './feeding.ts';
import { TODAY, auditOf, copyOf, startHarness, visit, type Harness, type Kiosk } from './harness.ts';

let center: Harness;
let kiosk: Kiosk;
let taro: IssuedCard;
let sessionId: string;
beforeAll(async () => {
  center = await startHarness();
  kiosk = await center.kiosk('store-001');
  taro = await center.cardOf('taro');
});
beforeEach(async () => {
  ({
    session: { sessionId },
  } = await visit(kiosk, taro));
});
afterAll(() => center.close());

const ask = (id: string, certificate: object, requestId = randomUUID(), at = kiosk) =>
  at.call('POST', `/v1/sessions/${id}/certificates`, { requestId, certificate });
const offerOf = async (id: string, municipality = '992011') =>
  (await kiosk.call('GET', `/v1/sessions/${id}/offer?municipality=${municipality}`)).body;

interface Prepared {
  readonly manifest: Manifest;
  readonly document: Buffer;
}
/** Checks signature, hash and pages as a kiosk does. */
function opened(body: Record<string, unknown>): Prepared {
  expect(body.kind).toBe('prepared');
  const { payload, signature } = body.manifest as { payload: string; signature: string };
  const signed = Buffer.from(`${MANIFEST_TAG}${payload}`);
  expect(verify(null, signed, center.keys.manifestPublicKey, Buffer.from(signature, 'base64'))).toBe(true);
  const document = Buffer.from(body.document as string, 'base64');
  const content = manifest.parse(JSON.parse(payload));
  expect(createHash('sha256').update(document).digest('hex')).toBe(content.documentSha256);
  expect(document.subarray(0, 5).toString()).toBe('%PDF-');
  return { manifest: content, document };
}
const prepared = async () => opened((await ask(sessionId, copyOf())).body);
const settle = (issueNumber: string, how: 'confirmation' | 'void', body: object, at = kiosk) =>
  at.call('POST', `/v1/certificates/${issueNumber}/${how}`, body);
const PAID = { paid: 200, sheets: 1 };
const VOID = { reason: 'print-failed', refunded: 200 };

describe('offer', () => {
  it('names the kinds, the household by number, the fee and the options that concern it', async () => {
    const offer = offerResponse.parse(await offerOf(sessionId));
    if (offer.kind !== 'offer') throw new Error('no offer');
    const copy = offer.kinds.find(({ kind }) => kind === 'resident-record-copy')!;
    if (copy.status !== 'offered') throw new Error('withheld');
    expect(copy.fee).toBe(200);
    expect(copy.members.map(({ number, self }) => [number, self])).toEqual([
      [1, true],
      [2, false],
      [3, false],
      [4, false],
    ]);
    expect(copy.options.map(({ id }) => id)).toContain('nationality');
  });

  it("asks a household without foreign residents nothing about foreign residents' items", async () => {
    const { session } = await visit(kiosk, await center.cardOf('one-person-household'));
    const offer = offerResponse.parse(await offerOf(session.sessionId));
    if (offer.kind !== 'offer' || offer.kinds[0]!.status !== 'offered') throw new Error('no offer');
    expect(offer.kinds[0]!.options.map(({ id }) => id)).not.toContain('nationality');
    expect(offer.kinds[0]!.extents.map(({ id }) => id)).toEqual(['whole', 'self']);
  });

  it('is on record with what was withheld, by the notices the resident saw', async () => {
    const { session } = await visit(kiosk, await center.cardOf('protected'));
    await offerOf(session.sessionId);
    expect((await auditOf(center.db)).at(-1)).toEqual({
      type: 'offer-made',
      fields: {
        kioskId: kiosk.id,
        sessionId: session.sessionId,
        municipality: '992011',
        offered: [],
        withheld: shippedKindIds.map((kind) => ({
          kind,
          notice: kind.startsWith('family-register') ? 'RULE-06' : 'DESK-01',
        })),
      },
    });
  });

  it('is not given for another municipality, to another kiosk, or to nobody', async () => {
    expect(await offerOf(sessionId, '992020')).toEqual({ kind: 'refused', notice: 'SERV-04' });
    expect(await offerOf(randomUUID())).toEqual({ kind: 'refused', notice: 'AUTH-02' });
    const other = await center.kiosk('store-003');
    const answer = await other.call('GET', `/v1/sessions/${sessionId}/offer?municipality=992011`);
    expect(answer.body).toEqual({ kind: 'refused', notice: 'AUTH-02' });
  });
});

describe('the shared counter answer', () => {
  const causes = [
    'protected',
    'household-of-protected',
    'moving-out',
    'household-of-mover',
    'moved-in-today',
    'character-pending',
    'pending-procedure',
  ];

  it('is the same for a protective measure and for every harmless cause, in offer and prepare', async () => {
    const answers = [];
    for (const resident of causes) {
      const { session, answer } = await visit(kiosk, await center.cardOf(resident));
      expect(answer.body.kind).toBe('authenticated');
      const offer = offerResponse.parse(await offerOf(session.sessionId));
      if (offer.kind !== 'offer') throw new Error('no offer');
      const refusal = await ask(session.sessionId, copyOf());
      expect(refusal.body).toEqual({ kind: 'refused', notice: 'DESK-01' });
      answers.push({ offer: offer.kinds[0], refusal: refusal.text });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('leaves one and the same word in the audit, and none in log and metrics', async () => {
    const refusals = (await auditOf(center.db)).filter(({ fields }) => fields.notice === 'DESK-01');
    expect(refusals).toHaveLength(causes.length);
    expect(new Set(refusals.map(({ fields }) => fields.reason))).toEqual(new Set(['counter']));
    const metrics = await center.deps.metrics.registry.metrics();
    for (const text of [center.log(), metrics]) expect(text).not.toMatch(/protect|restrict|支援|moving/);
  });

  it('asks the database the same questions for each of them', async () => {
    const statements = async (resident: string) => {
      const { session } = await visit(kiosk, await center.cardOf(resident));
      const before = center.queries().length;
      await ask(session.sessionId, copyOf());
      return center.queries().slice(before);
    };
    const [first, ...others] = [
      await statements('protected'),
      await statements('moving-out'),
      await statements('household-of-protected'),
    ];
    expect(first!.length).toBeGreaterThan(5);
    for (const other of others) expect(other).toEqual(first);
  });

  it('is given at once when the measure is entered between offer and request', async () => {
    const { session } = await visit(kiosk, await center.cardOf('minimal-name'));
    const id = 'minimal-name';
    const own = demoRegisters(TODAY).residents.find(({ residentId }) => residentId === id)!;
    expect(opened((await ask(session.sessionId, copyOf())).body).manifest.sheets).toBe(1);
    const feed = {
      restrictions: [{ residentId: own.residentId, fromDay: TODAY, toDay: null }],
    };
    await enterParts({ db: center.db, canDraw: center.canDraw, now: center.deps.clock() }, feed);
    expect((await ask(session.sessionId, copyOf())).body).toEqual({ kind: 'refused', notice: 'DESK-01' });
  });
});

describe('prepare', () => {
  it('answers with the document and a signed manifest that binds it to session, kiosk and card', async () => {
    const requestId = randomUUID();
    const answer = opened((await ask(sessionId, { ...copyOf(), include: ['relationship'] }, requestId)).body);
    const der = Buffer.from(taro.card.authentication.certificate, 'base64');
    expect(answer.manifest).toMatchObject({
      version: 1,
      sessionId,
      requestId,
      kioskId: 'store-001',
      municipality: '992011',
      kind: 'resident-record-copy',
      holderFingerprint: createHash('sha256').update(der).digest('hex'),
      // a front and its back on one sheet
      pages: 2,
      sheets: 1,
      fee: 200,
      issueDate: TODAY,
      expiresAt: new Date(center.deps.clock() + CERTIFICATE_LIFETIME_MS).toISOString(),
    });
    expect((await auditOf(center.db)).at(-1)).toMatchObject({
      type: 'certificate-prepared',
      fields: { issueNumber: answer.manifest.issueNumber, documentSha256: answer.manifest.documentSha256 },
    });
  });

  it('makes one certificate of one request id; the second use voids it and is refused', async () => {
    const requestId = randomUUID();
    const first = opened((await ask(sessionId, copyOf(), requestId)).body);
    expect((await ask(sessionId, copyOf(), requestId)).body).toEqual({ kind: 'refused', notice: 'CENT-02' });
    const answer = await settle(first.manifest.issueNumber, 'confirmation', PAID);
    expect(answer.body).toEqual({ kind: 'conflict', state: 'void' });
  });

  it('makes at most one of the same request id many times in one moment', async () => {
    const requestId = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(sessionId, copyOf(), requestId)));
    const made = answers.filter(({ body }) => body.kind === 'prepared');
    expect(made.length).toBeLessThanOrEqual(1);
    const rows = await center.db
      .selectFrom('certificate')
      .selectAll()
      .where('request_id', '=', requestId)
      .execute();
    expect(rows).toHaveLength(1);
  });

  it.each([
    ['an extent that is not offered to one person', { extent: 'part', members: [] }],
    ['a member that is not in the household', { extent: 'part', members: [9] }],
    ['members with a whole household', { members: [1] }],
    ['an option twice', { include: ['relationship', 'relationship'] }],
    ['an option nobody offered', { include: ['favourite-colour'] }],
  ])('refuses %s', async (_, change) => {
    const { body } = await ask(sessionId, { ...copyOf(), ...change });
    expect(body).toEqual({ kind: 'refused', notice: 'RULE-03' });
  });

  it('is closed outside the hours, with the time of reopening', async () => {
    const night = 14 * 60 * 60_000; // 0:00
    const azusa = await center.cardOf('azusa');
    center.advance(night);
    const { session } = await visit(kiosk, azusa);
    const { body } = await ask(session.sessionId, copyOf('992020'));
    center.advance(-night);
    expect(body).toEqual({ kind: 'refused', notice: 'SERV-01', until: '2026-11-21T06:30:00+09:00' });
  });

  it('ends with the session', async () => {
    center.advance(16 * 60_000);
    expect((await ask(sessionId, copyOf())).body).toEqual({ kind: 'refused', notice: 'AUTH-02' });
  });

  it('gives each of two kiosks its own in the same millisecond, many times', async () => {
    const other = await center.kiosk('store-004');
    const visits = [
      { at: kiosk, visit: await visit(kiosk, taro), resident: 'taro' },
      {
        at: other,
        visit: await visit(other, await center.cardOf('one-person-household')),
        resident: 'other',
      },
    ];
    const documents = new Map<string, Set<string>>();
    for (let round = 0; round < 25; round += 1) {
      const answers = await Promise.all(
        visits.map(({ at, visit: { session } }) => ask(session.sessionId, copyOf(), randomUUID(), at)),
      );
      answers.forEach(({ body }, index) => {
        const {
          at,
          visit: { session },
        } = visits[index]!;
        const { manifest: content, document } = opened(body);
        expect(content).toMatchObject({ sessionId: session.sessionId, kioskId: at.id });
        const seen = documents.get(at.id) ?? new Set();
        documents.set(at.id, seen.add(`${document.length > 0} ${content.holderFingerprint}`));
      });
    }
    expect([...documents.values()].map((seen) => seen.size)).toEqual([1, 1]);
    const numbers = await center.db.selectFrom('certificate').select('issue_number').execute();
    expect(new Set(numbers.map(({ issue_number }) => issue_number)).size).toBe(numbers.length);
  });

  it('enters nothing when the register changes while the document is made', async () => {
    const real = center.render.current;
    const feed = demoRegisters(TODAY);
    const own = feed.households.find(({ householdId }) => householdId === 'mihon-watanabe')!;
    let changed: Promise<unknown> = Promise.resolve();
    const { session } = await visit(kiosk, taro);
    const deps = {
      ...center.deps,
      render: async (request: Parameters<typeof real>[0]) => {
        const outcome = real(request);
        changed = enterParts(
          { db: center.db, canDraw: center.canDraw, now: center.deps.clock() },
          {
            households: [{ ...own, address: '架空県みほん市見本台九丁目9番9号' }],
          },
        );
        await changed;
        return outcome;
      },
    };
    const requestId = randomUUID();
    const order = { kioskId: kiosk.id, sessionId: session.sessionId, requestId, certificate: copyOf() };
    const outcome = await prepare(deps, order as Parameters<typeof prepare>[1]);
    expect(outcome).toMatchObject({
      kind: 'refused',
      reason: 'register-changed-meanwhile',
      notice: 'CENT-02',
    });
    const rows = await center.db
      .selectFrom('certificate')
      .selectAll()
      .where('request_id', '=', requestId)
      .execute();
    expect(rows).toEqual([]);
  });

  it.each([
    ['queue-full', 'SERV-06'],
    ['worker-failed', 'CENT-02'],
    ['timed-out', 'CENT-02'],
  ] as const)('enters nothing when rendering ends with %s', async (fault, notice) => {
    const deps = { ...center.deps, render: () => Promise.reject(new RenderFaultError(fault)) };
    const order = { kioskId: kiosk.id, sessionId, requestId: randomUUID(), certificate: copyOf() };
    const outcome = await prepare(deps, order as Parameters<typeof prepare>[1]);
    expect(outcome).toEqual({ kind: 'refused', notice, reason: 'rendering-failed' });
    const rows = center.db.selectFrom('certificate').where('request_id', '=', order.requestId).selectAll();
    expect(await rows.execute()).toEqual([]);
  });

  it('enters nothing after its deadline: the late document reaches nobody', async () => {
    const { session } = await visit(kiosk, taro);
    let release: () => void = () => undefined;
    const gate = new Promise<void>((open) => (release = open));
    const deps = {
      ...center.deps,
      prepareTimeoutMs: 1,
      render: async (request: Parameters<typeof center.render.current>[0]) => {
        await gate;
        return center.render.current(request);
      },
    };
    const requestId = randomUUID();
    const order = { kioskId: kiosk.id, sessionId: session.sessionId, requestId, certificate: copyOf() };
    const pending = prepare(deps, order as Parameters<typeof prepare>[1]);
    AbortSignal.timeout(5).addEventListener('abort', () => release());
    expect(await pending).toMatchObject({ kind: 'refused', reason: 'timed-out' });
    const rows = await center.db
      .selectFrom('certificate')
      .selectAll()
      .where('request_id', '=', requestId)
      .execute();
    expect(rows).toEqual([]);
  });
});

describe('settlement', () => {
  it('confirms once, again and again, and never voids afterwards', async () => {
    const { issueNumber } = (await prepared()).manifest;
    for (const _ of [1, 2, 3]) {
      expect((await settle(issueNumber, 'confirmation', PAID)).body).toEqual({
        kind: 'settled',
        state: 'printed',
      });
    }
    expect((await settle(issueNumber, 'void', VOID)).body).toEqual({ kind: 'conflict', state: 'printed' });
    const events = (await auditOf(center.db)).filter(({ fields }) => fields.issueNumber === issueNumber);
    expect(events.map(({ type }) => type)).toEqual([
      'certificate-prepared',
      'certificate-printed',
      'settlement-conflict',
    ]);
  });

  it('voids once, again and again, and never confirms afterwards', async () => {
    const { issueNumber } = (await prepared()).manifest;
    const answers = await Promise.all([1, 2, 3, 4].map(() => settle(issueNumber, 'void', VOID)));
    for (const { body } of answers) expect(body).toEqual({ kind: 'settled', state: 'void' });
    expect((await settle(issueNumber, 'confirmation', PAID)).body).toEqual({
      kind: 'conflict',
      state: 'void',
    });
    const voided = (await auditOf(center.db)).filter(
      ({ type, fields }) => type === 'certificate-voided' && fields.issueNumber === issueNumber,
    );
    expect(voided).toHaveLength(1);
  });

  it('of confirm and void in the same moment one wins and the other is told', async () => {
    const { issueNumber } = (await prepared()).manifest;
    const [confirmed, voided] = await Promise.all([
      settle(issueNumber, 'confirmation', PAID),
      settle(issueNumber, 'void', VOID),
    ]);
    expect(new Set([confirmed.body.kind, voided.body.kind])).toEqual(new Set(['settled', 'conflict']));
    expect(confirmed.body.state).toBe(voided.body.state);
  });

  it("does not know another kiosk's certificates", async () => {
    const other = await center.kiosk('store-005');
    const { issueNumber } = (await prepared()).manifest;
    expect((await settle(issueNumber, 'void', VOID, other)).body).toEqual({ kind: 'unknown-issue-number' });
  });

  it('flags what expired unsettled, once, and still takes its late confirmation', async () => {
    const { issueNumber } = (await prepared()).manifest;
    const later = center.deps.clock() + CERTIFICATE_LIFETIME_MS + 1;
    expect(await flagOverdue(center.db, later)).toBeGreaterThanOrEqual(1);
    expect(await flagOverdue(center.db, later)).toBe(0);
    const flagged = (await auditOf(center.db)).filter(({ type }) => type === 'certificate-overdue');
    expect(flagged.map(({ fields }) => fields.issueNumber)).toContain(issueNumber);
    expect((await settle(issueNumber, 'confirmation', PAID)).body).toEqual({
      kind: 'settled',
      state: 'printed',
    });
  });

  it('counts made, paid and printed apart', async () => {
    const seven = await center.kiosk('store-007');
    const { session } = await visit(seven, taro);
    const made = await Promise.all(
      [1, 2, 3].map(
        async () =>
          opened((await ask(session.sessionId, copyOf(), randomUUID(), seven)).body).manifest.issueNumber,
      ),
    );
    await settle(made[0]!, 'confirmation', PAID, seven);
    await settle(made[1]!, 'void', VOID, seven);
    const counts = await countsOf(center.db, TODAY);
    expect(counts.find(({ kioskId }) => kioskId === 'store-007')).toEqual({
      kioskId: 'store-007',
      municipality: '992011',
      kind: 'resident-record-copy',
      made: 3,
      paid: 2,
      printed: 1,
      void: 1,
      open: 1,
    });
  });
});
