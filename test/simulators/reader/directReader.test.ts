import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { civilDate } from '#templates/vocabulary.ts';
import { createAuthority } from '#simulators/authority/authority.ts';
import { issueCard } from '#simulators/authority/issueCard.ts';
import { writeCardFile, type CardData } from '#simulators/card/cardFile.ts';
import type { CardFault } from '#simulators/card/faults.ts';
import { insertCard } from '#simulators/card/insertCard.ts';
import type { ApduTrace, InsertedCard } from '#simulators/card/vpcdClient.ts';
import {
  CardGone,
  CardSilent,
  createDirectReader,
  type DirectReader,
  type ReaderStatus,
} from './directReader.ts';

const SELECT_JPKI = '00A4040C0AD392F000260100000001';
const COUNTER = '00200098';
const WRONG_PIN = '00200098 04 39393939';
const ANSWER_MS = 5000;

let dir: string;
let cardFile: string;
let issued: CardData;
let reader: DirectReader;
let cards: InsertedCard[];
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'direct-reader-'));
  cardFile = join(dir, 'card.json');
  const authority = await createAuthority(join(dir, 'authority'), { clock: () => Date.UTC(2026, 10, 21) });
  const birthDate = civilDate.parse('1980-01-01');
  const holder = { name: '見本　太郎', address: '東京都見本市中央１丁目', birthDate, sex: 'male' } as const;
  issued = (await issueCard(authority, { holder, municipalityCode: '992011' })).card;
});
afterAll(() => rmSync(dir, { recursive: true }));
beforeEach(async () => {
  cards = [];
  reader = await createDirectReader({ port: 0, presenceCheckMs: 20 });
});
afterEach(async () => {
  await reader.close();
  await Promise.all(cards.map((card) => card.remove()));
});

async function insert(
  faults: readonly CardFault[] = [],
  onApdu?: (trace: ApduTrace) => void,
): Promise<InsertedCard> {
  writeCardFile(cardFile, issued);
  const card = await insertCard({ cardFile, port: reader.port, faults, onApdu });
  cards.push(card);
  await status('present');
  return card;
}
function status(kind: ReaderStatus['kind']): Promise<ReaderStatus> {
  return new Promise((resolve) => {
    const stop = reader.onStatus((next) => {
      if (next.kind !== kind) return;
      resolve(next);
      queueMicrotask(() => stop());
    });
  });
}
const send = async (hex: string, timeoutMs = ANSWER_MS): Promise<string> =>
  (await reader.transmit(Buffer.from(hex.replaceAll(' ', ''), 'hex'), timeoutMs)).toString('hex');
const counters = (): CardData['counters'] =>
  (JSON.parse(readFileSync(cardFile, 'utf8')) as CardData).counters;

describe('the reader without PC/SC', () => {
  it('is empty, tells the ATR of a card that comes, and is empty again', async () => {
    await status('empty');
    const card = await insert();
    expect(await status('present')).toEqual({ kind: 'present', atr: Buffer.from(issued.atr, 'hex') });
    await card.remove();
    await status('empty');
    await expect(send(SELECT_JPKI)).rejects.toBeInstanceOf(CardGone);
  });

  it('transmits one command after the other, presence checks between them', async () => {
    await insert();
    expect(await send(SELECT_JPKI)).toBe('9000');
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(COUNTER)));
    expect(new Set(answers)).toEqual(new Set(['63c3']));
  });

  it('reset forgets the selection and the verification', async () => {
    await insert();
    await send(SELECT_JPKI);
    await send('00200098 04 31323334');
    await reader.reset();
    expect(await send('00A40000')).toBe('6a86');
    await send(SELECT_JPKI);
    expect(await send('802A0097 01 00 00')).toBe('6982');
  });

  it('a second card waits until the first has left', async () => {
    const first = await insert();
    const second = insertCard({ cardFile, port: reader.port });
    await send(SELECT_JPKI);
    expect(await send(COUNTER)).toBe('63c3');
    await first.remove();
    cards.push(await second);
    await status('present');
    expect(await send('00A40000')).toBe('6a86');
  });

  it('a card that finds the slot taken says so', async () => {
    await insert();
    await expect(insertCard({ cardFile, port: reader.port, acceptWithinMs: 50 })).rejects.toThrow(
      'another card',
    );
  });

  it('nothing on the port is said so', async () => {
    const { port } = reader;
    await reader.close();
    await expect(insertCard({ cardFile, port })).rejects.toThrow(
      `nothing listens on the virtual reader's port ${port}`,
    );
  });

  it('frames that come in pieces are put together', async () => {
    const socket = await new Promise<Socket>((resolve) => {
      const opened = connect(reader.port, '127.0.0.1', () => resolve(opened));
    });
    socket.setNoDelay(true);
    const seen: string[] = [];
    socket.on('data', (chunk: Buffer) => {
      seen.push(chunk.toString('hex'));
      if (chunk.toString('hex').endsWith('000104')) {
        socket.write(Buffer.of(0));
        setImmediate(() => socket.write(Buffer.from('053b80800101', 'hex')));
      }
    });
    const present = await status('present');
    expect(present).toEqual({ kind: 'present', atr: Buffer.from('3b80800101', 'hex') });
    expect(seen.join('')).toMatch(/^000101000104/);
    socket.destroy();
    await status('empty');
  });
});

describe('card mishaps', () => {
  it('card-pulled-while-verifying: the try is spent, the answer lost', async () => {
    await insert([{ kind: 'pull', when: { kind: 'instruction', instruction: 0x20, occurrence: 2 } }]);
    await send(SELECT_JPKI);
    expect(await send(COUNTER)).toBe('63c3');
    await expect(send(WRONG_PIN)).rejects.toBeInstanceOf(CardGone);
    expect(counters()).toEqual({ 'jpki-0018': 2 });
    await status('empty');
  });

  it('card-pulled-before-verifying: the try is not spent', async () => {
    await insert([{ kind: 'pull', moment: 'before', when: { kind: 'nth', nth: 2 } }]);
    await send(SELECT_JPKI);
    await expect(send(WRONG_PIN)).rejects.toBeInstanceOf(CardGone);
    expect(counters()).toEqual({});
  });

  it('card-silent: the command times out and the card is dropped', async () => {
    await insert([{ kind: 'silent', when: { kind: 'nth', nth: 2 } }]);
    await send(SELECT_JPKI);
    await expect(send(COUNTER, 30)).rejects.toBeInstanceOf(CardSilent);
    await status('empty');
  });

  it('card-slow: the answer comes late and whole', async () => {
    await insert([{ kind: 'delay', when: { kind: 'instruction', instruction: 0xa4 }, ms: 30 }]);
    expect(await send(SELECT_JPKI)).toBe('9000');
  });

  it('answer-truncated, answer-replaced', async () => {
    const card = await insert([{ kind: 'truncate', when: { kind: 'nth', nth: 1 }, bytes: 1 }]);
    expect(await send(SELECT_JPKI)).toBe('90');
    for (const hex of ['6f00', '6110', '6c20']) {
      card.setFaults([{ kind: 'replace', when: { kind: 'every' }, bytes: Buffer.from(hex, 'hex') }]);
      expect(await send(SELECT_JPKI)).toBe(hex);
    }
    card.setFaults([]);
    expect(await send(SELECT_JPKI)).toBe('9000');
  });

  it('answer-empty: taken for removal', async () => {
    await insert([{ kind: 'empty', when: { kind: 'nth', nth: 1 } }]);
    await expect(send(SELECT_JPKI)).rejects.toBeInstanceOf(CardGone);
    await status('empty');
  });

  it('what is told of a command is INS P1 P2 Lc SW, never its body', async () => {
    const seen: ApduTrace[] = [];
    await insert([], (trace) => seen.push(trace));
    await send(SELECT_JPKI);
    await send('00200098 04 31323334');
    expect(seen).toEqual([
      { ins: 'a4', p1: '04', p2: '0c', lc: 10, sw: '9000' },
      { ins: '20', p1: '00', p2: '98', lc: 4, sw: '9000' },
    ]);
    expect(JSON.stringify(seen)).not.toMatch(/31323334|1234/);
  });
});
