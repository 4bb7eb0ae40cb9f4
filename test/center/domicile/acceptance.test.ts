/** What an officer cannot accept any more, over the console's API: a card that is over, and what a colleague has decided. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Candidate } from '#center/contract/console/applications.ts';
import { applicationWith } from '#center/domicile/statuses.ts';
import type { IssuedCard } from '#simulators/authority/issueCard.ts';
import { applyTo, AZUSA, type Applying } from '../console/applyingTo.ts';
import { ELSEWHERE, startConsole, type ConsoleHarness, type SignedIn } from '../console/consoleHarness.ts';
import { heartbeat } from '../feeding.ts';
import { auditOf } from '../harness.ts';

let stand: ConsoleHarness;
let officer: SignedIn;
let colleague: SignedIn;
beforeAll(async () => {
  stand = await startConsole();
  officer = await stand.staff(['family-register-officer'], ELSEWHERE);
  colleague = await stand.staff(['family-register-officer'], ELSEWHERE);
});
afterAll(() => stand.close());
beforeEach(() => heartbeat(door(), [ELSEWHERE]));

const door = () => ({ db: stand.center.db, canDraw: stand.center.canDraw, now: stand.center.deps.clock() });
const act = (who: SignedIn, number: string, what: string, body: object = {}) =>
  stand.call(who, 'POST', `/api/applications/${number}/${what}`, body);

interface Shown {
  readonly revision: number;
  readonly state: string;
  readonly candidates: readonly Candidate[];
}
const look = async (who: SignedIn, number: string) =>
  (await stand.call(who, 'GET', `/api/applications/${number}`)).body as unknown as Shown;
/** `otherwise`: where it is decided already, and nobody is shown any more. */
const wishOf = ({ revision, candidates: [first] }: Shown, otherwise: object = {}) =>
  first
    ? {
        revision,
        familyRegisterId: first.familyRegisterId,
        member: first.member!,
        look: first.look,
        confirmed: first.toConfirm,
      }
    : { ...otherwise, revision };
async function checked(wish: Applying = {}) {
  const number = await applyTo(stand.center, wish);
  expect((await act(officer, number, 'taking')).status).toBe(200);
  return { number, wish: wishOf(await look(officer, number)) };
}
const registrationsOf = (number: string) =>
  stand.center.db
    .selectFrom('domicile_registration')
    .select('id')
    .where('application_number', '=', number)
    .execute();
const status = (number: string) => applicationWith(stand.center.deps, number, AZUSA.birthDate);
/** The card's certificate as the authority's index knows it. */
async function certificateOf(number: string): Promise<IssuedCard['authentication']> {
  const row = await stand.center.db
    .selectFrom('domicile_application')
    .select(['issuer_key_id', 'serial'])
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  return { issuerKeyId: row.issuer_key_id, serial: row.serial } as IssuedCard['authentication'];
}
async function setStatus(number: string, reason: 'keyCompromise' | 'certificateHold' | null) {
  const at = stand.center.deps.clock();
  const certificate = await certificateOf(number);
  const revoked = { kind: 'revoked' as const, reason: reason ?? 'keyCompromise', at };
  stand.center.authority.setStatus(certificate, reason === null ? { kind: 'good' } : revoked);
}

describe('the card of an application under the officer’s eyes', () => {
  it('is revoked before the decision: not accepted, expired, and both are told', async () => {
    const { number, wish } = await checked();
    await setStatus(number, 'keyCompromise');
    const refused = await act(officer, number, 'acceptance', wish);
    expect([refused.status, refused.body['reason']]).toEqual([
      409,
      expect.stringMatching(/期限が切れました/),
    ]);
    expect(await registrationsOf(number)).toEqual([]);
    expect(await status(number)).toMatchObject({
      state: 'expired',
      reason: expect.stringMatching(/電子証明書/) as string,
    });
    expect((await auditOf(stand.center.db)).at(-1)).toMatchObject({
      type: 'application-expired',
      fields: { application: number, reason: 'certificate-revoked' },
    });
  });

  it('is suspended, or the authority is away: not accepted now, and accepted when it is good again', async () => {
    const { number, wish } = await checked();
    await setStatus(number, 'certificateHold');
    const held = await act(officer, number, 'acceptance', wish);
    expect([held.status, held.body['reason']]).toEqual([409, expect.stringMatching(/いま確かめられません/)]);
    await setStatus(number, null);
    stand.center.responder.setFault({ kind: 'try-later' });
    expect((await act(officer, number, 'acceptance', wish)).status).toBe(409);
    stand.center.responder.setFault({ kind: 'none' });
    expect(await registrationsOf(number)).toEqual([]);
    expect((await look(officer, number)).state).toBe('checking');
    expect((await act(officer, number, 'acceptance', wish)).status).toBe(200);
    expect(await registrationsOf(number)).toHaveLength(1);
  });
});

describe('two officers at once', () => {
  it('an application put back and taken by the other is accepted by one of them, once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { number, wish } = await checked();
      const both = await Promise.all([
        act(officer, number, 'acceptance', wish),
        act(officer, number, 'release', { revision: wish.revision })
          .then(() => act(colleague, number, 'taking'))
          .then(async () =>
            act(colleague, number, 'acceptance', wishOf(await look(colleague, number), wish)),
          ),
        act(officer, number, 'acceptance', wish),
        act(colleague, number, 'acceptance', wish),
      ]);
      expect(both.filter(({ status: code }) => code === 200)).toHaveLength(1);
      expect(both.every(({ status: code }) => code === 200 || code === 409)).toBe(true);
      expect(await registrationsOf(number)).toHaveLength(1);
      const accepted = (await auditOf(stand.center.db)).filter(
        ({ type, fields }) => type === 'application-accepted' && fields.application === number,
      );
      expect(accepted).toHaveLength(1);
    }
  });
});
