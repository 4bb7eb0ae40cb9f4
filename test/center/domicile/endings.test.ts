/**
 * A registration, and an application that waits, are over at the very instant at which their card, its holder or the 戸籍 is:
 * whoever reads hears it then, without a visit in between, once on record and with a notice of its own.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationShown } from '#center/console/applications/detail.ts';
import { applicationRows } from '#center/console/applications/queue.ts';
import type { StaffMember } from '#center/console/consoleRoute.ts';
import { expireApplications, registrationsInTurn } from '#center/domicile/endings.ts';
import { applicationsOf, applicationWith } from '#center/domicile/statuses.ts';
import { readCertificate } from '#center/identity/certificate.ts';
import { addDays } from '#templates/civilTime.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import { auditOf, TODAY, visit } from '../harness.ts';
import {
  BORN,
  HOME,
  M2,
  marriedAway,
  member,
  registerOf,
  residentOf,
  startStand,
  transferredOut,
  type Person,
  type Registered,
  type Stand,
} from './registeredStand.ts';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand.close());

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const officer = { municipality: M2, staffId: randomUUID() } as StaffMember;
const fingerprintOf = ({ card }: Pick<Person, 'card'>): string =>
  readCertificate(Buffer.from(card.card.authentication.certificate, 'base64')).fingerprint;
const onTheWeb = (number: string) => applicationWith(stand.center.deps, number, BORN);
const recorded = async (type: string, application: string) =>
  (await auditOf(stand.center.db))
    .filter((event) => event.type === type && event.fields.application === application)
    .map(({ fields }) => fields.reason);

type Change = (own: Registered, at: number) => Promise<void>;
const onRegister =
  (row: (own: Registered) => object): Change =>
  (own, at) =>
    stand.event({ register: 'family-register' }, 'put', 'family-register', row(own), at);
const renewed: Change = async (own, at) => {
  const { authentication } = own.card;
  const row = {
    issuerKeyId: authentication.issuerKeyId,
    serial: randomBytes(4).toString('hex').replace(/^../, '7a'),
    residentId: own.id,
    registeredOn: TODAY,
    replaces: authentication,
  };
  await stand.event({ municipality: HOME, register: 'certificate-link' }, 'put', 'certificate-link', row, at);
};
const died: Change = (own, at) =>
  stand.event(
    { municipality: HOME, register: 'resident' },
    'put',
    'resident',
    residentOf(own, { status: 'deceased', statusSince: TODAY }),
    at,
  );
/** The tie of the card ends, and the same card is somebody else's from then on. */
const linkMoved: Change = async (own, at) => {
  const place = { municipality: HOME, register: 'certificate-link' as const };
  const { authentication } = own.card;
  await stand.event(place, 'end', 'certificate-link', authentication, at);
  const row = { ...authentication, residentId: 'taro', registeredOn: addDays(TODAY, -400) };
  await stand.event(place, 'put', 'certificate-link', row, at);
};

const changes: readonly (readonly [string, Change, string, string])[] = [
  [
    'the person leaves the 戸籍',
    onRegister((own) => registerOf(own.registerId, marriedAway(own.register))),
    'APPL-07',
    'register-changed',
  ],
  ['the 戸籍 is closed', onRegister((own) => transferredOut(own.register)), 'APPL-07', 'register-changed'],
  [
    'the name is changed',
    onRegister((own) => registerOf(own.registerId, [member('華子', BORN)])),
    'APPL-07',
    'register-changed',
  ],
  ['the person dies, says the home', died, 'APPL-07', 'register-changed'],
  ['the certificate is renewed', renewed, 'APPL-06', 'certificate-replaced'],
  ['the card becomes somebody else’s', linkMoved, 'APPL-14', 'holder-changed'],
];

describe.each(changes)('planned by the feed: %s', (_what, change, notice, reason) => {
  const planned = async () => {
    const own = await stand.registered(await stand.person());
    const look = await stand.looks(own);
    expect(look.offer).toMatchObject({ kind: 'offer' });
    const at = stand.center.deps.clock() + 5 * MINUTE;
    await change(own, at);
    return { own, look, rest: at - stand.center.deps.clock() };
  };
  const endsFor = async (read: (own: Registered) => Promise<unknown>) => {
    const { own, rest } = await planned();
    stand.center.advance(rest - 1);
    expect(await read(own)).toBe(null);
    stand.center.advance(1);
    expect(await read(own)).toBe(notice);
    expect(await recorded('registration-ended', own.application)).toEqual([reason]);
  };

  it('the status on the web and at the kiosk says so from that instant on', async () => {
    await endsFor(async ({ application }) => (await onTheWeb(application))!.ended?.notice ?? null);
    await endsFor(async (own) => {
      const [status] = await applicationsOf(stand.center.deps, fingerprintOf(own));
      return status!.ended?.notice ?? null;
    });
  });

  it('the officer sees it from that instant on', async () => {
    const { own, rest } = await planned();
    const shown = async () =>
      (await applicationShown(stand.center.deps, officer, own.application, stand.center.deps.clock()))
        .registration!.endedBecause;
    stand.center.advance(rest - 1);
    expect(await shown()).toBe(null);
    stand.center.advance(1);
    expect(await shown()).toMatch(/./);
  });

  it('a session that began before gets nothing at that instant', async () => {
    const { look, rest } = await planned();
    stand.center.advance(rest);
    const { body } = await stand.asks(look.sessionId, 'family-register-full');
    expect(body.kind).toBe('refused');
    expect(body.notice).toBe(notice);
  });

  it('nobody reads it: the sweep ends it all the same, once', async () => {
    const { own, rest } = await planned();
    stand.center.advance(rest);
    await onTheWeb('0000-0000-0000');
    const turn = registrationsInTurn(stand.center.db);
    await turn(stand.center.deps.clock());
    await turn(stand.center.deps.clock());
    expect(await recorded('registration-ended', own.application)).toEqual([reason]);
  });
});

describe('the card of a registration', () => {
  it('is revoked: a visit with it is refused and ends it; a suspended one is refused and ends nothing', async () => {
    const own = await stand.registered(await stand.person());
    const at = stand.center.deps.clock();
    const { authority } = stand.center;
    authority.setStatus(own.card.authentication, { kind: 'revoked', reason: 'certificateHold', at });
    expect((await visit(stand.kiosk, own.card)).answer.body).toMatchObject({ notice: 'CERT-03' });
    expect((await onTheWeb(own.application))!.ended).toBe(null);
    authority.setStatus(own.card.authentication, { kind: 'revoked', reason: 'keyCompromise', at });
    expect((await visit(stand.kiosk, own.card)).answer.body).toMatchObject({ notice: 'CERT-02' });
    expect((await onTheWeb(own.application))!.ended).toMatchObject({ notice: 'APPL-13' });
    expect(await recorded('registration-ended', own.application)).toEqual(['certificate-revoked']);
  });

  it('stays its holder’s over a move to another municipality that numbers its people anew', async () => {
    const own = await stand.registered(await stand.person());
    const { authentication } = own.card;
    const links = { register: 'certificate-link' as const };
    await stand.event({ ...links, municipality: HOME }, 'end', 'certificate-link', authentication);
    // between the two municipalities the card is nobody's, and nothing is said about its end
    expect((await onTheWeb(own.application))!.ended).toBe(null);
    const moved = { id: `${own.id}-moved`, home: `${own.home}-moved` };
    await stand.enter({
      households: [stand.household(moved.home, '993018' as never)] as never,
      residents: [residentOf(moved)] as never,
    });
    await stand.event({ ...links, municipality: '993018' as never }, 'put', 'certificate-link', {
      ...authentication,
      residentId: moved.id,
      registeredOn: addDays(TODAY, -1),
    });
    expect((await onTheWeb(own.application))!.ended).toBe(null);
    expect((await stand.looks(own)).offer).toMatchObject({ kind: 'offer' });
  });
});

describe('an application that nobody has decided', () => {
  const applied = async (card: Parameters<Stand['cardFor']>[1] = {}) => {
    const own = await stand.person(undefined, card);
    return { ...own, registration: 0, application: stand.numberOf(await stand.applies(own)) };
  };
  const expired = {
    state: 'expired',
    ended: null,
    reason: expect.stringMatching(/電子証明書が新しくなったか、使えなくなりました.*もう一度/) as string,
  };

  it('expires with its card, at that instant, whoever has it and whatever was asked; the new card can apply', async () => {
    for (const state of ['received', 'checking', 'asked'] as const) {
      const own = await applied();
      const set = state === 'received' ? {} : { state: 'checking' as const, taken_by: officer.staffId };
      const asked = state === 'asked' ? { question: '電話をください', state: 'received' as const } : {};
      const how = { ...set, ...asked };
      if (state !== 'received') {
        await stand.center.db
          .updateTable('domicile_application')
          .set(how)
          .where('number', '=', own.application)
          .execute();
      }
      const at = stand.center.deps.clock() + MINUTE;
      await renewed(own, at);
      stand.center.advance(MINUTE - 1);
      expect((await onTheWeb(own.application))!.state).not.toBe('expired');
      stand.center.advance(1);
      expect(await onTheWeb(own.application)).toMatchObject(expired);
      expect(await recorded('application-expired', own.application)).toEqual(['certificate-replaced']);
      const again = { ...own, card: await stand.cardFor(own.id) };
      expect((await stand.applies(again)).kind).toBe('received');
    }
  });

  it('expires when a visit finds the card revoked, and when its holder has died', async () => {
    const own = await applied();
    const at = stand.center.deps.clock();
    stand.center.authority.setStatus(own.card.authentication, {
      kind: 'revoked',
      reason: 'keyCompromise',
      at,
    });
    await visit(stand.kiosk, own.card);
    expect(await onTheWeb(own.application)).toMatchObject(expired);
    const dead = await applied();
    await died(dead, at);
    expect(await onTheWeb(dead.application)).toMatchObject(expired);
  });

  it('is in no queue any more once it is over, and the sweep ends it where nobody looks', async () => {
    const [listed, swept] = [await applied(), await applied()];
    await died(listed, stand.center.deps.clock());
    const { applications } = await applicationRows(stand.center.db, officer, stand.center.deps.clock());
    expect(applications.find(({ number }) => number === listed.application)).toMatchObject({
      state: 'expired',
      daysLeft: null,
    });
    await died(swept, stand.center.deps.clock());
    await expireApplications(stand.center.db, stand.center.deps.clock());
    expect(await recorded('application-expired', swept.application)).toEqual(['register-changed']);
  });

  it('given up because nobody decided says so in other words', async () => {
    const own = await applied();
    await expireApplications(stand.center.db, stand.center.deps.clock() + 90 * DAY);
    expect(await onTheWeb(own.application)).toMatchObject({
      state: 'expired',
      reason: expect.stringMatching(/期間のうちに、結果が出ませんでした/) as string,
    });
  });
});

// last: days go by
it('a card expires: its registration is over with the second after its last, and told so', async () => {
  const expiry = addDays(TODAY, 1) as CivilDate;
  const own = await stand.registered(await stand.person(undefined, { expiry }));
  const { notAfter } = readCertificate(Buffer.from(own.card.card.authentication.certificate, 'base64'));
  await stand.wait(notAfter - stand.center.deps.clock());
  expect((await onTheWeb(own.application))!.ended).toBe(null);
  stand.center.advance(1);
  expect((await onTheWeb(own.application))!.ended).toMatchObject({ notice: 'APPL-13' });
  expect(await recorded('registration-ended', own.application)).toEqual(['certificate-expired']);
});
