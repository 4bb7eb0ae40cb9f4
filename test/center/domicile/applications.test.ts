/** Applications over the kiosk API: taken whole or not at all, once, in their hours; and what the applicant can see of them. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopIssuing } from '#center/configuration/stops.ts';
import type { ApplicationStatus } from '#center/contract/domicileApplication.ts';
import { expireApplications } from '#center/domicile/endings.ts';
import { verifyStored } from '#center/domicile/verifyStored.ts';
import { issueCard, type IssuedCard } from '#simulators/authority/issueCard.ts';
import { addDays } from '#templates/civilTime.ts';
import { templatesDirectory } from '#templates/load.ts';
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import { enterParts } from '../feeding.ts';
import { auditOf, startHarness, TODAY, visit, type Harness, type Kiosk } from '../harness.ts';
import { contentFor, signApplication } from './applying.ts';

const HOME = '992011' as MunicipalityCode;
const M2 = '992020' as MunicipalityCode;
const HOUR_MS = 60 * 60_000;
const TARO = {
  name: '渡邉　太郎',
  address: '架空県みほん市',
  birthDate: '1983-07-02' as CivilDate,
  sex: 'male' as const,
};
const EVERY_DAY = Object.fromEntries(
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'holiday'].map((day) => [
    day,
    { opens: '06:30', closes: '23:00' },
  ]),
);

const folder = mkdtempSync(join(tmpdir(), 'applications-'));
let center: Harness;
let kiosk: Kiosk;
beforeAll(async () => {
  const directory = join(folder, 'templates/');
  cpSync(templatesDirectory, directory, { recursive: true });
  for (const code of [HOME, M2]) {
    const file = join(directory, 'profiles', `${code}.json`);
    const hours = { hours: [{ from: '2026-01-01', weekly: EVERY_DAY }] };
    const domicile = { startsOn: '2026-01-01', kiosk: hours, internet: hours };
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), domicile }));
  }
  center = await startHarness(directory);
  kiosk = await center.kiosk('shop-1');
});
afterAll(async () => {
  await center.close();
  rmSync(folder, { recursive: true });
});

async function cardOf(residentId = 'taro', holder = TARO): Promise<IssuedCard> {
  const issued = await issueCard(center.authority, {
    holder,
    municipalityCode: '99201',
    withoutSignature: false,
  });
  const link = { ...issued.authentication, residentId, registeredOn: addDays(TODAY, -400) };
  const door = { db: center.db, canDraw: center.canDraw, now: center.deps.clock() };
  await enterParts(door, { links: [link as never] });
  return issued;
}

interface Applicant {
  readonly card: IssuedCard;
  readonly under: string;
}
async function arrives(card?: IssuedCard): Promise<Applicant> {
  const own = card ?? (await cardOf());
  const { session, answer } = await visit(kiosk, own);
  expect(answer.body).toMatchObject({ kind: 'authenticated', domicileApplications: true });
  return { card: own, under: `/v1/sessions/${session.sessionId}/domicile` };
}

async function signed({ card, under }: Applicant, municipality = M2) {
  const { body } = await kiosk.call('POST', `${under}/challenges`, { municipality });
  if (body.kind !== 'challenge') return body;
  const challenge = Buffer.from(body.challenge as string, 'base64');
  const call = {
    channel: 'kiosk' as const,
    municipality,
    challenge,
    challengeId: body.challengeId as string,
  };
  return signApplication(card, contentFor(card, call));
}
async function applies(applicant: Applicant, municipality = M2) {
  return (await kiosk.call('POST', `${applicant.under}/applications`, await signed(applicant, municipality)))
    .body;
}
const ownOf = async ({ under }: Applicant) =>
  (await kiosk.call('GET', `${under}/applications`)).body.applications as ApplicationStatus[];
const countOf = async () =>
  Number(
    (
      await center.db
        .selectFrom('domicile_application')
        .select(({ fn }) => fn.countAll().as('count'))
        .executeTakeFirstOrThrow()
    ).count,
  );

describe('an application at a kiosk', () => {
  it('finds who takes applications, and what the form needs', async () => {
    const { under } = await arrives();
    const places = (await kiosk.call('GET', `${under}/municipalities`)).body.municipalities;
    expect(places).toEqual([
      expect.objectContaining({ code: HOME, closed: null }),
      expect.objectContaining({ code: M2, prefecture: '架空県', name: 'ためし市', closed: null }),
    ]);
    const form = (await kiosk.call('GET', `${under}/form?municipality=${M2}`)).body;
    expect(form).toMatchObject({ kind: 'form', municipalityName: '架空県ためし市', cardText: false });
    const none = await kiosk.call('GET', `${under}/form?municipality=993018`);
    expect(none.body).toEqual({ kind: 'refused', notice: 'APPL-01' });
  });

  it('is received, to be decided within five business days, with a sheet that says what was signed', async () => {
    const applicant = await arrives();
    const answer = await applies(applicant);
    expect(answer).toMatchObject({
      kind: 'received',
      pages: 1,
      application: {
        municipality: M2,
        municipalityName: '架空県ためし市',
        state: 'received',
        // Friday the 20th; Monday the 23rd is 勤労感謝の日
        decideBy: '2026-11-30',
        ended: null,
      },
    });
    const { applicationNumber } = answer.application as ApplicationStatus;
    const file = join(folder, 'sheet.pdf');
    writeFileSync(file, Buffer.from(answer.sheet as string, 'base64'));
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    for (const words of [applicationNumber, '渡邉', '090-1234-5678', '本町一丁目5番地', 'ためし市長'])
      expect(text).toContain(words);
    expect(await ownOf(applicant)).toEqual([answer.application]);
  });

  it('is on record by number and digests, and nowhere in words', async () => {
    const applicant = await arrives();
    const { application } = await applies(applicant);
    const events = await auditOf(center.db);
    expect(events.at(-1)).toMatchObject({
      type: 'application-received',
      fields: {
        application: (application as ApplicationStatus).applicationNumber,
        municipality: M2,
        kioskId: 'shop-1',
      },
    });
    for (const words of ['渡邉', '本町一丁目', '09012345678', '1983-07-02']) {
      expect(JSON.stringify(events)).not.toContain(words);
      expect(center.log()).not.toContain(words);
    }
  });
});

describe('is taken once', () => {
  it('the same bytes are refused the second time', async () => {
    const applicant = await arrives();
    const application = await signed(applicant);
    const before = await countOf();
    const both = await Promise.all(
      [1, 2].map(() => kiosk.call('POST', `${applicant.under}/applications`, application)),
    );
    expect(both.map(({ body }) => body.kind).sort()).toEqual(['received', 'refused']);
    expect(await countOf()).toBe(before + 1);
  });

  it('while one of the card is open there is no other; withdrawn, there is', async () => {
    const applicant = await arrives();
    const [one, other] = [await signed(applicant), await signed(applicant)];
    const [first, second] = [
      (await kiosk.call('POST', `${applicant.under}/applications`, one)).body,
      (await kiosk.call('POST', `${applicant.under}/applications`, other)).body,
    ];
    expect(second).toEqual({ kind: 'refused', notice: 'APPL-03' });
    const { applicationNumber } = first.application as ApplicationStatus;
    const away = `${applicant.under}/applications/${applicationNumber}/withdrawal`;
    expect((await kiosk.call('POST', away, {})).body).toMatchObject({
      kind: 'withdrawn',
      application: { state: 'withdrawn' },
    });
    expect((await kiosk.call('POST', away, {})).body).toEqual({ kind: 'refused', notice: 'APPL-10' });
    expect((await applies(applicant)).kind).toBe('received');
  });

  it('two applications of one card at the same moment: one is taken', async () => {
    const applicant = await arrives();
    const both = [await signed(applicant), await signed(applicant)];
    const answers = await Promise.all(
      both.map((application) => kiosk.call('POST', `${applicant.under}/applications`, application)),
    );
    expect(answers.map(({ body }) => body.notice ?? body.kind).sort()).toEqual(['APPL-03', 'received']);
    expect(await ownOf(applicant)).toHaveLength(1);
  });

  it('and withdrawn by the own card only', async () => {
    const applicant = await arrives();
    const { application } = await applies(applicant);
    const { applicationNumber } = application as ApplicationStatus;
    const stranger = await arrives();
    const away = `${stranger.under}/applications/${applicationNumber}/withdrawal`;
    expect((await kiosk.call('POST', away, {})).body).toEqual({ kind: 'refused', notice: 'APPL-10' });
    expect((await ownOf(applicant))[0]!.state).toBe('received');
    expect(await ownOf(stranger)).toEqual([]);
  });
});

describe('is not taken', () => {
  it('from who has the 本籍 where they live', async () => {
    expect(await applies(await arrives(), HOME)).toEqual({ kind: 'refused', notice: 'APPL-05' });
  });

  it('in a session that is not authenticated, or is of another kiosk', async () => {
    const applicant = await arrives();
    const other = await center.kiosk('shop-2');
    const { body } = await other.call('POST', `${applicant.under}/challenges`, { municipality: M2 });
    expect(body).toEqual({ kind: 'refused', notice: 'AUTH-02' });
  });

  it('outside the hours, which are told; and when the hours end while it is signed', async () => {
    const applicant = await arrives();
    const application = await signed(applicant);
    // the clock of a test stands at 10:00
    center.advance(13 * HOUR_MS);
    const late = await arrives(applicant.card);
    expect(await signed(late)).toEqual({
      kind: 'refused',
      notice: 'APPL-02',
      until: '2026-11-21T06:30:00+09:00',
    });
    const places = (await kiosk.call('GET', `${late.under}/municipalities`)).body.municipalities as object[];
    expect(places[1]).toMatchObject({ closed: { notice: 'APPL-02' } });
    center.advance(-13 * HOUR_MS);
    expect((await kiosk.call('POST', `${applicant.under}/applications`, application)).body.kind).toBe(
      'received',
    );
  });

  it('after a stop in the middle: nothing is entered, and the audit says why', async () => {
    const applicant = await arrives();
    const application = await signed(applicant);
    const stop = {
      municipality: M2,
      kind: 'domicile-kiosk' as never,
      reason: 'wrong-certificate' as never,
      staffId: 'operator',
    };
    await stopIssuing(center.db, stop, center.deps.clock());
    const before = await countOf();
    const answer = (await kiosk.call('POST', `${applicant.under}/applications`, application)).body;
    await center.db
      .updateTable('service_stop')
      .set({ lifted_at: new Date(center.deps.clock()), lifted_by: 'operator' })
      .where('municipality', '=', M2)
      .execute();
    expect(answer).toEqual({ kind: 'refused', notice: 'APPL-02' });
    expect(await countOf()).toBe(before);
    expect((await auditOf(center.db)).at(-1)).toMatchObject({
      type: 'application-not-taken',
      fields: { municipality: M2, reason: 'stopped', notice: 'APPL-02' },
    });
  });
});

it('nobody decided it: sixty days after its day it is over, once, and the card can apply again', async () => {
  const applicant = await arrives();
  await applies(applicant);
  const now = center.deps.clock();
  const day = 24 * HOUR_MS;
  await expireApplications(center.db, now + 70 * day);
  expect((await ownOf(applicant))[0]!.state).toBe('received');
  await expireApplications(center.db, now + 71 * day);
  await expireApplications(center.db, now + 72 * day);
  expect((await ownOf(applicant))[0]!.state).toBe('expired');
  const { applicationNumber } = (await ownOf(applicant))[0]!;
  const ended = (await auditOf(center.db)).filter(
    ({ type, fields }) => type === 'application-expired' && fields.application === applicationNumber,
  );
  expect(ended).toHaveLength(1);
  expect((await applies(applicant)).kind).toBe('received');
});

describe('the stored evidence', () => {
  const verdictOf = async (number: string) => verifyStored(center.db, center.deps.anchors, number);

  it('is verified again long after, when certificates and answers are over', async () => {
    const applicant = await arrives();
    const { applicationNumber } = (await applies(applicant)).application as ApplicationStatus;
    const verdict = await verdictOf(applicationNumber);
    expect(verdict).toMatchObject({ kind: 'verified' });
    if (verdict.kind === 'verified') expect(verdict.steps).toHaveLength(9);
    center.authority.setStatus(applicant.card.signature!, {
      kind: 'revoked',
      reason: 'affiliationChanged',
      at: center.deps.clock(),
    });
    expect(await verdictOf(applicationNumber)).toMatchObject({ kind: 'verified' });
    expect(await verdictOf('0000-0000-0000')).toEqual({ kind: 'unknown' });
  });

  it.each([
    ['cms', 'bytes-as-received'],
    ['challenge', 'signed-content'],
    ['signature_ocsp', 'signature-certificate-good-then'],
    ['possession', 'possession'],
    ['authentication_certificate', 'signed-content'],
    ['authentication_ocsp', 'authentication-certificate-good-then'],
  ] as const)('with one changed bit of %s is broken, and says where', async (column, step) => {
    const applicant = await arrives();
    const { applicationNumber } = (await applies(applicant)).application as ApplicationStatus;
    await sql`
      update domicile_application set ${sql.ref(column)} = set_byte(${sql.ref(column)}, 200 % length(${sql.ref(column)}),
        get_byte(${sql.ref(column)}, 200 % length(${sql.ref(column)})) # 1)
      where number = ${applicationNumber}`.execute(center.db);
    const verdict = await verdictOf(applicationNumber);
    expect(verdict.kind).toBe('broken');
    if (verdict.kind === 'broken') expect(verdict.steps.at(-1)!.step).toBe(step);
  });

  it.each([
    ['serial', 'ab12'],
    ['birth_date', '1983-07-03'],
  ])('whose column %s says something else is broken', async (column, value) => {
    const applicant = await arrives();
    const { applicationNumber } = (await applies(applicant)).application as ApplicationStatus;
    await sql`update domicile_application set ${sql.ref(column)} = ${value} where number = ${applicationNumber}`.execute(
      center.db,
    );
    expect(await verdictOf(applicationNumber)).toMatchObject({ kind: 'broken' });
  });
});
