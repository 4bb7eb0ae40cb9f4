/** Reports and 開示 over real certificates: what was made, and for whom, told to the own municipality only. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditOf, copyOf, visit } from '../harness.ts';
import { ELSEWHERE, HOME, startConsole, type ConsoleHarness, type SignedIn } from './consoleHarness.ts';

let stand: ConsoleHarness;
let viewer: SignedIn;
let officer: SignedIn;
let issueNumber: string;
beforeAll(async () => {
  stand = await startConsole();
  viewer = await stand.staff(['viewer']);
  officer = await stand.staff(['family-register-officer']);
  const kiosk = await stand.center.kiosk('store-report');
  const card = await stand.center.cardOf('taro');
  const { session } = await visit(kiosk, card);
  const url = `/v1/sessions/${session.sessionId}`;
  await kiosk.call('GET', `${url}/offer?municipality=${HOME}`);
  const prepare = (certificate: object) =>
    kiosk.call('POST', `${url}/certificates`, { requestId: randomUUID(), certificate });
  const { body } = await prepare(copyOf());
  const manifest = body['manifest'] as { payload: string };
  const made = JSON.parse(manifest.payload) as { issueNumber: string; fee: number; sheets: number };
  issueNumber = made.issueNumber;
  await kiosk.call('POST', `/v1/certificates/${issueNumber}/confirmation`, {
    paid: made.fee,
    sheets: made.sheets,
  });
  await prepare({ ...copyOf(), kind: 'no-such-kind' });
});
afterAll(() => stand.close());

describe('the report of a day', () => {
  it('counts what was made, paid and printed here, and what was refused by its notice', async () => {
    const { status, body } = await stand.call(viewer, 'GET', '/api/reports?period=2026-11-20');
    expect(status).toBe(200);
    expect(body).toMatchObject({ total: { made: 1, paid: 1, printed: 1, void: 0, open: 0 } });
    expect((body['byHour'] as { hour: number; made: number }[]).filter(({ made }) => made > 0)).toEqual([
      expect.objectContaining({ hour: 10, made: 1 }),
    ]);
    expect(body['settlements']).toEqual([{ chain: '', printed: 1, fees: 200, commission: 117, payable: 83 }]);
    const refusals = body['refusals'] as { notice: string; count: number }[];
    expect(refusals.find(({ notice }) => notice === 'SERV-04')!.count).toBeGreaterThan(0);
    const month = await stand.call(viewer, 'GET', '/api/reports?period=2026-11');
    expect((month.body['byDay'] as object[]).length).toBe(30);
  });

  it('is nothing to another municipality, and a period that is none is named', async () => {
    const stranger = await stand.staff(['viewer'], ELSEWHERE);
    const { body } = await stand.call(stranger, 'GET', '/api/reports?period=2026-11-20');
    expect(body).toMatchObject({ total: { made: 0 }, settlements: [], refusals: [] });
    const wrong = await stand.call(viewer, 'GET', '/api/reports?period=2026-13');
    expect([wrong.status, (wrong.body['faults'] as { path: string }[])[0]!.path]).toEqual([422, 'period']);
  });

  it('is a CSV with a BOM and a PDF that can be read', async () => {
    const csv = await stand.call(viewer, 'GET', '/api/reports/file?period=2026-11-20&format=csv');
    expect(csv.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const pdf = await stand.call(viewer, 'GET', '/api/reports/file?period=2026-11&format=pdf');
    const file = join(mkdtempSync(join(tmpdir(), 'report-')), 'report.pdf');
    writeFileSync(file, pdf.bytes);
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    for (const words of ['みほん市', '令和8年11月', '手数料の精算', '市区町村に入る額（円）'])
      expect(text).toContain(words);
  });
});

describe('開示', () => {
  const ask = (who: SignedIn, url: string, body: object) => stand.call(who, 'POST', url, body);
  const person = async (who: SignedIn, name: string, birthDate: string) =>
    ask(who, '/api/disclosure/people', { requestNumber: 'R8-12', name, birthDate });

  it('finds a resident by name and birth date, and lists what showed the person, whoever asked for it', async () => {
    const rows = await stand.center.db
      .selectFrom('resident')
      .select('entry')
      .where('id', 'in', ['taro', 'sakura'])
      .orderBy('id')
      .execute();
    const [sakura, taro] = rows.map(({ entry }) => entry);
    const found = await person(officer, taro!.name.slice(0, 2), taro!.birthDate);
    const people = found.body['people'] as { residentId: string }[];
    expect(people.map(({ residentId }) => residentId)).toContain('taro');
    const request = (residentId: string) => ({ requestNumber: 'R8-12', residentId });
    const own = await ask(officer, '/api/disclosure/certificates', request('taro'));
    expect(own.body['certificates']).toEqual([
      expect.objectContaining({ issueNumber, state: 'printed', by: 'self', kioskId: 'store-report' }),
    ]);
    const other = await ask(officer, '/api/disclosure/certificates', request(sakura!.residentId));
    expect(other.body['certificates']).toEqual([expect.objectContaining({ issueNumber, by: 'other' })]);
    const file = await ask(officer, '/api/disclosure/file', { ...request('taro'), format: 'csv' });
    expect(file.text).toContain(issueNumber);
  });

  it('is in the audit by opaque id, each time, and never by name', async () => {
    const events = (await auditOf(stand.center.db)).filter(({ type }) => /disclosure|searched/.test(type));
    expect(events.map(({ type }) => type)).toEqual([
      'resident-searched',
      'disclosure-made',
      'disclosure-made',
      'disclosure-made',
    ]);
    expect(events[1]!.fields).toMatchObject({
      residentId: 'taro',
      requestNumber: 'R8-12',
      staffId: officer.staffId,
    });
    expect(JSON.stringify(events)).not.toMatch(/[一-龠]/);
  });

  it('knows nobody of another municipality, whatever is asked', async () => {
    const stranger = await stand.staff(['approver'], ELSEWHERE);
    const taro = await stand.center.db
      .selectFrom('resident')
      .select('entry')
      .where('id', '=', 'taro')
      .executeTakeFirstOrThrow();
    expect((await person(stranger, taro.entry.name, taro.entry.birthDate)).body).toEqual({ people: [] });
    const answers = await Promise.all(
      ['taro', 'nobody'].map((residentId) =>
        ask(stranger, '/api/disclosure/certificates', { requestNumber: 'R1', residentId }),
      ),
    );
    expect(answers[0]!.text).toBe(answers[1]!.text);
    expect(answers[0]!.status).toBe(404);
  });
});
