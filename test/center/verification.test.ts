/** What anyone may ask: the state of a number, withdrawn ones among them, and what no answer tells. */
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateStatus, publishedKeys } from '#center/contract/verification.ts';
import { newIssueNumber } from '#center/issuing/issueNumber.ts';
import { openFronts } from '#center/verification/front/openFront.ts';
import { isSwapped } from '#center/verification/page/frontsAgree.ts';
import { codesInPicture, scanned } from '#center/verification/scan.fixture.ts';
import type { PublicDeps } from '#center/verification/publicApp.ts';
import { withdrawCertificate } from '#center/verification/withdraw.ts';
import { issueNumber, type IssueNumber } from '#templates/vocabulary.ts';
import { NOW, auditOf, copyOf, startHarness, visit, type Harness, type Kiosk } from './harness.ts';
import { publicAppOf } from './publicApp.ts';

let harness: Harness;
let kiosk: Kiosk;
let app: FastifyInstance;
const open = (change: Partial<PublicDeps> = {}) =>
  publicAppOf(harness, { lookUpsPerMinute: 10_000, ...change });
const RESIDENT = 'taro';

beforeAll(async () => {
  harness = await startHarness();
  kiosk = await harness.kiosk('store-001');
  app = await open();
});
afterAll(async () => {
  await app.close();
  await harness.close();
});

interface Handed {
  readonly number: IssueNumber;
  readonly pdf: Buffer;
  readonly pages: number;
}

/** Prepares a certificate and, unless told otherwise, has it printed. */
async function certificate(end?: 'printed' | 'void' | 'prepared'): Promise<IssueNumber> {
  return (await handed(end)).number;
}
async function handed(end: 'printed' | 'void' | 'prepared' = 'printed'): Promise<Handed> {
  const { session } = await visit(kiosk, await harness.cardOf(RESIDENT));
  const requestId = crypto.randomUUID();
  const { body } = await kiosk.call('POST', `/v1/sessions/${session.sessionId}/certificates`, {
    requestId,
    certificate: copyOf(),
  });
  const { payload } = body.manifest as { payload: string };
  const { issueNumber: text, pages } = JSON.parse(payload) as { issueNumber: string; pages: number };
  const number = issueNumber.parse(text);
  if (end === 'printed') {
    const sheets = Math.ceil(pages / 2);
    await kiosk.call('POST', `/v1/certificates/${number}/confirmation`, { paid: 300, sheets });
  }
  if (end === 'void') {
    await kiosk.call('POST', `/v1/certificates/${number}/void`, { reason: 'cancelled', refunded: 0 });
  }
  return { number, pdf: Buffer.from(body.document as string, 'base64'), pages };
}
const ask = (number: string, headers = {}): Promise<LightMyRequestResponse> =>
  app.inject({ url: `/v1/certificates/${encodeURIComponent(number)}`, headers });
const statusOf = async (number: string) => certificateStatus.parse((await ask(number)).json());

describe('the state of a number', () => {
  it('of a printed certificate: kind, date and municipality, and nothing else', async () => {
    const number = await certificate();
    expect((await ask(number)).json()).toEqual({
      status: 'issued',
      certificate: {
        kind: 'resident-record-copy',
        label: '住民票の写し',
        municipality: '992011',
        municipalityName: '架空県みほん市',
        issueDate: '2026-11-20',
      },
    });
  });

  it('however it is typed', async () => {
    const number = await certificate();
    const typed = [
      number.toLowerCase(),
      number.replaceAll('-', ''),
      number.replaceAll('-', ' '),
      number.replaceAll('0', 'O').replaceAll('1', 'l'),
      number.replace(/[0-9A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
    ];
    for (const text of typed) expect((await statusOf(text)).status, text).toBe('issued');
  });

  it('what is not a printed certificate has one answer, byte for byte', async () => {
    const numbers = [newIssueNumber(), await certificate('void'), await certificate('prepared')];
    const answers = await Promise.all(numbers.map((number) => ask(number)));
    const [first, ...others] = answers.map(({ statusCode, body, headers }) => {
      const { date: _date, 'x-ratelimit-remaining': _left, ...rest } = headers;
      return { statusCode, body, headers: rest };
    });
    expect(first).toMatchObject({ statusCode: 200, body: '{"status":"unknown","certificate":null}' });
    for (const other of others) expect(other).toEqual(first);
  });

  it.each(['', '1234', 'ABCD-EFGH-JKMN-PQR', 'ABCD-EFGH-JKMN-PQRU', '../../etc/passwd'])(
    '"%s" is not a number, and is told so in both languages',
    async (text) => {
      const answer = await ask(text);
      expect([400, 404]).toContain(answer.statusCode);
      expect(answer.json()).toMatchObject({ message: { ja: expect.any(String), en: expect.any(String) } });
    },
  );

  it('after the time for asking it is expired', async () => {
    const number = await certificate();
    await harness.db
      .updateTable('certificate')
      .set({ verifiable_until: '2026-11-19' })
      .where('issue_number', '=', number)
      .execute();
    expect((await statusOf(number)).status).toBe('expired');
  });
});

describe('the paper itself', () => {
  it('says on its back what stands on its front, signed with a published key, under the number of the manifest', async () => {
    const { number, pdf, pages } = await handed();
    const codes = (await Promise.all(scanned(pdf, 150, 'backs').map(codesInPicture))).flat();
    const { keys } = publishedKeys.parse((await app.inject('/keys.json')).json());
    const verdict = await openFronts(codes, keys);
    if (verdict.kind !== 'genuine') throw new Error(verdict.kind);
    const { document } = verdict;
    const { certificate: known } = await statusOf(document.issueNumber);
    expect(document).toMatchObject({
      issueNumber: number,
      kind: known?.kind,
      issueDate: known?.issueDate,
      municipality: known?.municipality,
    });
    expect(document.pages).toHaveLength(pages / 2);
    expect(
      isSwapped(
        [
          { codes: [], text: textOf(pdf, 1) },
          { codes, text: '' },
        ],
        document,
      ),
    ).toBe(false);
  }, 60_000);
});

/** The words of one page, as a reader copies them. */
function textOf(pdf: Buffer, page: number): string {
  const args = ['-raw', '-f', String(page), '-l', String(page), '-', '-'];
  return execFileSync('pdftotext', args, { input: pdf, encoding: 'utf8' });
}

describe('withdrawing', () => {
  const withdraw = (number: IssueNumber) => withdrawCertificate(harness.db, number, 'wrong-person', NOW);

  it('who asks hears "withdrawn"; the reason stays in record and audit', async () => {
    const number = await certificate();
    expect(await withdraw(number)).toEqual({ kind: 'withdrawn' });
    const answer = await ask(number);
    expect(answer.json()).toMatchObject({ status: 'withdrawn', certificate: { label: '住民票の写し' } });
    expect(answer.body).not.toContain('wrong-person');
    expect(await auditOf(harness.db)).toContainEqual({
      type: 'certificate-withdrawn',
      fields: { issueNumber: number, municipality: '992011', reason: 'wrong-person', staffId: 'operator' },
    });
  });

  it('a second time changes nothing', async () => {
    const number = await certificate();
    await withdraw(number);
    const events = (await auditOf(harness.db)).length;
    expect(await withdrawCertificate(harness.db, number, 'lost', NOW + 1)).toEqual({
      kind: 'withdrawn-before',
      at: new Date(NOW),
      reason: 'wrong-person',
    });
    expect((await auditOf(harness.db)).length).toBe(events);
  });

  it('what does not exist or is void cannot be withdrawn', async () => {
    for (const number of [newIssueNumber(), await certificate('void')]) {
      expect(await withdraw(number)).toEqual({ kind: 'nothing-to-withdraw' });
    }
  });

  it('before the kiosk’s word has come: never "issued", and "withdrawn" as soon as it is there', async () => {
    const number = await certificate('prepared');
    expect(await withdraw(number)).toEqual({ kind: 'withdrawn' });
    expect((await ask(number)).body).toBe((await ask(newIssueNumber())).body);
    const confirmed = await kiosk.call('POST', `/v1/certificates/${number}/confirmation`, {
      paid: 300,
      sheets: 1,
    });
    expect(confirmed.body).toEqual({ kind: 'settled', state: 'printed' });
    expect((await statusOf(number)).status).toBe('withdrawn');
  });

  it('before the kiosk’s word that it is void: void, and unknown to whoever asks', async () => {
    const number = await certificate('prepared');
    await withdraw(number);
    const voided = await kiosk.call('POST', `/v1/certificates/${number}/void`, {
      reason: 'cancelled',
      refunded: 0,
    });
    expect(voided.body).toEqual({ kind: 'settled', state: 'void' });
    expect((await ask(number)).body).toBe((await ask(newIssueNumber())).body);
  });

  it('outlasts the time for asking', async () => {
    const number = await certificate();
    await withdraw(number);
    await harness.db
      .updateTable('certificate')
      .set({ verifiable_until: '2026-11-19' })
      .where('issue_number', '=', number)
      .execute();
    expect((await statusOf(number)).status).toBe('withdrawn');
  });
});

describe('the public door', () => {
  it('publishes the keys of all municipalities, and nothing private', async () => {
    const answer = await app.inject('/keys.json');
    const { keys } = publishedKeys.parse(answer.json());
    expect(new Set(keys.map(({ municipality }) => municipality))).toEqual(
      new Set((await harness.deps.configuration.names()).map(({ municipality }) => municipality)),
    );
    expect(keys[0]!.municipalityName).toMatch(/^架空県/);
    expect(answer.body).not.toContain('"d"');
  });

  it("gives out the authority of the seal on a file, so that a reader's program can trust it", async () => {
    const answer = await app.inject('/ca.pem');
    expect(answer.headers['content-type']).toContain('application/x-pem-file');
    expect(answer.headers['content-disposition']).toContain('attachment');
    expect(answer.body).not.toContain('PRIVATE');
    const authority = new X509Certificate(answer.body);
    const seal = new X509Certificate(harness.keys.documentSealer.certificate);
    expect(seal.verify(authority.publicKey)).toBe(true);
    expect(seal.checkIssued(authority)).toBe(true);
  });

  it('one address may ask so often a minute, the next one as often again', async () => {
    const strict = await open({ lookUpsPerMinute: 3 });
    const call = (address: string) =>
      strict.inject({ url: `/v1/certificates/${newIssueNumber()}`, remoteAddress: address });
    for (let count = 0; count < 3; count += 1) expect((await call('192.0.2.1')).statusCode).toBe(200);
    const refused = await call('192.0.2.1');
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBeDefined();
    expect(refused.json()).toMatchObject({
      status: 'too-many',
      message: { ja: expect.stringContaining('1分') },
    });
    expect((await call('192.0.2.2')).statusCode).toBe(200);
    // a household's IPv6 network is one asker
    for (let count = 0; count < 3; count += 1) await call(`2001:db8:1:2::${count + 1}`);
    expect((await call('2001:db8:1:2:aaaa::1')).statusCode).toBe(429);
    expect((await call('2001:db8:1:3::1')).statusCode).toBe(200);
    await strict.close();
  });

  it('believes who asks only from a proxy nearby', async () => {
    const strict = await open({ lookUpsPerMinute: 1 });
    const call = (remoteAddress: string, forwarded: string) =>
      strict.inject({
        url: `/v1/certificates/${newIssueNumber()}`,
        remoteAddress,
        headers: { 'x-forwarded-for': forwarded },
      });
    expect((await call('127.0.0.1', '192.0.2.1')).statusCode).toBe(200);
    expect((await call('127.0.0.1', '192.0.2.2')).statusCode).toBe(200);
    expect((await call('198.51.100.1', '192.0.2.3')).statusCode).toBe(200);
    expect((await call('198.51.100.1', '192.0.2.4')).statusCode).toBe(429);
    await strict.close();
  });

  it('sets no cookie, allows no foreign source, keeps answers nowhere', async () => {
    const { headers } = await ask(await certificate());
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'/);
    expect(headers['content-security-policy']).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  it('gives outlines by block, and a municipality its own', async () => {
    const outline = { advance: 1000, path: 'M0 0L1 1Z' };
    const drawing = await open({
      glyphsOf: (block) => (block === 0x908 ? { '邉\u{E0117}': outline } : undefined),
      privateGlyphsOf: (municipality, block) =>
        Promise.resolve(municipality === '992020' && block === 0xe00 ? { '\u{E000}': outline } : undefined),
    });
    const answers = async (url: string) => (await drawing.inject(url)).statusCode;
    const block = await drawing.inject('/glyphs/908.json');
    expect(block.json()).toEqual({ outlines: { '邉\u{E0117}': outline } });
    expect(block.headers['cache-control']).toMatch(/^public/);
    expect(await answers('/glyphs/992020/e00.json')).toBe(200);
    for (const url of ['/glyphs/909.json', '/glyphs/992011/e00.json']) expect(await answers(url)).toBe(404);
    for (const url of ['/glyphs/XYZ.json', '/glyphs/999999/e00.json']) expect(await answers(url)).toBe(400);
    await drawing.close();
  });

  it('logs no number and no address', async () => {
    const number = await certificate();
    const before = harness.log().length;
    await app.inject({ url: `/v1/certificates/${number}`, remoteAddress: '192.0.2.77' });
    await app.inject({ url: `/v1/certificates/${number}x`, remoteAddress: '192.0.2.77' });
    const written = harness.log().slice(before);
    expect(written).toContain('/v1/certificates/:issueNumber');
    expect(written).not.toContain(number);
    expect(written).not.toContain('192.0.2.77');
  });

  it('counts answers without saying whose', async () => {
    const text = await harness.deps.metrics.registry.metrics();
    expect(text).toMatch(/center_look_ups_total\{answer="issued"\} [1-9]/);
    expect(text).toMatch(/center_look_ups_total\{answer="limited"\} [1-9]/);
  });
});
