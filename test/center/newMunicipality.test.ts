/** A municipality joins, with a kind and a form of its own: files, and not a line of code. */
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifest, offerResponse } from '#center/contract/kioskApi.ts';
import { templatesDirectory } from '#templates/load.ts';
import { shippedKindIds } from '#templates/vocabulary.ts';
import { demoRegisters } from '#simulators/municipality/residents.ts';
import { enterParts } from './feeding.ts';
import { TODAY, startHarness, visit, type Harness, type Kiosk } from './harness.ts';

type Json = Record<string, unknown>;
const CODE = '993026';
const KIND = 'proof-of-address';
const LAYOUT = 'proof-of-address.sakuragi';

let folder: string;
let center: Harness;
let kiosk: Kiosk;
let sessionId: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'new-municipality-'));
  for (const part of ['kinds', 'layouts', 'profiles']) {
    cpSync(join(templatesDirectory, part), join(folder, part), { recursive: true });
  }
  writeTemplates();
  center = await startHarness(folder);
  kiosk = await center.kiosk('store-new-town');
  await feedNewTown();
  ({ sessionId } = (await visit(kiosk, await center.cardOf('new-resident'))).session);
});
afterAll(async () => {
  await center.close();
  rmSync(folder, { recursive: true });
});

const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json;
const write = (file: string, json: Json) => writeFileSync(join(folder, file), JSON.stringify(json, null, 2));

/** 住所証明書: who lives where, and nothing else; one person, in this town's own words. */
function writeTemplates(): void {
  const copy = read('kinds/resident-record-copy.json');
  const options = copy.options as { reveals: string[] }[];
  write(`kinds/${KIND}.json`, {
    ...copy,
    id: KIND,
    label: '住所証明書',
    printedTitle: '住　所　証　明　書',
    holder: 'self',
    extents: [{ id: 'self', label: '本人', explanation: 'あなたの住所を証明します。' }],
    options: options.slice(0, 1),
  });
  write(`layouts/${LAYOUT}.json`, { ...read('layouts/resident-record-copy.household.json'), id: LAYOUT });
  const profile = read('profiles/992011.json');
  const [entry] = profile.kinds as Json[];
  write(`profiles/${CODE}.json`, {
    ...profile,
    municipality: CODE,
    name: 'あたらし町',
    kinds: [
      {
        ...entry,
        kind: KIND,
        layout: LAYOUT,
        options: ['relationship'],
        fees: [{ from: '2022-04-01', fee: 50 }],
        statements: { self: 'この者が上記の住所に住んでいることを証明する。' },
      },
    ],
  });
}

function feedNewTown() {
  const resident = demoRegisters(TODAY).residents.find((row) => row.residentId === 'one-person-household')!;
  const home = {
    householdId: 'new-home',
    municipality: CODE,
    address: '架空県あたらし町一丁目1番1号',
    householderName: resident.name,
  };
  return enterParts(
    { db: center.db, canDraw: center.canDraw, now: center.deps.clock() },
    {
      households: [home as never],
      residents: [{ ...resident, residentId: 'new-resident', householdId: 'new-home' }],
    },
  );
}

describe('a new municipality with a kind and a form of its own', () => {
  it('offers its kind after those shipped, and no other', async () => {
    const url = `/v1/sessions/${sessionId}/offer?municipality=${CODE}`;
    const offer = offerResponse.parse((await kiosk.call('GET', url)).body);
    if (offer.kind !== 'offer') throw new Error(offer.notice);
    expect(offer.kinds.map(({ kind }) => kind)).toEqual([...shippedKindIds, KIND]);
    const own = offer.kinds.at(-1)!;
    expect(own).toMatchObject({ status: 'offered', label: '住所証明書', fee: 50 });
    const others = offer.kinds.slice(0, -1);
    expect(others.every((entry) => entry.status === 'withheld' && entry.notice === 'SERV-04')).toBe(true);
  });

  it('issues it, and can be asked for a receipt', async () => {
    const certificate = { municipality: CODE, kind: KIND, extent: 'self', members: [], include: [] };
    const { body } = await kiosk.call('POST', `/v1/sessions/${sessionId}/certificates`, {
      requestId: randomUUID(),
      certificate,
    });
    expect(body).toMatchObject({ kind: 'prepared' });
    const { payload } = body.manifest as { payload: string };
    const content = manifest.parse(JSON.parse(payload));
    expect(content).toMatchObject({ municipality: CODE, kind: KIND, fee: 50, sheets: 1 });
    const receipt = await kiosk.call('POST', `/v1/sessions/${sessionId}/receipt`, {
      certificates: [{ issueNumber: content.issueNumber }],
      store: { name: 'あたらし町店', number: '1', machineSerial: 'KX-1' },
      inquiryNumber: 'K7Q2-9MXD',
      paidAt: '2026-11-20T01:02:00.000Z',
    });
    expect(receipt.body).toMatchObject({ kind: 'receipt', pages: 1 });
  });

  it('is told to nobody of another municipality', async () => {
    const { session } = await visit(kiosk, await center.cardOf('taro'));
    const url = `/v1/sessions/${session.sessionId}/offer?municipality=992011`;
    const { kinds } = (await kiosk.call('GET', url)).body as { kinds: { kind: string; notice?: string }[] };
    expect(kinds.find(({ kind }) => kind === KIND)?.notice).toBe('SERV-04');
  });
});
