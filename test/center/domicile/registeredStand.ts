/**
 * People who live in みほん市 and stand on a 戸籍 of ためし市, with cards, over a whole center: they apply at a kiosk over its API
 * and are registered as an officer registers.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { ApplicationStatus } from '#center/contract/domicileApplication.ts';
import { memberDigest } from '#center/registers/registeredPerson.ts';
import { issueCard, type CardOrder, type IssuedCard } from '#simulators/authority/issueCard.ts';
import type { FeedParts } from '#simulators/municipality/feedParts.ts';
import { addDays } from '#templates/civilTime.ts';
import { templatesDirectory } from '#templates/load.ts';
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import { enterEvents } from '#center/registers/feedApi.ts';
import { keyFields } from '#center/registers/entities.ts';
import type { FeedEntity, FeedRegister } from '#center/contract/registerFeed.ts';
import { enterParts, eventsText, heartbeat, streamOf } from '../feeding.ts';
import { startHarness, TODAY, visit, type Harness, type Kiosk } from '../harness.ts';
import { contentFor, signApplication } from './applying.ts';

export const HOME = '992011' as MunicipalityCode;
export const M2 = '992020' as MunicipalityCode;
export const BORN = '1990-05-05' as CivilDate;
export const NAME = '例示　花子';

export type Register = NonNullable<FeedParts['familyRegisters']>[number];
export type Member = Register['members'][number];

export interface Person {
  readonly id: string;
  readonly home: string;
  readonly registerId: string;
  readonly card: IssuedCard;
  readonly register: Register;
}
export interface Registered extends Person {
  readonly registration: number;
  readonly application: string;
}
export interface Look {
  readonly sessionId: string;
  readonly municipalities: readonly { readonly code: string; readonly ended?: string | null }[];
  readonly offer: Record<string, unknown>;
}
export const kindsIn = ({ offer }: Look) =>
  offer.kinds as { kind: string; status: string; notice?: string; fee?: number }[];
export const noticesIn = (look: Look) => new Set(kindsIn(look).map(({ notice }) => notice));

export function member(givenName: string, birthDate: string, more: object = {}): Member {
  const birth = {
    kind: 'birth',
    on: birthDate,
    birthplace: '架空県ためし市',
    notifiedOn: birthDate,
    informant: { as: '父' },
  };
  return {
    givenName,
    birthDate,
    father: '例示実',
    mother: '例示文',
    relationship: '長女',
    events: [birth],
    ...more,
  } as Member;
}

export const registerOf = (familyRegisterId: string, members: readonly Member[], more: object = {}) =>
  ({
    familyRegisterId,
    municipality: M2,
    domicile: '架空県ためし市本町一丁目9番地',
    familyName: '例示',
    headGivenName: '実',
    entries: [{ kind: 'established', on: '1985-01-01' }],
    members,
    ...more,
  }) as unknown as Register;

export function historyOf(
  familyRegisterId: string,
  members: readonly Member[],
): FeedParts['addressHistories'] {
  return [
    {
      familyRegisterId,
      municipality: M2,
      domicile: '架空県ためし市本町一丁目9番地',
      familyName: '例示',
      headGivenName: '実',
      made: { kind: 'established', on: '1985-01-01' },
      members: members.map(({ givenName, birthDate, residentId }) => ({
        givenName,
        birthDate,
        sex: 'female',
        ...(residentId && { residentId }),
        addresses: [{ address: '架空県みほん市見本台一丁目1番1号', setOn: '2020-04-01' }],
      })),
    },
  ] as FeedParts['addressHistories'];
}

/** Left by marriage, as the row of the 戸籍 keeps who has left. */
export const marriedAway = ({ members: [brother, own] }: Register): readonly Member[] => [
  brother!,
  {
    ...own!,
    removed: true,
    events: [
      ...own!.events,
      {
        kind: 'marriage',
        on: '2026-11-01',
        spouseName: '見本次郎',
        leavingFor: { kind: 'new-register', domicile: '架空県みほん市中央町1番地' },
      },
    ],
  } as Member,
];

export const transferredOut = ({ familyRegisterId, members }: Register): Register =>
  registerOf(familyRegisterId, members, {
    status: 'closed',
    entries: [
      { kind: 'established', on: '1985-01-01' },
      { kind: 'transferred-out', on: '2026-11-01', newDomicile: '架空県みほん市中央町1番地' },
    ],
  });

/** As the register of residents has the person. */
export const residentOf = ({ id, home }: Pick<Person, 'id' | 'home'>, more: object = {}) => ({
  residentId: id,
  householdId: home,
  order: 1,
  status: 'active',
  name: NAME,
  birthDate: BORN,
  sex: 'female',
  relationship: '世帯主',
  becameResidentOn: '2020-04-01',
  addressSetOn: '2020-04-01',
  registeredDomicile: { address: '架空県ためし市本町一丁目9番地', headOfRegister: '例示　実' },
  ...more,
});

export type Stand = Awaited<ReturnType<typeof startStand>>;

/** M2 takes applications all day, every day, at kiosks and on the internet. */
export async function startStand() {
  const folder = mkdtempSync(join(tmpdir(), 'domicile-'));
  const directory = join(folder, 'templates/');
  cpSync(templatesDirectory, directory, { recursive: true });
  const file = join(directory, 'profiles', `${M2}.json`);
  const open = { opens: '06:30', closes: '23:00' };
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'holiday'];
  const hours = [{ from: '2026-01-01', weekly: Object.fromEntries(days.map((day) => [day, open])) }];
  const domicile = { startsOn: '2026-01-01', kiosk: { hours }, internet: { hours } };
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), domicile }));
  const center = await startHarness(directory);
  const kiosk = await center.kiosk('shop-1');
  const close = async () => {
    await center.close();
    rmSync(folder, { recursive: true });
  };
  return { folder, center, kiosk, close, ...actsOf(center, kiosk) };
}

function actsOf(center: Harness, kiosk: Kiosk) {
  let made = 0;
  const door = () => ({ db: center.db, canDraw: center.canDraw, now: center.deps.clock() });
  const enter = (parts: FeedParts) => enterParts(door(), parts);
  /** of what waits for its instant too */
  const versions = new Map<string, number>();
  /** One event of a source, with its own instant; `row`: of an end, the fields of its key count. Throws where it is refused. */
  const event = async (
    at: { readonly municipality?: MunicipalityCode; readonly register: FeedRegister },
    op: 'put' | 'end',
    entity: FeedEntity,
    row: object,
    effectiveAt: number = center.deps.clock(),
  ): Promise<void> => {
    const { municipality = M2, register } = at;
    const key = Object.fromEntries(keyFields[entity].map((name) => [name, row[name as keyof typeof row]]));
    const known = await center.db
      .selectFrom('register_row')
      .select('version')
      .where('municipality', '=', municipality)
      .where('entity', '=', entity)
      .where('key', '=', Object.values(key).join('/'))
      .executeTakeFirst();
    const named = [municipality, entity, ...Object.values(key)].join('/');
    const version = Math.max(known?.version ?? 0, versions.get(named) ?? 0) + 1;
    versions.set(named, version);
    const standing = await streamOf(center.db, municipality, register);
    const line = {
      ...{ op, seq: standing.nextSeq, entity, version },
      effectiveAt: new Date(effectiveAt).toISOString(),
      ...(op === 'put' ? { row } : { key }),
    };
    const text = eventsText(standing, [line], center.deps.clock());
    const outcome = await enterEvents(door(), { municipality, register }, [text]);
    if (outcome.kind !== 'entered') throw new Error(JSON.stringify(outcome));
  };
  /** Time goes by with sources that say that nothing has changed. */
  const wait = async (ms: number): Promise<void> => {
    center.advance(ms);
    await heartbeat(door(), [HOME, M2]);
  };
  const cardFor = async (
    id: string,
    order: Partial<Omit<CardOrder, 'holder'>> & { readonly name?: string } = {},
  ): Promise<IssuedCard> => {
    const { name = NAME, ...more } = order;
    const holder = { name, address: '架空県みほん市', birthDate: BORN, sex: 'female' as const };
    const card = await issueCard(center.authority, {
      holder,
      municipalityCode: '99201',
      withoutSignature: false,
      ...more,
    });
    await enter({
      links: [{ ...card.authentication, residentId: id, registeredOn: addDays(TODAY, -400) } as never],
    });
    return card;
  };
  const household = (id: string, municipality: MunicipalityCode = HOME) => ({
    householdId: id,
    municipality,
    address: '架空県みほん市見本台一丁目1番1号',
    householderName: NAME,
  });
  /** Somebody beside a brother; not registered yet. */
  const person = async (
    members: readonly Member[] = [
      member('太一', '1988-01-01', { relationship: '長男' }),
      member('花子', BORN),
    ],
    card: Parameters<typeof cardFor>[1] = {},
  ): Promise<Person> => {
    made += 1;
    const [id, home, registerId] = [`hanako-${made}`, `home-${made}`, `koseki-${made}`];
    const register = registerOf(registerId, members);
    await enter({
      households: [household(home)] as never,
      residents: [residentOf({ id, home }, { name: card.name ?? NAME })] as never,
      familyRegisters: [register],
      addressHistories: historyOf(registerId, members),
    });
    return { id, home, registerId, register, card: await cardFor(id, card) };
  };
  /** Applies over the API at this kiosk. */
  const applies = async ({ card }: Pick<Person, 'card'>, at = kiosk) => {
    const { session } = await visit(at, card);
    const under = `/v1/sessions/${session.sessionId}/domicile`;
    const { body } = await at.call('POST', `${under}/challenges`, { municipality: M2 });
    if (body.kind !== 'challenge') return body;
    const challenge = Buffer.from(body.challenge as string, 'base64');
    const call = {
      channel: 'kiosk' as const,
      municipality: M2,
      challenge,
      challengeId: body.challengeId as string,
    };
    const signed = signApplication(card, contentFor(card, call));
    return (await at.call('POST', `${under}/applications`, signed)).body;
  };
  const numberOf = (answer: Record<string, unknown>): string =>
    (answer.application as ApplicationStatus).applicationNumber;
  /** Enters what an officer's acceptance enters (console/applications/accept.ts). */
  const accepted = async (own: Person, application: string, givenName = '花子'): Promise<Registered> => {
    const of = own.register.members.find((each) => each.givenName === givenName)!;
    const { id } = await center.db
      .insertInto('domicile_registration')
      .values({
        municipality: M2,
        issuer_key_id: own.card.authentication.issuerKeyId,
        serial: own.card.authentication.serial,
        family_register_id: own.registerId,
        member_digest: memberDigest(of as never),
        member_resident_id: of.residentId ?? null,
        application_number: application,
        registered_by: randomUUID(),
        registered_at: new Date(center.deps.clock()),
        registered_on: TODAY,
        ended_at: null,
        ended_because: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await sql`update domicile_application set state = 'accepted' where number = ${application}`.execute(
      center.db,
    );
    return { ...own, registration: id, application };
  };
  const registered = async (own: Person): Promise<Registered> => accepted(own, numberOf(await applies(own)));
  const looks = async ({ card }: Pick<Person, 'card'>, at = kiosk): Promise<Look> => {
    const { session, answer } = await visit(at, card);
    const { sessionId } = session;
    const { body } = await at.call('GET', `/v1/sessions/${sessionId}/offer?municipality=${M2}`);
    return { sessionId, municipalities: answer.body.municipalities as Look['municipalities'], offer: body };
  };
  const asks = (sessionId: string, kind: string, extent = 'whole', at = kiosk) =>
    at.call('POST', `/v1/sessions/${sessionId}/certificates`, {
      requestId: randomUUID(),
      certificate: { municipality: M2, kind, extent, members: [], include: [] },
    });
  return {
    door,
    enter,
    event,
    wait,
    cardFor,
    household,
    person,
    applies,
    numberOf,
    accepted,
    registered,
    looks,
    asks,
  };
}
