/**
 * An officer of a municipality's 戸籍 at the running demo's console, signed in without the ceremony: for the registration that
 * the demo begins with, and for tests that need somebody at the other end.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { openStaffSession } from '#center/console/sessions.ts';
import { hashPassword } from '#center/console/passwords.ts';
import type { ApplicationDetail } from '#center/contract/console/applications.ts';
import { applicationDetail } from '#center/contract/console/applications.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { Stack } from './stack.ts';

export interface Officer {
  readonly staffId: string;
  /** value of the cookie `console` */
  readonly token: string;
  /** The answer's body. Throws with the status and the reason when the console says no. */
  readonly call: (method: 'GET' | 'POST', path: string, body?: object) => Promise<unknown>;
}
type Place = Pick<Stack, 'db' | 'clock' | 'consoleUrl'>;

export async function officerOf(stack: Place, municipality: MunicipalityCode): Promise<Officer> {
  const staffId = randomUUID();
  const now = new Date(stack.clock());
  await stack.db
    .insertInto('staff')
    .values({
      id: staffId,
      municipality,
      login: `demo-${staffId.slice(0, 8)}@${municipality}`,
      display_name: '戸籍の担当（見本）',
      roles: ['family-register-officer'],
      state: 'active',
      // nobody knows it: this account signs in no other way
      password_hash: await hashPassword(randomBytes(24).toString('base64url')),
      one_time_secret: null,
      invitation_hash: null,
      invitation_until: null,
      locked_until: null,
      created_at: now,
      created_by: 'operator',
    })
    .execute();
  const { token, csrf } = await openStaffSession(stack.db, staffId, 'full', stack.clock());
  const { origin } = new URL(stack.consoleUrl());
  const headers = { cookie: `console=${token}`, origin, 'x-csrf-token': csrf };
  return {
    staffId,
    token,
    call: async (method, path, body) => {
      const json = { ...headers, 'content-type': 'application/json' };
      const sent = body ? { headers: json, body: JSON.stringify(body) } : { headers };
      const answer = await fetch(`${origin}${path}`, { method, ...sent });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
  };
}

/** As an officer who has compared: takes it, confirms every difference of the one candidate without obstacles, accepts. */
export async function acceptApplication(officer: Officer, number: string): Promise<void> {
  const path = `/api/applications/${number}`;
  await officer.call('POST', `${path}/taking`);
  const shown: ApplicationDetail = applicationDetail.parse(await officer.call('GET', path));
  const [candidate, ...more] = shown.candidates.filter(({ obstacles }) => obstacles.length === 0);
  if (!candidate?.member || more.length > 0) throw new Error('not exactly one person fits the application');
  const { familyRegisterId, member, look, toConfirm } = candidate;
  const { revision } = shown;
  const wish = { revision, familyRegisterId, member, look, confirmed: toConfirm };
  await officer.call('POST', `${path}/acceptance`, wish);
}
