import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifest } from '#center/contract/kioskApi.ts';
import type { IssuedCard } from '#simulators/authority/issueCard.ts';
import { auditOf, copyOf, startHarness, visit, type Harness, type Kiosk } from './harness.ts';

let center: Harness;
let kiosk: Kiosk;
let taro: IssuedCard;
let sessionId: string;
beforeAll(async () => {
  center = await startHarness();
  kiosk = await center.kiosk('store-receipt');
  taro = await center.cardOf('taro');
  sessionId = (await visit(kiosk, taro)).session.sessionId;
});
afterAll(() => center.close());

const STORE = { name: 'みほん市役所前店', number: '00123', machineSerial: 'KX-7001' };
const SEAL = { ...copyOf(), kind: 'seal-registration-certificate', extent: 'self' };
const prepared = async (certificate: object, session = sessionId) => {
  const url = `/v1/sessions/${session}/certificates`;
  const { body } = await kiosk.call('POST', url, { requestId: randomUUID(), certificate });
  const { payload } = body.manifest as { payload: string };
  return manifest.parse(JSON.parse(payload)).issueNumber;
};
const settle = (issueNumber: string, how: 'confirmation' | 'void', body: object) =>
  kiosk.call('POST', `/v1/certificates/${issueNumber}/${how}`, body);
const receipt = (issueNumbers: readonly string[], at = kiosk, session = sessionId) =>
  at.call('POST', `/v1/sessions/${session}/receipt`, {
    certificates: issueNumbers.map((issueNumber) => ({ issueNumber })),
    store: STORE,
    inquiryNumber: 'K7Q2-9MXD',
    paidAt: '2026-11-20T01:02:00.000Z',
  });
function textOf(document: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'receipt-'));
  try {
    writeFileSync(join(folder, 'receipt.pdf'), Buffer.from(document, 'base64'));
    return execFileSync('pdftotext', ['-layout', join(folder, 'receipt.pdf'), '-'], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const NOT_POSSIBLE = { kind: 'refused', notice: 'CENT-02' };

describe('a receipt', () => {
  it('of two kinds and two copies: prices from the center’s records, and nothing about a person', async () => {
    const numbers = [await prepared(copyOf()), await prepared(copyOf()), await prepared(SEAL)];
    await settle(numbers[0]!, 'confirmation', { paid: 200, sheets: 1 });
    const { body } = await receipt(numbers);
    expect(body).toMatchObject({ kind: 'receipt', pages: 1 });
    const text = textOf(body.document as string);
    for (const words of [
      '領収書',
      '架空県みほん市',
      '住民票の写し',
      '印鑑登録証明書',
      '2部',
      '1部',
      '600円',
    ]) {
      expect(text).toContain(words);
    }
    for (const words of [STORE.name, STORE.number, STORE.machineSerial, 'K7Q2-9MXD', '令和8年11月20日']) {
      expect(text).toContain(words);
    }
    expect(text).toMatch(/10時02分/);
    expect(text).not.toMatch(/渡邉|太郎|見本台/);
    for (const number of numbers) expect(text).not.toContain(number);
    expect((await auditOf(center.db)).at(-1)).toEqual({
      type: 'receipt-made',
      fields: { kioskId: kiosk.id, sessionId, issueNumbers: numbers, total: 600 },
    });
  });

  it('is made again when it is asked for again', async () => {
    const number = await prepared(copyOf());
    const [first, second] = [await receipt([number]), await receipt([number])];
    expect(second.text).toBe(first.text);
    expect(first.body.kind).toBe('receipt');
  });

  it('still tells what was in a session that has ended', async () => {
    const { session } = await visit(kiosk, taro);
    const number = await prepared(copyOf(), session.sessionId);
    center.advance(16 * 60_000);
    expect((await receipt([number], kiosk, session.sessionId)).body.kind).toBe('receipt');
    center.advance(-16 * 60_000);
  });

  it('is refused for what was given back, for another visit’s and for another kiosk’s certificates', async () => {
    const number = await prepared(copyOf());
    const { session } = await visit(kiosk, taro);
    const other = await center.kiosk('store-receipt-2');
    expect((await receipt([number], kiosk, session.sessionId)).body).toEqual(NOT_POSSIBLE);
    expect((await receipt([number], other)).body).toEqual(NOT_POSSIBLE);
    expect((await receipt([number, number])).body).toEqual(NOT_POSSIBLE);
    expect((await receipt(['0000-0000-0000-0000'])).body).toEqual(NOT_POSSIBLE);
    await settle(number, 'void', { reason: 'print-failed', refunded: 200 });
    expect((await receipt([number])).body).toEqual(NOT_POSSIBLE);
  });

  it('names a store', async () => {
    const number = await prepared(copyOf());
    const answer = await kiosk.call('POST', `/v1/sessions/${sessionId}/receipt`, {
      certificates: [{ issueNumber: number }],
      store: { ...STORE, name: '' },
      inquiryNumber: 'K7Q2-9MXD',
      paidAt: '2026-11-20T01:02:00.000Z',
    });
    expect(answer.status).toBe(400);
  });
});
