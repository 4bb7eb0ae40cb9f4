/** The card's protocol over the virtual card core: every fault of card.md 6.2, named by mishap. */
import { createHash, X509Certificate, publicDecrypt, constants } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { CardTransportError } from '#agent/card/cardReaderPort.ts';
import { readHolder, signChallenge, verifyPin } from '#agent/card/jpkiCard.ts';
import type { CardData } from '#simulators/card/cardFile.ts';
import { cardBench, type CardBench, type Disturb } from './fixtures/cardBench.ts';
import { demoCard, DEMO_PIN } from './fixtures/demoCard.ts';

const hex = (text: string) => Buffer.from(text.replace(/ /g, ''), 'hex');
/** As after readHolder, for the tests that begin later. */
const connectionTo = (data: CardData, disturb?: Disturb) =>
  cardBench(data, disturb, [hex('00A4040C0AD392F000260100000001')]);
const instruction = (command: Buffer) => command[1];
const verifies = (bench: CardBench) =>
  bench.sent.filter((command) => command[1] === 0x20 && command.length > 4);
const pin = (digits = DEMO_PIN) => Buffer.from(digits, 'latin1');
const triesLeft = (data: CardData) => data.counters['jpki-0018'] ?? 3;
const replying = (ins: number, status: string) => (command: Buffer, answer: Buffer) =>
  instruction(command) === ins ? hex(status) : answer;

let card: CardData;
beforeAll(async () => {
  card = await demoCard();
});
const derOf = (data: CardData) => Buffer.from(data.authentication.certificate, 'base64');

describe('a visit with the right PIN', () => {
  it('reads the holder, verifies, signs; the signature is over the message', async () => {
    const bench = connectionTo(card);
    const message = Buffer.from('challenge message');
    const holder = await readHolder(bench);
    expect(holder).toEqual({ kind: 'holder', certificate: derOf(card), triesLeft: 3 });
    expect(await verifyPin(bench, pin())).toEqual({ kind: 'verified' });
    const signed = await signChallenge(bench, message);
    if (signed.kind !== 'signed') throw new Error(signed.kind);
    const key = new X509Certificate(derOf(card)).publicKey;
    const digestInfo = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signed.signature);
    const digest = createHash('sha256').update(message).digest();
    expect(digestInfo).toEqual(Buffer.concat([hex('3031300d060960864801650304020105000420'), digest]));
  });

  it('sends the bytes of F1 and nothing else', async () => {
    const bench = connectionTo(card);
    await readHolder(bench);
    await verifyPin(bench, pin());
    await signChallenge(bench, Buffer.alloc(0));
    const total = derOf(card).length;
    const reads = Array.from({ length: Math.ceil(total / 256) }, (_, index) => {
      const le = Math.min(256, total - index * 256) & 0xff;
      return Buffer.of(0x00, 0xb0, index, 0x00, le).toString('hex');
    });
    const digest = createHash('sha256').update('').digest('hex');
    expect(bench.sent.map((command) => command.toString('hex'))).toEqual([
      '00a4040c0ad392f000260100000001',
      '00a4020c020006',
      '00b0000020',
      '00a4020c02000a',
      '00b0000004',
      ...reads,
      '00a4020c020018',
      '00200080',
      '00a4020c020018',
      '002000800431323334',
      '00a4020c020017',
      `802a0080333031300d060960864801650304020105000420${digest}00`,
    ]);
  });

  it('trims the filler behind the certificate', async () => {
    const bench = connectionTo({ ...card, certificateFiller: 300 });
    expect(await readHolder(bench)).toMatchObject({ certificate: derOf(card) });
  });
});

describe('cards that cannot be used', () => {
  it.each([
    ['foreign-card', { kind: 'foreign' }, 'CARD-02'],
    ['juki-card', { kind: 'juki' }, 'CARD-06'],
    ['android-phone', { kind: 'android' }, 'CARD-07'],
    ['iphone', { kind: 'iphone' }, 'CARD-07'],
    ['blocked-at-the-start', { counters: { 'jpki-0018': 0 } }, 'CARD-04'],
  ] as const)('%s', async (_mishap, change, notice) => {
    const bench = connectionTo({ ...card, ...change });
    expect(await readHolder(bench)).toEqual({ kind: 'refused', notice });
    expect(verifies(bench)).toEqual([]);
  });

  it('unknown-label: another application that answers to the same name', async () => {
    const label = Buffer.concat([Buffer.from('JPKIAPICCTOKEN3'.padEnd(32)), hex('9000')]);
    const bench = connectionTo(card, (_command, answer, nth) => (nth === 2 ? label : answer));
    expect(await readHolder(bench)).toEqual({ kind: 'refused', notice: 'CARD-02' });
  });

  it.each([
    ['length-in-one-byte', '30 81 80 00 9000'],
    ['length-in-three-bytes', '30 83 01 00 9000'],
    ['not-a-sequence', 'FF FF FF FF 9000'],
    ['absurd-length', '30 82 FF FF 9000'],
    ['empty-file', '6B00'],
    ['file-that-is-a-key', '6981'],
  ])('certificate-file: %s', async (_mishap, reply) => {
    const bench = connectionTo(card, (_command, answer, nth) => (nth === 4 ? hex(reply) : answer));
    expect(await readHolder(bench)).toEqual({ kind: 'refused', notice: 'CARD-09' });
    expect(bench.sent).toHaveLength(5);
  });
  it('certificate-file-missing', async () => {
    const bench = connectionTo(card, (_command, answer, nth) => (nth === 3 ? hex('6A82') : answer));
    expect(await readHolder(bench)).toEqual({ kind: 'refused', notice: 'CARD-09' });
  });
});

describe('the retry counter', () => {
  const atCounter = (status: string) => (command: Buffer, answer: Buffer) =>
    instruction(command) === 0x20 && command.length === 4 ? hex(status) : answer;
  it.each([
    ['63C1', { kind: 'holder', triesLeft: 1 }],
    ['9000', { kind: 'holder', triesLeft: null }],
    ['63C0', { kind: 'refused', notice: 'CARD-04' }],
    ['6983', { kind: 'refused', notice: 'CARD-04' }],
    ['6984', { kind: 'refused', notice: 'CARD-04' }],
    // digits at the end of other status words are no tries
    ['6982', { kind: 'refused', notice: 'CARD-01' }],
    ['69C3', { kind: 'refused', notice: 'CARD-01' }],
    ['6C03', { kind: 'refused', notice: 'CARD-01' }],
  ])('%s', async (status, expected) => {
    const bench = connectionTo(card, atCounter(status));
    expect(await readHolder(bench)).toMatchObject(expected);
  });
});

describe('the PIN', () => {
  it('wrong-pin to blocked: the tries go down and the card is blocked for good', async () => {
    const bench = connectionTo(card);
    await readHolder(bench);
    expect(await verifyPin(bench, pin('0000'))).toEqual({ kind: 'wrong', triesLeft: 2 });
    expect(await verifyPin(bench, pin('0000'))).toEqual({ kind: 'wrong', triesLeft: 1 });
    expect(await verifyPin(bench, pin('0000'))).toEqual({ kind: 'blocked' });
    expect(await verifyPin(bench, pin())).toEqual({ kind: 'blocked' });
    expect(triesLeft(bench.stored())).toBe(0);
    expect(await readHolder(connectionTo(bench.stored()))).toEqual({ kind: 'refused', notice: 'CARD-04' });
  });

  it.each([
    ['6983', { kind: 'blocked' }],
    ['6984', { kind: 'blocked' }],
    ['63C0', { kind: 'blocked' }],
    ['63C2', { kind: 'wrong', triesLeft: 2 }],
    ['6300', { kind: 'wrong', triesLeft: null }],
    ['6982', { kind: 'lost', notice: 'CARD-01' }],
    ['6F00', { kind: 'lost', notice: 'CARD-01' }],
    ['6104', { kind: 'lost', notice: 'CARD-01' }],
    ['6C04', { kind: 'lost', notice: 'CARD-01' }],
    ['90', { kind: 'lost', notice: 'CARD-01' }],
    ['', { kind: 'lost', notice: 'CARD-01' }],
    ['AA9000', { kind: 'lost', notice: 'CARD-01' }],
  ])('answer %s to VERIFY: one VERIFY, no more', async (status, expected) => {
    const bench = connectionTo(card, replying(0x20, status));
    expect(await verifyPin(bench, pin())).toEqual(expected);
    expect(verifies(bench)).toHaveLength(1);
  });

  it.each(['removed', 'reader', 'timeout', 'protocol', 'busy'] as const)(
    'card-lost-during-verify (%s): the try may be spent, it is not repeated',
    async (reason) => {
      const lost = new CardTransportError(reason, 'lost');
      const bench = connectionTo(card, (command, answer) => (instruction(command) === 0x20 ? lost : answer));
      expect(await verifyPin(bench, pin('0000'))).toMatchObject({ kind: 'lost' });
      expect(verifies(bench)).toHaveLength(1);
      expect(triesLeft(bench.stored())).toBe(2);
    },
  );

  it('is zeroed after use, whatever came of it', async () => {
    const entered = pin();
    await verifyPin(connectionTo(card), entered);
    expect(entered).toEqual(Buffer.alloc(4));
    const wrongLength = pin('12345');
    await expect(verifyPin(connectionTo(card), wrongLength)).rejects.toThrow(RangeError);
    expect(wrongLength).toEqual(Buffer.alloc(5));
  });

  it('is in no error', async () => {
    const error = await verifyPin(connectionTo(card), pin('98765')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RangeError);
    expect(`${(error as Error).message}${(error as Error).stack}`).not.toMatch(/9876|39383736/);
  });

  it('no sequence of inputs makes two VERIFYs of one entry, or one of a wrong length', async () => {
    const anyReply = fc.oneof(
      fc.constant(null),
      fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom('9000', '63C0', '63C2', '6300', '6982', '6983', '6984', '6F00', '6110', '6C04')
        .map(hex),
      fc
        .constantFrom('removed', 'timeout', 'protocol', 'reader', 'busy')
        .map((reason) => new CardTransportError(reason, 'lost')),
    );
    const entry = fc.record({
      digits: fc.oneof(
        fc.stringMatching(/^\d{4}$/),
        fc.string({ maxLength: 8 }),
        fc.constantFrom('', '1', '123', '12345', '１２３４', '12 4', '\0\0\0\0'),
      ),
      replies: fc.array(anyReply, { maxLength: 4 }),
    });
    let sentAtAll = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 6 }), async (entries) => {
        for (const { digits, replies } of entries) {
          const bench = connectionTo(card, (_command, answer, nth) => replies[nth] ?? answer);
          await verifyPin(bench, Buffer.from(digits, 'utf8')).catch((error: unknown) => {
            expect(error).toBeInstanceOf(RangeError);
            expect(bench.sent).toEqual([]);
          });
          expect(verifies(bench).length).toBeLessThanOrEqual(1);
          for (const command of verifies(bench)) {
            expect(command.toString('latin1')).toMatch(/^\x00\x20\x00\x80\x04\d{4}$/);
          }
          sentAtAll += verifies(bench).length;
        }
      }),
      { numRuns: 300, seed: 20261120 },
    );
    expect(sentAtAll).toBeGreaterThan(100);
  });
});

describe('answers that a robust agent follows once', () => {
  it('61xx: one GET RESPONSE', async () => {
    let rest: Buffer = Buffer.alloc(0);
    const bench = connectionTo(card, (command, answer, nth) => {
      if (nth === 2) {
        rest = answer;
        return hex('6120');
      }
      return command[1] === 0xc0 ? rest : answer;
    });
    expect(await readHolder(bench)).toMatchObject({ kind: 'holder' });
    expect(bench.sent[3]).toEqual(hex('00C0000020'));
  });
  it('6Cxx: the same command once more with the right Le', async () => {
    const bench = connectionTo(card, (_command, answer, nth) => (nth === 2 ? hex('6C20') : answer));
    expect(await readHolder(bench)).toMatchObject({ kind: 'holder' });
    expect(bench.sent[3]).toEqual(hex('00B0000020'));
  });
  it.each(['6110', '6C10'])('%s for ever: refused, no loop', async (status) => {
    const bench = connectionTo(card, () => hex(status));
    expect(await readHolder(bench)).toEqual({ kind: 'refused', notice: 'CARD-01' });
    expect(bench.sent).toHaveLength(2);
  });
});

describe('faults in the middle', () => {
  it.each([
    ['removed', 'CARD-05'],
    ['reader', 'CARD-10'],
    ['timeout', 'CARD-01'],
  ] as const)('%s during any command of the reading', async (reason, notice) => {
    const whole = connectionTo(card);
    await readHolder(whole);
    for (let at = 0; at < whole.sent.length; at += 1) {
      const bench = connectionTo(card, (_command, answer, nth) =>
        nth === at ? new CardTransportError(reason, 'lost') : answer,
      );
      expect(await readHolder(bench)).toEqual({ kind: 'refused', notice });
      expect(bench.sent).toHaveLength(at + 1);
    }
  });

  it.each(['6F00', '9000', '90', ''])('answer %s during any command: refused, no loop', async (status) => {
    const whole = connectionTo(card);
    await readHolder(whole);
    for (let at = 0; at < whole.sent.length; at += 1) {
      const bench = connectionTo(card, (_command, answer, nth) => (nth === at ? hex(status) : answer));
      const outcome = await readHolder(bench);
      const harmless = status === '9000' && [0x20, 0xa4].includes(whole.sent[at]?.[1] ?? 0);
      expect(outcome.kind).toBe(harmless ? 'holder' : 'refused');
      expect(bench.sent.length).toBeLessThanOrEqual(whole.sent.length);
    }
  });

  it('signature-without-pin: the card refuses, nothing is signed', async () => {
    const bench = connectionTo(card);
    await readHolder(bench);
    expect(await signChallenge(bench, Buffer.from('x'))).toEqual({ kind: 'lost', notice: 'CARD-01' });
  });

  it('card-reinserted-between-pin-and-signature: the PIN state is gone', async () => {
    const bench = connectionTo(card);
    await readHolder(bench);
    await verifyPin(bench, pin());
    bench.reset();
    expect(await signChallenge(bench, Buffer.from('x'))).toMatchObject({ kind: 'lost' });
  });

  it('card-pulled-while-signing', async () => {
    const bench = connectionTo(card, (command, answer) =>
      instruction(command) === 0x2a ? new CardTransportError('removed', 'lost') : answer,
    );
    await readHolder(bench);
    await verifyPin(bench, pin());
    expect(await signChallenge(bench, Buffer.from('x'))).toEqual({ kind: 'lost', notice: 'CARD-05' });
  });

  it('signature-of-another-length: handed on, the center judges it', async () => {
    const bench = connectionTo(card, replying(0x2a, `${'AB'.repeat(96)}9000`));
    expect(await signChallenge(bench, Buffer.from('x'))).toEqual({
      kind: 'signed',
      signature: Buffer.alloc(96, 0xab),
    });
  });
});
