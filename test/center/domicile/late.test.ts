/** Events that arrive after something was issued to a registered card: each certificate that should not be is one open alarm. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { TODAY } from '../harness.ts';
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
  type Registered,
  type Stand,
} from './registeredStand.ts';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand.close());

const HOUR_MS = 60 * 60_000;

/** Registered, and a whole 戸籍 issued a moment ago; its number. */
async function issued(
  members?: Parameters<Stand['person']>[0],
): Promise<{ own: Registered; number: string; earlier: number }> {
  const own = await stand.registered(await stand.person(members));
  const earlier = stand.center.deps.clock() - HOUR_MS;
  const { sessionId } = await stand.looks(own);
  const { body } = await stand.asks(sessionId, 'family-register-full');
  expect(body.kind).toBe('prepared');
  const { issueNumber } = JSON.parse((body.manifest as { payload: string }).payload) as {
    issueNumber: string;
  };
  return { own, number: issueNumber, earlier };
}
const alarmsOf = async (number: string) =>
  (
    await sql<{
      municipality: string;
    }>`select municipality from alarm where issue_number = ${number}`.execute(stand.center.db)
  ).rows;
const PERSONS = { municipality: HOME, register: 'resident' } as const;
const REGISTERS = { register: 'family-register' } as const;

describe('what arrives late', () => {
  it('the person had left the 戸籍: an alarm at the 本籍地, once', async () => {
    const { own, number, earlier } = await issued();
    const row = registerOf(own.registerId, marriedAway(own.register));
    await stand.event(REGISTERS, 'put', 'family-register', row, earlier);
    expect(await alarmsOf(number)).toEqual([{ municipality: M2 }]);
    await stand.event(REGISTERS, 'put', 'family-register', { ...row, headGivenName: '実' }, earlier);
    expect(await alarmsOf(number)).toHaveLength(1);
  });

  it('the 戸籍 had been closed', async () => {
    const { own, number, earlier } = await issued();
    await stand.event(REGISTERS, 'put', 'family-register', transferredOut(own.register), earlier);
    expect(await alarmsOf(number)).toHaveLength(1);
  });

  it('the holder had died, says the home; the alarm is at the municipality that issued', async () => {
    const { own, number, earlier } = await issued();
    const row = residentOf(own, { status: 'deceased', statusSince: TODAY });
    await stand.event(PERSONS, 'put', 'resident', row, earlier);
    expect(await alarmsOf(number)).toEqual([{ municipality: M2 }]);
  });

  it('the tie between card and holder had ended', async () => {
    const { own, number, earlier } = await issued();
    const { issuerKeyId, serial } = own.card.authentication;
    const place = { municipality: HOME, register: 'certificate-link' } as const;
    await stand.event(place, 'end', 'certificate-link', { issuerKeyId, serial }, earlier);
    expect(await alarmsOf(number)).toHaveLength(1);
  });

  it('a protective measure of somebody else whom the certificate shows, entered where that person lives', async () => {
    const brother = member('太一', '1988-01-01', { relationship: '長男', residentId: 'late-brother' });
    await stand.enter({
      households: [stand.household('late-home')] as never,
      residents: [
        residentOf(
          { id: 'late-brother', home: 'late-home' },
          { name: '例示　太一', birthDate: '1988-01-01' },
        ),
      ] as never,
    });
    const { number, earlier } = await issued([brother, member('花子', BORN)]);
    const place = { municipality: HOME, register: 'restriction' } as const;
    const row = { residentId: 'late-brother', fromDay: TODAY, toDay: null };
    await stand.event(place, 'put', 'restriction', row, earlier);
    expect(await alarmsOf(number)).toEqual([{ municipality: M2 }]);
  });

  it('nothing is said of what changes nothing for the holder, or of what was issued before', async () => {
    const { own, number, earlier } = await issued();
    const [brother, self] = own.register.members;
    const grown = registerOf(own.registerId, [brother!, self!, member('三郎', '1995-03-03')]);
    await stand.event(REGISTERS, 'put', 'family-register', grown, earlier);
    expect(await alarmsOf(number)).toEqual([]);
    stand.center.advance(HOUR_MS);
    const away = registerOf(own.registerId, marriedAway(own.register));
    await stand.event(REGISTERS, 'put', 'family-register', away, stand.center.deps.clock() - 1);
    expect(await alarmsOf(number)).toEqual([]);
  });
});
