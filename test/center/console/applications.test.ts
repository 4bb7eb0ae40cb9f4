/** The queue of the 戸籍 role over real PostgreSQL: applications signed by cards, 戸籍 of the demo, every mishap of two hands. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Candidate } from '#center/contract/console/applications.ts';
import { memberDigest } from '#center/registers/registeredPerson.ts';
import { withdrawApplication } from '#center/domicile/applications.ts';
import { expireApplications } from '#center/domicile/endings.ts';
import { placeForm } from '#center/console/applications/tokens.ts';
import { auditOf } from '../harness.ts';
import { heartbeat } from '../feeding.ts';
import { applyTo, type Applying } from './applyingTo.ts';
import {
  ELSEWHERE as HERE,
  HOME as ANOTHER,
  startConsole,
  type ConsoleHarness,
  type SignedIn,
} from './consoleHarness.ts';

let stand: ConsoleHarness;
let officer: SignedIn;
let colleague: SignedIn;

beforeAll(async () => {
  stand = await startConsole();
  officer = await stand.staff(['family-register-officer'], HERE);
  colleague = await stand.staff(['family-register-officer'], HERE);
});
afterAll(() => stand.close());
beforeEach(async () => {
  // every test begins with registers that are known up to now
  await heartbeat(door(), [HERE]);
});

const door = () => ({ db: stand.center.db, canDraw: stand.center.canDraw, now: stand.center.deps.clock() });
const apply = (wish: Applying = {}) => applyTo(stand.center, wish);
const url = (number: string, act = '') => `/api/applications/${number}${act && `/${act}`}`;
const post = (who: SignedIn, number: string, act: string, body?: object) =>
  stand.call(who, 'POST', url(number, act), body ?? {});

interface Shown {
  readonly revision: number;
  readonly state: string;
  readonly candidates: readonly Candidate[];
  readonly history: readonly { readonly words: string; readonly by: string | null }[];
  readonly registration: object | null;
  readonly registersInDoubt: readonly string[];
}
async function look(number: string, who = officer): Promise<Shown> {
  const answer = await stand.call(who, 'GET', url(number));
  expect([answer.status, answer.status === 200 ? '' : answer.text]).toEqual([200, '']);
  return answer.body as unknown as Shown;
}
/** Taken by the officer and looked at. */
async function checked(number: string): Promise<Shown> {
  expect((await post(officer, number, 'taking')).status).toBe(200);
  return look(number);
}
const accepting = ({ revision, candidates: [first] }: Shown, confirmed = first!.toConfirm) => ({
  revision,
  familyRegisterId: first!.familyRegisterId,
  member: first!.member!,
  look: first!.look,
  confirmed,
});
const stateOf = async (number: string) =>
  stand.center.db
    .selectFrom('domicile_application')
    .select(['state', 'taken_by', 'question', 'refusal'])
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
const registrations = (number: string) =>
  stand.center.db
    .selectFrom('domicile_registration')
    .selectAll()
    .where('application_number', '=', number)
    .execute();
const events = async (type: string) =>
  (await auditOf(stand.center.db)).filter((event) => event.type === type);

/** A change of a row of ためし市 as a feed makes it. */
const changeRegister = (id: string, change: string) =>
  sql`update family_register set entry = entry || ${change}::jsonb, revision = revision + 1
      where municipality = ${HERE} and id = ${id}`.execute(stand.center.db);

describe('an application in the queue', () => {
  it('is taken, compared, accepted: the card is tied to the one person, by digest and id', async () => {
    const number = await apply();
    const seen = await checked(number);
    const [first] = seen.candidates;
    expect(first!.familyRegisterId).toBe('tameshi-hashimoto');
    expect(first!.items.map(({ item, result }) => `${item} ${result}`)).toEqual([
      'family-name variant',
      'given-name same',
      'birth-date same',
      'domicile same',
      'head-of-register same',
      'address same',
    ]);
    // 𣘺 is no letter of the card's certificate
    expect(first!.items[0]!.notes).toEqual([expect.stringMatching(/代わり.*代替文字.*「𣘺」/)]);
    expect([first!.obstacles, first!.toConfirm]).toEqual([[], []]);
    const accepted = await post(officer, number, 'acceptance', accepting(seen));
    expect([accepted.status, accepted.text]).toEqual([200, '{"kind":"done"}']);
    const [registration] = await registrations(number);
    expect(registration).toMatchObject({
      municipality: HERE,
      family_register_id: 'tameshi-hashimoto',
      member_digest: memberDigest({ givenName: '梓' as never, birthDate: '1988-08-08' as never }),
      member_resident_id: 'azusa',
      registered_by: officer.staffId,
      ended_at: null,
    });
    expect((await events('application-accepted')).at(-1)!.fields).toMatchObject({
      application: number,
      staffId: officer.staffId,
      registration: registration!.id,
    });
    const after = await look(number);
    expect(after.history.map(({ words }) => words)).toEqual([
      '申請を見た',
      '登録した',
      '申請を見た',
      '確認をはじめた',
      '申請を受け付けた',
    ]);
    // decided: nobody is looked for again
    expect([after.state, after.candidates]).toEqual(['accepted', []]);
  });

  it('is listed without names, with its day, and overdue when that is over', async () => {
    const number = await apply();
    const listed = await stand.call(officer, 'GET', '/api/applications');
    const row = (listed.body['applications'] as { number: string; daysLeft: number }[]).find(
      (each) => each.number === number,
    );
    expect(row).toMatchObject({ state: 'received', channel: 'internet', isMine: false, daysLeft: 10 });
    expect(listed.text).not.toMatch(/梓|𣘺本|本町/);
    const before = (await stand.call(officer, 'GET', '/api/application-counts')).body;
    expect(before['waiting']).toBeGreaterThan(0);
    await stand.center.db
      .updateTable('domicile_application')
      .set({ decide_by: '2026-11-19' })
      .where('number', '=', number)
      .execute();
    const counts = (await stand.call(officer, 'GET', '/api/application-counts')).body;
    expect(counts['overdue']).toBe(Number(before['overdue']) + 1);
    const watch = await stand.call(officer, 'GET', '/api/watch');
    expect(watch.body['overdueApplications']).toBe(counts['overdue']);
  });

  it('shows letters that are stand-ins, and other forms, as such', async () => {
    const number = await apply({
      holder: {
        name: '渡辺　美咲',
        birthDate: '1978-03-30' as never,
        address: '架空県ためし市試町一丁目2番2号',
      },
      statement: { domicile: '試町1-2', headOfRegister: '渡辺　美咲' },
    });
    const [first] = (await look(number)).candidates;
    expect(first!.familyRegisterId).toBe('tameshi-watanabe-1c');
    const family = first!.items.find(({ item }) => item === 'family-name')!;
    expect([family.result, family.notes]).toEqual([
      'variant',
      ['「辺」は、登録では「邉󠄜」です（字の形のちがい）'],
    ]);
    expect(first!.toConfirm).not.toContain('family-name');
  });
});

describe('two people', () => {
  it('never have the same application: of many at once, one is told that it has it', async () => {
    const officers = await Promise.all(
      Array.from({ length: 8 }, () => stand.staff(['family-register-officer'], HERE)),
    );
    for (let round = 0; round < 5; round += 1) {
      const number = await apply();
      const answers = await Promise.all(officers.map((who) => post(who, number, 'taking')));
      const winners = officers.filter((_, index) => answers[index]!.status === 200);
      expect(winners).toHaveLength(1);
      for (const lost of answers.filter(({ status }) => status !== 200)) {
        expect([lost.status, lost.body['reason']]).toEqual([409, expect.stringMatching(/ほかの人が確認/)]);
      }
      expect(await stateOf(number)).toMatchObject({ state: 'checking', taken_by: winners[0]!.staffId });
    }
  });

  it('decide once: acceptance, refusal, question and putting back at the same time end in one of them', async () => {
    for (let round = 0; round < 6; round += 1) {
      const number = await apply();
      const seen = await checked(number);
      const { revision } = seen;
      const answers = await Promise.all([
        post(officer, number, 'acceptance', accepting(seen)),
        post(officer, number, 'acceptance', accepting(seen)),
        post(officer, number, 'refusal', { revision, reason: 'items-differ' }),
        post(officer, number, 'question', { revision, question: '電話をください' }),
        post(officer, number, 'release', { revision }),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const { state } = await stateOf(number);
      expect((await registrations(number)).length).toBe(state === 'accepted' ? 1 : 0);
    }
  });

  it('cannot act on what the other one has', async () => {
    const number = await apply();
    const seen = await checked(number);
    const { revision } = seen;
    for (const [act, body] of [
      ['acceptance', accepting(seen)],
      ['refusal', { revision, reason: 'items-differ' }],
      ['question', { revision, question: 'x' }],
      ['release', { revision }],
    ] as const) {
      const refused = await post(colleague, number, act, body);
      expect([refused.status, refused.body['reason']]).toEqual([409, expect.stringMatching(/ほかの人/)]);
    }
    expect(await stateOf(number)).toMatchObject({ state: 'checking', taken_by: officer.staffId });
    await post(officer, number, 'release', { revision });
    expect((await post(colleague, number, 'taking')).status).toBe(200);
  });

  it('is put back by a colleague only after a day', async () => {
    const number = await apply();
    const { revision } = await checked(number);
    await stand.center.db
      .updateTable('domicile_application')
      .set({ taken_at: new Date(stand.center.deps.clock() - 25 * 3_600_000) })
      .where('number', '=', number)
      .execute();
    expect((await post(colleague, number, 'release', { revision })).status).toBe(200);
    expect(await stateOf(number)).toMatchObject({ state: 'received', taken_by: null });
  });
});

describe('while the officer looks', () => {
  it('the 戸籍 changes: nothing is registered, the officer is told to look again, and then it can be', async () => {
    const number = await apply();
    const seen = await checked(number);
    await changeRegister('tameshi-hashimoto', '{"familyNameFurigana":"ハシモト"}');
    const refused = await post(officer, number, 'acceptance', accepting(seen));
    expect([refused.status, refused.body['reason']]).toEqual([
      409,
      expect.stringMatching(/初めからくらべて/),
    ]);
    expect(await registrations(number)).toEqual([]);
    expect(await stateOf(number)).toMatchObject({ state: 'checking' });
    expect((await post(officer, number, 'acceptance', accepting(await look(number)))).status).toBe(200);
  });

  it('the 附票 changes, or the 戸籍 is taken away and made anew under its id with the same number', async () => {
    const number = await apply();
    const seen = await checked(number);
    await sql`update address_history set revision = revision + 1
      where municipality = ${HERE} and family_register_id = 'tameshi-hashimoto'`.execute(stand.center.db);
    expect((await post(officer, number, 'acceptance', accepting(seen))).status).toBe(409);
    const again = await look(number);
    await sql`update family_register set entry = jsonb_set(entry, '{members,0,relationship}', '"二女"')
      where municipality = ${HERE} and id = 'tameshi-hashimoto'`.execute(stand.center.db);
    expect((await post(officer, number, 'acceptance', accepting(again))).status).toBe(409);
    await sql`update family_register set entry = jsonb_set(entry, '{members,0,relationship}', '"長女"')
      where municipality = ${HERE} and id = 'tameshi-hashimoto'`.execute(stand.center.db);
    expect(await registrations(number)).toEqual([]);
  });

  it('a 届出 arrives, the person leaves, or the register closes: also who has not looked again is stopped', async () => {
    const number = await apply();
    await checked(number);
    const before = await stand.center.db
      .selectFrom('family_register')
      .select('entry')
      .where('id', '=', 'tameshi-hashimoto')
      .executeTakeFirstOrThrow();
    const removed = before.entry.members.map((member) => ({ ...member, removed: true }));
    for (const [change, words] of [
      [{ pendingNotification: true }, /反映待ち/],
      [{ status: 'superseded' }, /除籍または改製原戸籍/],
      [{ members: removed }, /1人だけではありません/],
    ] as const) {
      await changeRegister('tameshi-hashimoto', JSON.stringify(change));
      const seen = await look(number);
      expect(seen.candidates[0]!.obstacles.length).toBeGreaterThan(0);
      const refused = await post(officer, number, 'acceptance', accepting(seen));
      expect([refused.status, refused.body['reason']]).toEqual([409, expect.stringMatching(words)]);
      await changeRegister('tameshi-hashimoto', JSON.stringify(before.entry));
    }
    expect(await registrations(number)).toEqual([]);
  });

  it('the applicant withdraws, or nobody decides in time: every act says so and does nothing', async () => {
    const card = async (number: string) => {
      const row = await stand.center.db
        .selectFrom('domicile_application')
        .select('holder_fingerprint')
        .where('number', '=', number)
        .executeTakeFirstOrThrow();
      return row.holder_fingerprint;
    };
    const now = stand.center.deps.clock();
    const withdraw = async (number: string) =>
      void (await withdrawApplication(stand.center.db, number, await card(number), 'kiosk', now));
    const expire = () => expireApplications(stand.center.db, now + 90 * 24 * 3_600_000);
    for (const [end, words] of [
      [withdraw, /取り下げました/],
      [expire, /期限が切れました/],
    ] as const) {
      const number = await apply();
      const seen = await checked(number);
      await end(number);
      const { revision } = seen;
      for (const [act, body] of [
        ['acceptance', accepting(seen)],
        ['refusal', { revision, reason: 'items-differ' }],
        ['question', { revision, question: 'x' }],
        ['release', { revision }],
        ['taking', {}],
      ] as const) {
        const refused = await post(officer, number, act, body);
        expect([refused.status, refused.body['reason']]).toEqual([409, expect.stringMatching(words)]);
      }
      expect(await registrations(number)).toEqual([]);
    }
  });

  it('the service stops in the middle: an acceptance that cannot be written whole is not written at all', async () => {
    const number = await apply();
    const seen = await checked(number);
    // the audit cannot be written: what goes before it in the transaction goes with it
    await sql`create function no_audit() returns trigger language plpgsql as $$ begin raise exception 'away'; end $$`.execute(
      stand.center.db,
    );
    await sql`create trigger no_audit before insert on audit_event for each row execute function no_audit()`.execute(
      stand.center.db,
    );
    const broken = await post(officer, number, 'acceptance', accepting(seen));
    await sql`drop trigger no_audit on audit_event`.execute(stand.center.db);
    expect(broken.status).toBe(500);
    expect(await registrations(number)).toEqual([]);
    expect(await stateOf(number)).toMatchObject({ state: 'checking' });
    expect((await post(officer, number, 'acceptance', accepting(seen))).status).toBe(200);
  });

  it('the register falls behind: shown, and nobody is registered by it', async () => {
    const number = await apply();
    const seen = await checked(number);
    await sql`update register_stream set blocked_reason = 'gap' where municipality = ${HERE} and register = 'family-register'`.execute(
      stand.center.db,
    );
    const refused = await post(officer, number, 'acceptance', accepting(seen));
    expect([refused.status, refused.body['reason']]).toEqual([
      409,
      expect.stringMatching(/いまは登録できません/),
    ]);
    expect((await look(number)).registersInDoubt).toHaveLength(1);
    await sql`update register_stream set blocked_reason = null where municipality = ${HERE}`.execute(
      stand.center.db,
    );
    expect((await post(officer, number, 'acceptance', accepting(seen))).status).toBe(200);
  });
});

describe('never a wrong person', () => {
  const refusedFor = async (wish: Applying, pick: (seen: Shown) => Candidate | undefined, words: RegExp) => {
    const number = await apply(wish);
    const seen = await checked(number);
    const chosen = pick(seen);
    expect(chosen).toBeDefined();
    const body = accepting({ ...seen, candidates: [chosen!] });
    const refused = await post(officer, number, 'acceptance', body);
    expect([refused.status, refused.body['reason']]).toEqual([409, expect.stringMatching(words)]);
    expect(await registrations(number)).toEqual([]);
  };
  const onRegister = (id: string) => (seen: Shown) =>
    seen.candidates.find(({ familyRegisterId, member }) => familyRegisterId === id && member !== null);

  it('with another birth date, another given name, another 本籍', async () => {
    await refusedFor(
      { holder: { birthDate: '1988-08-09' as never } },
      onRegister('tameshi-hashimoto'),
      /生年月日がちがいます/,
    );
    await refusedFor({ holder: { name: '𣘺本　桂' } }, onRegister('tameshi-hashimoto'), /名がちがいます/);
    await refusedFor(
      { statement: { domicile: '本町一丁目6番地' } },
      onRegister('tameshi-hashimoto'),
      /本籍がちがいます/,
    );
  });

  it('with a card that the register of residents ties to somebody else', async () => {
    // 健 and 美咲 were born on one day; the card is 健's own, but the signed items are hers
    const number = await apply();
    await stand.center.db
      .updateTable('domicile_application')
      .set({ applicant_resident_id: 'ken' })
      .where('number', '=', number)
      .execute();
    const seen = await checked(number);
    const refused = await post(officer, number, 'acceptance', accepting(seen));
    expect([refused.status, refused.body['reason']]).toEqual([409, expect.stringMatching(/別の人/)]);
  });

  it('with a person of the register who is not the one that was compared', async () => {
    const number = await apply();
    const seen = await checked(number);
    const husband = memberDigest({ givenName: '翔' as never, birthDate: '1986-12-05' as never });
    for (const member of [husband, 'f'.repeat(64)]) {
      const refused = await post(officer, number, 'acceptance', { ...accepting(seen), member });
      expect(refused.status).toBe(409);
    }
    const other = await post(officer, number, 'acceptance', {
      ...accepting(seen),
      familyRegisterId: 'tameshi-kyoko',
    });
    expect(other.status).toBe(409);
    expect(await registrations(number)).toEqual([]);
  });

  it('with one of two twins, where the card writes a stand-in for the letter that tells them apart', async () => {
    await heartbeat(door(), [ANOTHER]);
    const twins = await stand.staff(['family-register-officer'], ANOTHER);
    const number = await apply({
      municipality: ANOTHER,
      holder: {
        // no letter of the certificate: 〓
        name: '齋藤　𠀋',
        birthDate: '2018-07-07' as never,
        address: '架空県ためし市本町一丁目5番9号',
      },
      statement: { domicile: '架空坂9-8-7', headOfRegister: '齋藤　孝' },
    });
    await post(twins, number, 'taking');
    const seen = await look(number, twins);
    expect(seen.candidates.map(({ obstacles }) => obstacles)).toEqual([
      ['not-one-person'],
      ['not-one-person'],
    ]);
    for (const each of seen.candidates) {
      const refused = await post(twins, number, 'acceptance', accepting({ ...seen, candidates: [each] }));
      expect([refused.status, refused.body['reason']]).toEqual([
        409,
        expect.stringMatching(/1人だけではありません/),
      ]);
    }
    // tied to the one by the register of residents: that one can be, the other never
    await stand.center.db
      .updateTable('domicile_application')
      .set({ applicant_resident_id: 'twin-aoi' })
      .where('number', '=', number)
      .execute();
    const tied = await look(number, twins);
    const able = tied.candidates.filter(({ obstacles }) => obstacles.length === 0);
    expect(able.map(({ member }) => member)).toEqual([
      memberDigest({ givenName: '葵' as never, birthDate: '2018-07-07' as never }),
    ]);
    const accepted = await post(twins, number, 'acceptance', accepting({ ...tied, candidates: able }));
    expect(accepted.status).toBe(200);
  });

  it('without each difference confirmed, no more and no less', async () => {
    const number = await apply({ holder: { address: '架空県みほん市中央町九丁目9番9号' } });
    const seen = await checked(number);
    expect(seen.candidates[0]!.toConfirm).toEqual(['address']);
    for (const confirmed of [[], ['family-name'], ['address', 'family-name']] as const) {
      const refused = await post(officer, number, 'acceptance', accepting(seen, [...confirmed]));
      expect([refused.status, refused.body['reason']]).toEqual([409, expect.stringMatching(/1つずつ/)]);
    }
    expect((await post(officer, number, 'acceptance', accepting(seen))).status).toBe(200);
  });

  it('with signed bytes that are not what was received', async () => {
    const number = await apply();
    const seen = await checked(number);
    const { cms } = await stand.center.db
      .selectFrom('domicile_application')
      .select('cms')
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    const altered = Buffer.from(cms);
    altered[altered.length - 1]! ^= 1;
    await stand.center.db
      .updateTable('domicile_application')
      .set({ cms: altered })
      .where('number', '=', number)
      .execute();
    const refused = await post(officer, number, 'acceptance', accepting(seen));
    expect([refused.status, refused.body['reason']]).toEqual([
      409,
      expect.stringMatching(/署名を確かめられません/),
    ]);
    expect((await stand.call(officer, 'GET', url(number))).status).toBe(409);
  });

  it('with a card that is registered already', async () => {
    const number = await apply();
    const seen = await checked(number);
    const { issuer_key_id, serial } = await stand.center.db
      .selectFrom('domicile_application')
      .select(['issuer_key_id', 'serial'])
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    const [accepted] = await stand.center.db
      .selectFrom('domicile_registration')
      .selectAll()
      .limit(1)
      .execute();
    const { id: _id, ...rest } = accepted!;
    const earlier = await apply();
    await stand.center.db
      .insertInto('domicile_registration')
      .values({
        ...rest,
        issuer_key_id,
        serial,
        application_number: earlier,
        ended_at: null,
        ended_because: null,
      })
      .execute();
    const refused = await post(officer, number, 'acceptance', accepting(seen));
    expect([refused.status, refused.body['reason']]).toEqual([409, expect.stringMatching(/もう登録/)]);
  });
});

describe('the other acts', () => {
  it('refuses with a reason, once', async () => {
    const number = await apply();
    const { revision } = await checked(number);
    expect((await post(officer, number, 'refusal', { revision, reason: 'because' })).status).toBe(422);
    expect((await post(officer, number, 'refusal', { revision, reason: 'head-differs' })).status).toBe(200);
    expect(await stateOf(number)).toMatchObject({ state: 'refused', refusal: 'head-differs' });
    const again = await post(officer, number, 'refusal', { revision: revision + 1, reason: 'items-differ' });
    expect([again.status, again.body['reason']]).toEqual([409, expect.stringMatching(/もう却下/)]);
  });

  it('asks the applicant and puts the application back', async () => {
    const number = await apply();
    const { revision } = await checked(number);
    expect((await post(officer, number, 'question', { revision, question: '  ' })).status).toBe(422);
    expect((await post(officer, number, 'question', { revision, question: '電話をください' })).status).toBe(
      200,
    );
    expect(await stateOf(number)).toMatchObject({
      state: 'received',
      taken_by: null,
      question: '電話をください',
    });
    expect((await events('application-asked')).at(-1)!.fields).toEqual({
      municipality: HERE,
      application: number,
      staffId: officer.staffId,
    });
  });

  it('searches another 戸籍 by 本籍 and 筆頭者, in this municipality only, and writes it down', async () => {
    const number = await apply();
    const search = (domicile: string, headOfRegister = '') =>
      post(officer, number, 'search', { domicile, headOfRegister });
    const found = async (domicile: string, head = '') =>
      ((await search(domicile, head)).body['candidates'] as Candidate[]).map((each) => each.familyRegisterId);
    expect(await found('試町一丁目')).toEqual(
      expect.arrayContaining(['tameshi-watanabe-1c', 'tameshi-watanabe-base']),
    );
    expect(await found('試町1-3')).toEqual(['tameshi-watanabe-base']);
    expect(await found('試町１丁目', '渡辺 美')).toEqual(['tameshi-watanabe-1c']);
    expect(await found('例示二丁目14', '渡辺')).toEqual(
      expect.arrayContaining(['tameshi-three-generations', 'tameshi-three-generations-father']),
    );
    expect(await found('架空県みほん市中央町一丁目2番地3')).toEqual([]);
    expect(await found('%')).toEqual([]);
    expect((await events('application-searched')).at(-1)!.fields).toMatchObject({
      application: number,
      candidates: 0,
    });
    expect((await search('')).status).toBe(422);
  });

  it('ends a registration, once', async () => {
    const number = await apply();
    await post(officer, number, 'acceptance', accepting(await checked(number)));
    const end = () => stand.call(officer, 'DELETE', url(number, 'registration'));
    expect((await end()).status).toBe(200);
    expect((await registrations(number))[0]).toMatchObject({ ended_because: 'by-municipality' });
    expect((await end()).status).toBe(409);
    expect((await events('registration-ended')).at(-1)!.fields).toMatchObject({ staffId: officer.staffId });
  });
});

describe('who may', () => {
  it('nobody sees another municipality’s application: it is as if it were not there', async () => {
    const number = await apply();
    const stranger = await stand.staff(['family-register-officer'], ANOTHER);
    const seen = await look(number);
    for (const [method, act, body] of [
      ['GET', '', undefined],
      ['POST', 'taking', {}],
      ['POST', 'search', { domicile: '本町', headOfRegister: '' }],
      ['POST', 'release', { revision: seen.revision }],
      ['POST', 'refusal', { revision: seen.revision, reason: 'items-differ' }],
      ['POST', 'question', { revision: seen.revision, question: 'x' }],
      ['POST', 'acceptance', accepting(seen)],
      ['DELETE', 'registration', undefined],
    ] as const) {
      const theirs = await stand.call(stranger, method, url(number, act), body);
      const nothing = await stand.call(stranger, method, url('0000-0000-0000', act), body);
      expect([act, theirs.status, theirs.text]).toEqual([act, 404, nothing.text]);
    }
    expect((await stand.call(stranger, 'GET', '/api/applications')).text).not.toContain(number);
  });

  it('an approver looks and decides nothing; others do not look', async () => {
    const number = await apply();
    const approver = await stand.staff(['approver'], HERE);
    await look(number, approver);
    expect((await events('application-shown')).at(-1)!.fields).toMatchObject({ staffId: approver.staffId });
    expect((await post(approver, number, 'taking')).status).toBe(403);
    const editor = await stand.staff(['editor', 'viewer', 'administrator'], HERE);
    expect((await stand.call(editor, 'GET', url(number))).status).toBe(403);
  });
});

describe('the key by which a 本籍 is found', () => {
  it('is the same for every spelling that is compared as the same place', async () => {
    const spellings = [
      [
        '架空県ためし市本町1-5',
        '架空県ためし市本町一丁目5番地',
        '架空県ためし市本町１丁目５番',
        '架空県ためし市本町一丁目五番地',
      ],
      ['架空県ためし市例示町23-1', '架空県ためし市例示町二十三丁目1番地', '架空県ためし市例示町23丁目1'],
      ['架空県ためし市架空坂9-8-7', '架空県ためし市架空坂九丁目8番地の7', '架空県ためし市架空坂九丁目8番地7'],
      ['架空県見本郡見本町大字例示字試平第3地割12番地', '架空県見本郡見本町例示試平第3地割12'],
      ['架空県ためし市十番町10', '架空県ためし市十番町十番地'],
      ['架空県ためし市霞ケ関20-10', '架空県ためし市霞ヶ関二十丁目10番地'],
    ];
    for (const group of spellings) {
      expect(new Set(group.map(placeForm)).size).toBe(1);
      const { rows } = await sql<{ key: string }>`select place_key(place) as key
        from unnest(${group}::text[]) place`.execute(stand.center.db);
      expect(new Set(rows.map(({ key }) => key)).size).toBe(1);
    }
  });
});
