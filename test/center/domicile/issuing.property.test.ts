/**
 * Whatever registers, officers and residents do, in any order: a registered card is issued the 戸籍 of the registered person and
 * of nobody else, and nothing once the person, the register, the card or the registration is over.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopIssuing } from '#center/configuration/stops.ts';
import { endRegistration } from '#center/domicile/registrations.ts';
import { TODAY } from '../harness.ts';
import {
  BORN,
  historyOf,
  HOME,
  M2,
  marriedAway,
  member,
  registerOf,
  residentOf,
  startStand,
  transferredOut,
  type Member,
  type Registered,
  type Stand,
} from './registeredStand.ts';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand.close());

/** Two residents of one name and one birth date: only card, register and brother tell them apart. */
const BROTHERS = ['壱之助', '弐之助'] as const;
type Who = 0 | 1;

interface Life {
  own: Registered;
  members: readonly Member[];
  /** what a bystander knows that ends or withholds everything */
  readonly over: Set<string>;
}
const acts = [
  'full',
  'individual',
  'history',
  'full',
  'brotherRenamed',
  'marriedAway',
  'closed',
  'dead',
  'unlinked',
  'ended',
  'again',
  'stopped',
  'lifted',
] as const;
type Act = (typeof acts)[number];

const KINDS: Partial<Record<Act, readonly [kind: string, extent: string]>> = {
  full: ['family-register-full', 'whole'],
  individual: ['family-register-individual', 'self'],
  history: ['family-register-address-copy', 'whole'],
};

function wordsOf(body: Record<string, unknown>): string {
  const input = Buffer.from(body.document as string, 'base64');
  const { status, stdout } = spawnSync('pdftotext', ['-', '-'], { input });
  if (status !== 0) throw new Error('pdftotext cannot read the document');
  return stdout.toString('utf8').replaceAll(/\s/g, '');
}

async function born(who: Who): Promise<Life> {
  const members = [member(BROTHERS[who], '1988-01-01', { relationship: '長男' }), member('花子', BORN)];
  const own = await stand.registered(await stand.person(members));
  return { own, members, over: new Set() };
}

let issued = 0;
async function asksFor(
  { own, over }: Life,
  who: Who,
  [kind, extent]: readonly [string, string],
): Promise<void> {
  const { sessionId, offer } = await stand.looks(own);
  // no session, no question
  if (offer.kind === 'refused' && over.has('unlinked')) return;
  const { body } = await stand.asks(sessionId, kind, extent);
  if (body.kind !== 'prepared') return;
  issued += 1;
  expect([...over]).toEqual([]);
  const manifest = JSON.parse((body.manifest as { payload: string }).payload) as Record<string, unknown>;
  expect(manifest.municipality).toBe(M2);
  const words = wordsOf(body);
  expect(words).toContain('花子');
  expect(words).not.toContain(BROTHERS[who === 0 ? 1 : 0]);
  expect(words.includes(BROTHERS[who])).toBe(kind !== 'family-register-individual');
}

const REGISTER = { register: 'family-register' } as const;
async function putRegister(life: Life, members: readonly Member[]): Promise<void> {
  life.members = members;
  await stand.event(REGISTER, 'put', 'family-register', registerOf(life.own.registerId, members));
  await stand.enter({ addressHistories: historyOf(life.own.registerId, members) });
}

async function happens(act: Act, life: Life, who: Who): Promise<void> {
  const { own, over } = life;
  const { db, deps } = stand.center;
  const kind = KINDS[act];
  if (kind) return asksFor(life, who, kind);
  switch (act) {
    case 'brotherRenamed': {
      if (over.has('marriedAway') || over.has('closed')) return;
      const [brother, self] = life.members;
      return putRegister(life, [{ ...brother!, father: '例示実太' } as Member, self!]);
    }
    case 'marriedAway':
      if (over.has('marriedAway') || over.has('closed')) return;
      over.add(act);
      await stand.event(
        REGISTER,
        'put',
        'family-register',
        registerOf(own.registerId, marriedAway({ ...own.register, members: [...life.members] } as never)),
      );
      return;
    case 'closed':
      if (over.has('closed')) return;
      over.add(act);
      await stand.event(REGISTER, 'put', 'family-register', transferredOut(own.register));
      return;
    case 'dead': {
      if (over.has('dead')) return;
      over.add(act);
      const row = residentOf(own, { status: 'deceased', statusSince: TODAY });
      return stand.event({ municipality: HOME, register: 'resident' }, 'put', 'resident', row);
    }
    case 'unlinked': {
      if (over.has('unlinked')) return;
      over.add(act);
      const { issuerKeyId, serial } = own.card.authentication;
      const place = { municipality: HOME, register: 'certificate-link' } as const;
      return stand.event(place, 'end', 'certificate-link', { issuerKeyId, serial });
    }
    case 'ended': {
      const { registration: id, application } = own;
      const ends = { id, municipality: M2, application };
      if (await endRegistration(db, ends, 'by-municipality', deps.clock())) over.add('ended');
      return;
    }
    case 'again': {
      if (over.size !== 1 || !over.has('ended')) return;
      life.own = await stand.registered(own);
      over.delete('ended');
      return;
    }
    case 'stopped':
      over.add('stopped');
      await stopIssuing(
        db,
        { municipality: M2, kind: null, reason: 'other', staffId: randomUUID() },
        deps.clock(),
      );
      return;
    case 'lifted':
      over.delete('stopped');
      await sql`update service_stop set lifted_at = ${new Date(deps.clock())}, lifted_by = 'test' where lifted_at is null`.execute(
        db,
      );
      return;
  }
}

const story = fc.array(fc.record({ act: fc.constantFrom(...acts), who: fc.constantFrom<Who>(0, 1) }), {
  minLength: 6,
  maxLength: 14,
});

describe('whatever happens in any order', () => {
  it(
    'issues to the registered person what is theirs, and nothing once it is over',
    { timeout: 180_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(story, async (steps) => {
          const lives = [await born(0), await born(1)];
          for (const { act, who } of steps) {
            await happens(act, lives[who]!, who);
            // a stop is the municipality's, and so everybody's
            if (act === 'stopped') for (const { over } of lives) over.add('stopped');
            if (act === 'lifted') for (const { over } of lives) over.delete('stopped');
          }
          await happens('lifted', lives[0]!, 0);
        }),
        { numRuns: 20, seed: 20261126, endOnFailure: true },
      );
      // no idle talk: there were papers
      expect(issued).toBeGreaterThan(10);
    },
  );
});
