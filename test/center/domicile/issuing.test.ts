/**
 * What a card that is registered at a 本籍地 is issued there: exactly the 戸籍 and 附票 on which exactly that person stands now,
 * under that municipality's own rules; and nothing as soon as anything about it is in doubt.
 */
import { writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopIssuing } from '#center/configuration/stops.ts';
import { endRegistration } from '#center/domicile/registrations.ts';
import { prepare } from '#center/issuing/prepare.ts';
import type { FeedParts } from '#simulators/municipality/feedParts.ts';
import { auditOf, TODAY, type Harness, type Kiosk } from '../harness.ts';
import {
  BORN,
  historyOf,
  kindsIn,
  M2,
  marriedAway,
  member,
  noticesIn,
  registerOf,
  startStand,
  transferredOut,
  type Member,
  type Person,
  type Stand,
} from './registeredStand.ts';

let stand: Stand;
let center: Harness;
let kiosk: Kiosk;
let folder: string;
beforeAll(async () => {
  stand = await startStand();
  ({ center, kiosk, folder } = stand);
});
afterAll(() => stand.close());
const { person, registered, looks, asks, enter, cardFor } = {
  person: (...own: Parameters<Stand['person']>) => stand.person(...own),
  registered: (...own: Parameters<Stand['registered']>) => stand.registered(...own),
  looks: (...own: Parameters<Stand['looks']>) => stand.looks(...own),
  asks: (...own: Parameters<Stand['asks']>) => stand.asks(...own),
  enter: (...own: Parameters<Stand['enter']>) => stand.enter(...own),
  cardFor: (...own: Parameters<Stand['cardFor']>) => stand.cardFor(...own),
};

function textOf(body: Record<string, unknown>): string {
  const file = join(folder, `${randomUUID()}.pdf`);
  writeFileSync(file, Buffer.from(body.document as string, 'base64'));
  return execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
}

describe('a registered card', () => {
  it('is offered 戸籍 and 附票 of the 本籍地 under its own fees, and gets them', async () => {
    const own = await registered(await person());
    const look = await looks(own);
    expect(look.municipalities).toMatchObject([
      { code: '992011' },
      { code: M2, relation: 'registered-domicile', ended: null },
    ]);
    const kinds = kindsIn(look);
    expect(kinds.every(({ kind }) => kind.startsWith('family-register'))).toBe(true);
    expect(kinds.filter(({ status }) => status === 'offered').length).toBeGreaterThanOrEqual(2);
    const { profile } = await center.inForce(M2);
    for (const { kind, status } of kinds.filter((each) => each.status === 'offered')) {
      expect(status).toBe('offered');
      const { body } = await asks(
        look.sessionId,
        kind,
        kind === 'family-register-individual' ? 'self' : 'whole',
      );
      expect(body.kind, kind).toBe('prepared');
      const text = textOf(body).replaceAll(/\s/g, '');
      expect(text).toContain('花子');
      expect(text).toContain('ためし市');
      expect(text.includes('太一')).toBe(kind !== 'family-register-individual');
      const manifest = JSON.parse((body.manifest as { payload: string }).payload) as Record<string, unknown>;
      expect(manifest.municipality).toBe(M2);
      expect(manifest.fee).toBe(profile.kinds.find((entry) => entry.kind === kind)!.fees.at(-1)!.fee);
    }
  });

  it('gets nothing else of that municipality', async () => {
    const own = await registered(await person());
    const { sessionId } = await looks(own);
    for (const kind of ['resident-record-copy', 'seal-registration-certificate', 'taxation-certificate']) {
      expect(
        (await asks(sessionId, kind, kind === 'resident-record-copy' ? 'whole' : 'self')).body.kind,
      ).toBe('refused');
    }
  });

  it('is the person it was registered for, wherever in the register that person stands now', async () => {
    const own = await registered(await person());
    const elder = member('一', '1986-06-06', { relationship: '長男' });
    const [taichi, hanako] = own.register.members as [Member, Member];
    const members = [elder, taichi, hanako];
    await enter({
      familyRegisters: [registerOf(own.registerId, members)],
      addressHistories: historyOf(own.registerId, members),
    });
    const { body } = await asks((await looks(own)).sessionId, 'family-register-individual', 'self');
    const text = textOf(body).replaceAll(/\s/g, '');
    expect(text).toContain('【名】花子');
    expect(text).not.toContain('太一');
  });
});

describe('the holder’s own id on the 戸籍 of the 本籍地', () => {
  const withHolder = async (who: 'self' | 'brother') => {
    const own = await registered(await person());
    const [taichi, hanako] = own.register.members as [Member, Member];
    const members = [
      { ...taichi, ...(who === 'brother' && { residentId: own.id }) },
      { ...hanako, ...(who === 'self' && { residentId: own.id }) },
    ] as Member[];
    await enter({
      familyRegisters: [registerOf(own.registerId, members)],
      addressHistories: historyOf(own.registerId, members),
    });
    return own;
  };

  it('is fine on the person', async () => {
    expect(noticesIn(await looks(await withHolder('self')))).toEqual(new Set([undefined]));
  });

  it('on somebody else is a contradiction: nothing is issued', async () => {
    const look = await looks(await withHolder('brother'));
    // over as soon as anybody asks, before anything is offered
    expect(look.municipalities[1]).toMatchObject({ code: M2, ended: 'APPL-07' });
    expect(look.offer).toMatchObject({ kind: 'refused', notice: 'SERV-04' });
  });
});

describe('without a registration', () => {
  it('another municipality is nobody’s business', async () => {
    const own = await person();
    expect((await looks(own)).offer).toMatchObject({ kind: 'refused', notice: 'SERV-04' });
  });

  it('of another card of the same person, or of a neighbour, there is nothing', async () => {
    const own = await registered(await person());
    const second = { card: await cardFor(own.id) };
    expect((await looks(second)).offer).toMatchObject({ kind: 'refused', notice: 'SERV-04' });
    const neighbour = await person();
    expect((await looks(neighbour)).offer).toMatchObject({ kind: 'refused', notice: 'SERV-04' });
  });
});

describe('a registration ends', () => {
  const gone: readonly (readonly [string, (own: Person) => FeedParts])[] = [
    [
      'when the name is changed',
      ({ registerId }) => ({ familyRegisters: [registerOf(registerId, [member('華子', BORN)])] }),
    ],
    [
      'when the person has left by marriage',
      ({ registerId, register }) => ({ familyRegisters: [registerOf(registerId, marriedAway(register))] }),
    ],
    [
      'when two of the same name and birth date stand there',
      ({ registerId, register }) => ({
        familyRegisters: [
          registerOf(registerId, [...register.members, member('花子', BORN, { relationship: '二女' })]),
        ],
      }),
    ],
    [
      'when the id is used for another family',
      ({ registerId }) => ({
        familyRegisters: [
          registerOf(registerId, [member('蓮', '1970-07-07', { relationship: '長男' })], {
            familyName: '架空',
            headGivenName: '蓮',
          }),
        ],
      }),
    ],
    ['when the register is closed', ({ register }) => ({ familyRegisters: [transferredOut(register)] })],
  ];
  it.each(gone)('%s: told so, once on record, and the way to a new one is open', async (_when, change) => {
    const own = await registered(await person());
    const before = await looks(own);
    await enter(change(own));
    // between offer and prepare
    const { body } = await asks(before.sessionId, 'family-register-full');
    expect(body).toEqual({ kind: 'refused', notice: 'APPL-07' });
    const after = await looks(own);
    expect(after.municipalities[1]).toMatchObject({ code: M2, ended: 'APPL-07' });
    expect(after.offer).toMatchObject({ kind: 'refused', notice: 'SERV-04' });
    const ended = (await auditOf(center.db)).filter(
      ({ type, fields }) => type === 'registration-ended' && fields.application === own.application,
    );
    expect(ended.map(({ fields }) => fields.reason)).toEqual(['register-changed']);
  });

  it('with the renewal of the certificate, which the new card is told', async () => {
    const own = await registered(await person());
    await sql`delete from certificate_link where resident_id = ${own.id}`.execute(center.db);
    const renewed = { card: await cardFor(own.id) };
    const look = await looks(renewed);
    expect(look.municipalities[1]).toMatchObject({ code: M2, ended: 'APPL-06' });
    expect(look.offer).toMatchObject({ kind: 'refused', notice: 'SERV-04' });
  });

  it('by the municipality, between offer and prepare', async () => {
    const own = await registered(await person());
    const { sessionId } = await looks(own);
    const registration = { id: own.registration, municipality: M2, application: own.application };
    expect(await endRegistration(center.db, registration, 'by-municipality', center.deps.clock())).toBe(true);
    expect(await endRegistration(center.db, registration, 'by-municipality', center.deps.clock())).toBe(
      false,
    );
    expect((await asks(sessionId, 'family-register-full')).body).toEqual({
      kind: 'refused',
      notice: 'SERV-04',
    });
    expect((await looks(own)).municipalities[1]).toMatchObject({ ended: 'APPL-11' });
  });
});

describe('is withheld with the one shared answer', () => {
  it('by a protective measure of the holder at home', async () => {
    const own = await registered(await person());
    await enter({ restrictions: [{ residentId: own.id, fromDay: TODAY, toDay: null }] as never });
    expect(noticesIn(await looks(own))).toEqual(new Set(['DESK-01']));
  });

  it('by one that the 本籍地 keeps of the holder, or of anybody on the register', async () => {
    for (const [index, withId] of [1, 0].entries()) {
      const id = `elsewhere-${index}`;
      const members = [member('太一', '1988-01-01', { relationship: '長男' }), member('花子', BORN)].map(
        (each, at) => (at === withId ? { ...each, residentId: id } : each),
      ) as Member[];
      const own = await registered(await person(members));
      expect(noticesIn(await looks(own))).toEqual(new Set([undefined]));
      await sql`insert into restriction (municipality, resident_id, from_day, to_day) values (${M2}, ${id}, ${TODAY}, null)`.execute(
        center.db,
      );
      expect(noticesIn(await looks(own)), `member ${withId}`).toEqual(new Set(['DESK-01']));
    }
  });

  it('by a move out of the home, and by a 戸籍届 that waits at the 本籍地', async () => {
    const moving = await registered(await person());
    await sql`update resident set entry = entry || '{"plannedMoveOutOn": "2026-12-01"}'::jsonb where id = ${moving.id}`.execute(
      center.db,
    );
    expect(noticesIn(await looks(moving))).toEqual(new Set(['DESK-01']));
    const waiting = await registered(await person());
    await enter({ familyRegisters: [{ ...waiting.register, pendingNotification: true }] });
    expect(noticesIn(await looks(waiting))).toEqual(new Set(['DESK-01']));
  });

  it('by a 附票 on which the person does not stand', async () => {
    const own = await registered(await person());
    await enter({ addressHistories: historyOf(own.registerId, [own.register.members[0]!]) });
    const kinds = kindsIn(await looks(own));
    expect(kinds.find(({ kind }) => kind === 'family-register-address-copy')?.notice ?? 'DESK-01').toBe(
      'DESK-01',
    );
    expect(kinds.find(({ kind }) => kind === 'family-register-full')).toMatchObject({ status: 'offered' });
  });
});

describe('the 本籍地’s own service', () => {
  it('stopped there, it is stopped; open at home changes nothing', async () => {
    const own = await registered(await person());
    const { sessionId } = await looks(own);
    const stop = { municipality: M2, kind: null, reason: 'wrong-certificate' as never, staffId: 'operator' };
    await stopIssuing(center.db, stop, center.deps.clock());
    expect((await asks(sessionId, 'family-register-full')).body).toEqual({
      kind: 'refused',
      notice: 'SERV-07',
    });
    await sql`update service_stop set lifted_at = now(), lifted_by = 'operator'`.execute(center.db);
    expect((await asks(sessionId, 'family-register-full')).body.kind).toBe('prepared');
  });

  it('is withheld when its registers, or those of the home, are not known up to now', async () => {
    const own = await registered(await person());
    for (const [municipality, register] of [
      [M2, 'address-history'],
      [M2, 'restriction'],
      ['992011', 'restriction'],
      ['992011', 'certificate-link'],
    ]) {
      const at = sql`where municipality = ${municipality} and register = ${register}`;
      await sql`update register_stream set fed_until = fed_until - interval '40 days' ${at}`.execute(
        center.db,
      );
      const kinds = kindsIn(await looks(own));
      await sql`update register_stream set fed_until = fed_until + interval '40 days' ${at}`.execute(
        center.db,
      );
      const copy = kinds.find(({ kind }) => kind === 'family-register-address-copy') ?? kinds[0]!;
      expect(copy, `${municipality} ${register}`).toMatchObject({ status: 'withheld', notice: 'SERV-08' });
    }
  });

  it('with a gap in its 戸籍 feed nobody is told that a registration is over', async () => {
    const own = await registered(await person());
    await sql`update register_stream set heard_seq = next_seq + 5 where municipality = ${M2} and register = 'family-register'`.execute(
      center.db,
    );
    const look = await looks(own);
    await sql`update register_stream set heard_seq = next_seq - 1 where municipality = ${M2} and register = 'family-register'`.execute(
      center.db,
    );
    expect(look.offer).toMatchObject({ kind: 'refused', notice: 'SERV-08' });
    expect((await looks(own)).offer).toMatchObject({ kind: 'offer' });
  });
});

it('enters nothing when the 戸籍 changes while the document is made', async () => {
  const own = await registered(await person());
  const { sessionId } = await looks(own);
  const deps = {
    ...center.deps,
    render: async (request: Parameters<typeof center.deps.render>[0]) => {
      await enter({ familyRegisters: [{ ...own.register, pendingNotification: true }] });
      return center.deps.render(request);
    },
  };
  const certificate = {
    municipality: M2,
    kind: 'family-register-full',
    extent: 'whole',
    members: [],
    include: [],
  };
  const order = { kioskId: kiosk.id, sessionId, requestId: randomUUID(), certificate };
  expect(await prepare(deps, order as unknown as Parameters<typeof prepare>[1])).toMatchObject({
    kind: 'refused',
    reason: 'register-changed-meanwhile',
  });
});
