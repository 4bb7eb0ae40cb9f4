/** What holds a certificate back, for every kind: told alike where it lies with the municipality, and never overtaken. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prepare } from '#center/issuing/prepare.ts';
import { addDays } from '#templates/civilTime.ts';
import { shippedKindIds, type CivilDate } from '#templates/vocabulary.ts';
import type { IssuedCard } from '#simulators/authority/issueCard.ts';
import { demoFeed } from '#simulators/municipality/demoFeed.ts';
import { feedRegisters, type FeedParts } from '#simulators/municipality/feedParts.ts';
import type { FeedRegister } from '#center/contract/registerFeed.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { enterParts, sendEvents } from './feeding.ts';
import { TODAY, auditOf, startHarness, visit, type Harness, type Kiosk } from './harness.ts';

let center: Harness;
let kiosk: Kiosk;
let taro: IssuedCard;
let sessionId: string;
beforeAll(async () => {
  center = await startHarness();
  kiosk = await center.kiosk('store-refusals');
  taro = await center.cardOf('taro');
});
beforeEach(async () => {
  ({
    session: { sessionId },
  } = await visit(kiosk, taro));
});
afterAll(() => center.close());

const whole = demoFeed(TODAY);
const HOME = '992011' as MunicipalityCode;
const door = () => ({ db: center.db, canDraw: center.canDraw, now: center.deps.clock() });
const enter = (feed: FeedParts) => enterParts(door(), feed);
const of = <Row extends { residentId?: string }>(rows: readonly Row[] | undefined) =>
  rows!.find(({ residentId }) => residentId === 'taro')!;
const own = of(whole.residents!);
const registerOf = <Row extends { members: readonly { residentId?: string }[] }>(
  rows: readonly Row[] | undefined,
) => rows!.find(({ members }) => members.some(({ residentId }) => residentId === 'taro'))!;
const protectedFrom = (residentId: string) => ({
  restrictions: [{ residentId, fromDay: TODAY, toDay: null }],
});
/** The registers as they were, protective measures of the test ended yesterday. */
const restore = () =>
  enter({
    residents: [own],
    // a cancelled seal comes back as a new registration only
    seals: [{ ...of(whole.seals), registeredOn: TODAY }],
    taxRecords: whole.taxRecords!.filter(({ residentId }) => residentId === 'taro'),
    taxPayments: whole.taxPayments!.filter(({ residentId }) => residentId === 'taro'),
    familyRegisters: [registerOf(whole.familyRegisters)],
    addressHistories: [registerOf(whole.addressHistories)],
    restrictions: ['taro', 'sakura'].map((residentId) => ({
      residentId,
      fromDay: TODAY,
      toDay: addDays(TODAY, -1),
    })),
  });

const EXTENTS: Readonly<Record<string, 'whole' | 'self'>> = {
  'resident-record-copy': 'whole',
  'resident-record-items': 'whole',
  'family-register-full': 'whole',
  'family-register-address-copy': 'whole',
};
const certificateOf = (kind: string) => ({
  municipality: '992011',
  kind,
  extent: EXTENTS[kind] ?? 'self',
  members: [],
  include: kind === 'tax-payment-certificate' ? ['resident-tax'] : [],
});
const ask = (kind: string) =>
  kiosk.call('POST', `/v1/sessions/${sessionId}/certificates`, {
    requestId: randomUUID(),
    certificate: certificateOf(kind),
  });
const offer = () => kiosk.call('GET', `/v1/sessions/${sessionId}/offer?municipality=992011`);
const noticesNow = async () => {
  const { kinds } = (await offer()).body as { kinds: { kind: string; status: string; notice?: string }[] };
  return Object.fromEntries(kinds.map(({ kind, notice }) => [kind, notice ?? 'offered']));
};

describe('the shared answer of the counter, for every kind', () => {
  const causes: [string, Partial<FeedParts>][] = [
    ['支援措置', protectedFrom('taro')],
    ['転出予定', { residents: [{ ...own, plannedMoveOutOn: addDays(TODAY, 9) }] }],
    ['転入当日', { residents: [{ ...own, movedInOn: TODAY }] }],
    ['届出の反映待ち', { residents: [{ ...own, pendingProcedure: true }] }],
    ['外字登録中', { residents: [{ ...own, characterRegistrationPending: true }] }],
  ];
  const seen: { offer: string; refusals: string[]; statements: readonly string[] }[] = [];

  it.each(causes)('%s', async (_, cause) => {
    await enter(cause);
    const answer = (await offer()).text;
    const refusals = [];
    const before = center.queries().length;
    for (const kind of shippedKindIds) refusals.push((await ask(kind)).text);
    const statements = center.queries().slice(before);
    await restore();
    expect(new Set(refusals)).toEqual(new Set([JSON.stringify({ kind: 'refused', notice: 'DESK-01' })]));
    seen.push({ offer: answer, refusals, statements });
  });

  it('is the same bytes in offer and request, after the same questions to the database', () => {
    expect(seen).toHaveLength(causes.length);
    expect(new Set(seen.map((answers) => JSON.stringify(answers))).size).toBe(1);
  });

  it('covers a measure of a relative exactly where the relative would be printed', async () => {
    await enter(protectedFrom('sakura'));
    const measured = await noticesNow();
    await restore();
    const sakura = whole.residents!.find(({ residentId }) => residentId === 'sakura')!;
    await enter({ residents: [{ ...sakura, pendingProcedure: true }] });
    const pending = await noticesNow();
    await enter({ residents: [sakura] });
    expect(measured).toEqual(pending);
    expect(measured['seal-registration-certificate']).toBe('offered');
    expect(measured['family-register-address-copy']).toBe('DESK-01');
    expect(new Set(Object.values(await noticesNow()))).toEqual(new Set(['offered']));
  });

  it('covers a measure of somebody on the 戸籍 who lives elsewhere, also when one register does not know who it is', async () => {
    const tied = <Entry extends { members: readonly { residentId?: string }[] }>({
      members,
      ...entry
    }: Entry) => ({
      ...entry,
      members: members.map((member) => ({ ...member, residentId: member.residentId ?? 'lives-elsewhere' })),
    });
    const [family, addresses] = [registerOf(whole.familyRegisters), registerOf(whole.addressHistories)];
    expect(family.members.filter(({ residentId }) => residentId === undefined)).toHaveLength(1);
    await enter({ ...protectedFrom('lives-elsewhere'), familyRegisters: [tied(family) as never] });
    const notices = await noticesNow();
    expect(notices).toMatchObject({
      'family-register-full': 'DESK-01',
      'family-register-address-copy': 'DESK-01',
      'resident-record-copy': 'offered',
    });
    await restore();
    await enter({ addressHistories: [tied(addresses) as never] });
    expect(await noticesNow()).toEqual(notices);
    await restore();
    expect(new Set(Object.values(await noticesNow()))).toEqual(new Set(['offered']));
  });

  it('leaves one word in the audit for all of them', async () => {
    const refusals = (await auditOf(center.db)).filter(({ fields }) => fields.notice === 'DESK-01');
    expect(new Set(refusals.map(({ fields }) => fields.reason))).toEqual(new Set(['counter']));
  });
});

describe('a record that changes while the document is made (T4)', () => {
  const taxRecord = () => whole.taxRecords!.filter(({ residentId }) => residentId === 'taro').at(-1)!;
  const taxPayment = () => whole.taxPayments!.filter(({ residentId }) => residentId === 'taro').at(-1)!;
  const changes: [string, string, () => Partial<FeedParts>][] = [
    ['転居', 'resident-record-copy', () => ({ residents: [{ ...own, previousAddress: '架空県ためし市' }] })],
    ['氏名の変更', 'resident-record-items', () => ({ residents: [{ ...own, name: '見本　改' }] })],
    [
      '廃印',
      'seal-registration-certificate',
      () => ({ seals: [{ ...of(whole.seals), status: 'cancelled', cancelledOn: TODAY }] }),
    ],
    [
      '税額の更正',
      'taxation-certificate',
      () => ({ taxRecords: [{ ...taxRecord(), addressOnAssessmentDay: '架空県ためし市' } as never] }),
    ],
    [
      '税額の更正',
      'income-certificate',
      () => ({ taxRecords: [{ ...taxRecord(), addressOnAssessmentDay: '架空県さくらぎ市' } as never] }),
    ],
    [
      '納付',
      'tax-payment-certificate',
      () => ({
        taxPayments: [
          { ...taxPayment(), recordedUntil: addDays(taxPayment().recordedUntil as CivilDate, -1) },
        ],
      }),
    ],
    [
      '戸籍届',
      'family-register-full',
      () => ({ familyRegisters: [{ ...registerOf(whole.familyRegisters), pendingNotification: true }] }),
    ],
    ['支援措置 of a relative', 'family-register-individual', () => protectedFrom('sakura')],
    [
      '附票の届出',
      'family-register-address-copy',
      () => ({ addressHistories: [{ ...registerOf(whole.addressHistories), pendingNotification: true }] }),
    ],
  ];

  it.each(changes)('%s: no %s', async (_, kind, change) => {
    const deps = {
      ...center.deps,
      render: async (request: Parameters<typeof center.deps.render>[0]) => {
        const outcome = await center.deps.render(request);
        expect(outcome.kind).toBe('rendered');
        await enter(change());
        return outcome;
      },
    };
    const requestId = randomUUID();
    const order = { kioskId: kiosk.id, sessionId, requestId, certificate: certificateOf(kind) };
    const outcome = await prepare(deps, order as never);
    await restore();
    expect(outcome).toMatchObject({
      kind: 'refused',
      reason: 'register-changed-meanwhile',
      notice: 'CENT-02',
    });
    const rows = center.db.selectFrom('certificate').where('request_id', '=', requestId).selectAll();
    expect(await rows.execute()).toEqual([]);
  });
});

describe('persons chosen by number', () => {
  const home = whole
    .residents!.filter(({ householdId }) => householdId === own.householdId)
    .sort((left, right) => left.order - right.order);
  const part = () =>
    kiosk.call('POST', `/v1/sessions/${sessionId}/certificates`, {
      requestId: randomUUID(),
      certificate: { ...certificateOf('resident-record-copy'), extent: 'part', members: [1, 2] },
    });

  it('are not somebody else when the household has changed since the offer', async () => {
    expect(home.length).toBeGreaterThan(2);
    await offer();
    // the third would now have the second one's number
    await enter({ residents: [{ ...home[1]!, status: 'moved-out', statusSince: TODAY }] });
    expect((await part()).body).toEqual({ kind: 'refused', notice: 'CENT-02' });
    await offer();
    expect((await part()).body).toMatchObject({ kind: 'prepared' });
    await enter({ residents: [home[1]!] });
  });

  it('mean nobody before they were offered', async () => {
    expect((await part()).body).toEqual({ kind: 'refused', notice: 'CENT-02' });
  });
});

describe('no document without what certifies it (T11)', () => {
  it.each(['seal', 'head'] as const)('no %s in force: refused before anything is made', async (part) => {
    const inForce = await center.inForce('992011');
    const later = inForce.profile[part].map((entry) => ({ ...entry, from: addDays(TODAY, 1) }));
    const profile = { ...inForce.profile, [part]: later };
    const profiles = new Map([[inForce.municipality, { value: profile, digest: '0'.repeat(64) }]]);
    const changed = { ...inForce, profile, templates: { ...inForce.templates, profiles } };
    const configuration = { ...center.deps.configuration, inForce: () => Promise.resolve(changed) };
    const render = () => Promise.reject(new Error('something was made'));
    for (const kind of shippedKindIds) {
      const order = {
        kioskId: kiosk.id,
        sessionId,
        requestId: randomUUID(),
        certificate: certificateOf(kind),
      };
      const deps = { ...center.deps, configuration, render };
      const outcome = await prepare(deps as never, order as never);
      expect(outcome).toMatchObject({ kind: 'refused', notice: 'SERV-04' });
    }
  });
});

describe('what has ended is not issued (T5, T6)', () => {
  const HOUR_MS = 60 * 60_000;

  it('a seal cancelled between offer and request', async () => {
    expect((await noticesNow())['seal-registration-certificate']).toBe('offered');
    await enter({ seals: [{ ...of(whole.seals), status: 'cancelled', cancelledOn: TODAY }] });
    expect((await ask('seal-registration-certificate')).body).toEqual({ kind: 'refused', notice: 'RULE-02' });
    await restore();
    expect((await noticesNow())['seal-registration-certificate']).toBe('offered');
  });

  it('a register whose feed stops, as long as nothing is heard of it', async () => {
    center.advance(27 * HOUR_MS);
    ({
      session: { sessionId },
    } = await visit(kiosk, taro));
    expect(new Set(Object.values(await noticesNow()))).toEqual(new Set(['SERV-08']));
    const hears = (register: FeedRegister) => sendEvents(door(), HOME, register, []);
    for (const register of feedRegisters) if (register !== 'seal') await hears(register);
    const notices = await noticesNow();
    expect(notices['seal-registration-certificate']).toBe('SERV-08');
    expect(notices['resident-record-copy']).toBe('offered');
    expect((await ask('seal-registration-certificate')).body).toEqual({ kind: 'refused', notice: 'SERV-08' });
    const last = (await auditOf(center.db)).at(-1);
    expect(last).toMatchObject({ type: 'certificate-refused', fields: { reason: 'register-too-old' } });
    await hears('seal');
    expect((await noticesNow())['seal-registration-certificate']).toBe('offered');
  });
});
