/** The 署名用 half of the card and the 券面事項入力補助AP over the virtual card core, by mishap (card.md 2.2, 2.6, 2.9). */
import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { CardTransportError, type CardConnection } from '#agent/card/cardReaderPort.ts';
import { readHolder } from '#agent/card/jpkiCard.ts';
import { openSignature, readCounters, signContent } from '#agent/card/signatureCard.ts';
import { readText } from '#agent/card/textCard.ts';
import type { CardData } from '#simulators/card/cardFile.ts';
import { applied, ascii, CONTENT } from './fixtures/applied.ts';
import { cardBench, type CardBench, type Disturb } from './fixtures/cardBench.ts';
import { demoCard, DEMO_PIN } from './fixtures/demoCard.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const PULLED = new CardTransportError('removed', 'pulled');
/** CLA INS P1 P2 Lc */
const HEADER_BYTES = 5;
const SIGNATURE_REFERENCE = 'jpki-001b';
const secretsIn = ({ sent }: CardBench) =>
  sent.filter((command) => command[1] === 0x20 && command.length > 4);

let card: CardData;
beforeAll(async () => {
  card = await demoCard();
});
const passwordOf = (): Buffer => ascii(card.pins.signature);
const certificateOf = (data: CardData) => Buffer.from(data.signature!.certificate, 'base64');

describe('an application at the card', () => {
  it('never touches the file of the 個人番号', async () => {
    const bench = cardBench(card);
    expect((await applied(bench, card)).step).toBe('done');
    let application = '';
    for (const command of bench.sent) {
      if (command.subarray(0, 3).equals(hex('00a404'))) application = command.toString('hex', 5, 15);
      const isSelect = command.subarray(0, 3).equals(hex('00a402'));
      if (application === 'd3921000310001010408' && isSelect)
        expect(command.subarray(5, 7).toString('hex')).not.toBe('0001');
      // READ BINARY with a short file id in P1 would be another way to it
      if (command[1] === 0xb0) expect(command[2]! & 0x80).toBe(0);
    }
  });

  it('asks no secret that it was not given, and each once', async () => {
    const bench = cardBench(card);
    await applied(bench, card);
    expect(secretsIn(bench).map((command) => command.subarray(5).toString('latin1'))).toEqual([
      card.pins.text,
      card.pins.signature,
      DEMO_PIN,
    ]);
  });
});

describe('the password', () => {
  it('wrong is told with what is left, down to locked; the right one before that gives all tries back', async () => {
    const bench = cardBench(card);
    for (const triesLeft of [4, 3, 2, 1])
      expect(await openSignature(bench, ascii('WRONG123'))).toEqual({ kind: 'wrong', triesLeft });
    expect(await openSignature(bench, passwordOf())).toMatchObject({ kind: 'opened' });
    for (const triesLeft of [4, 3, 2, 1])
      expect(await openSignature(bench, ascii('WRONG123'))).toEqual({ kind: 'wrong', triesLeft });
    expect(await openSignature(bench, ascii('WRONG123'))).toEqual({ kind: 'blocked' });
    expect(bench.stored().counters[SIGNATURE_REFERENCE]).toBe(0);
    // the other key is another secret
    expect(await readHolder(bench)).toMatchObject({ kind: 'holder', triesLeft: 3 });
    expect(await readCounters(cardBench(bench.stored()), false)).toEqual({
      kind: 'refused',
      notice: 'SIGN-02',
    });
  });

  it.each(['abc123', 'ABC12', 'A'.repeat(17), 'ABC 123', ''])(
    'of another form never reaches the card: %j',
    async (text) => {
      const bench = cardBench(card);
      await expect(openSignature(bench, ascii(text))).rejects.toThrow(RangeError);
      expect(bench.sent).toEqual([]);
    },
  );

  it.each([
    ['6983', { kind: 'blocked' }],
    ['6984', { kind: 'blocked' }],
    ['63c0', { kind: 'blocked' }],
    ['63c2', { kind: 'wrong', triesLeft: 2 }],
  ])('status %s', async (status, outcome) => {
    const bench = cardBench(card, (command, answer) =>
      command[1] === 0x20 && command.length > 4 ? hex(status) : answer,
    );
    expect(await openSignature(bench, passwordOf())).toEqual(outcome);
  });

  it.each(['6a82', '6700', '9300', '9001'])('status %s is no count of tries', async (status) => {
    const bench = cardBench(card, (command, answer) =>
      command[1] === 0x20 && command.length > 4 ? hex(status) : answer,
    );
    expect(await openSignature(bench, passwordOf())).toEqual({ kind: 'lost', notice: 'CARD-01' });
  });

  it('is zeroed whatever happens, and so is the command', async () => {
    for (const disturb of [undefined, () => PULLED, () => hex('6983')] satisfies (Disturb | undefined)[]) {
      const password = passwordOf();
      await openSignature(cardBench(card, disturb), password);
      expect(password.every((byte) => byte === 0)).toBe(true);
    }
  });
});

describe('a card that cannot sign', () => {
  it('without a 署名用電子証明書 is told so before any secret', async () => {
    const bench = cardBench({ ...card, signature: null });
    expect(await readCounters(bench, false)).toEqual({ kind: 'refused', notice: 'SIGN-03' });
    expect(secretsIn(bench)).toEqual([]);
  });

  it('that was locked before is told so before any secret', async () => {
    const bench = cardBench({ ...card, counters: { [SIGNATURE_REFERENCE]: 0 } });
    expect(await readCounters(bench, true)).toEqual({ kind: 'refused', notice: 'SIGN-02' });
    expect(secretsIn(bench)).toEqual([]);
  });

  it('whose security state is gone between password and signature signs nothing', async () => {
    const bench = cardBench(card);
    await openSignature(bench, passwordOf());
    await bench.close();
    expect(await signContent(bench, CONTENT, certificateOf(card))).toMatchObject({ kind: 'lost' });
  });
});

describe('the letters of the card', () => {
  it('are read past 256 bytes, with every letter as it is', async () => {
    const name = `${'邉󠄗'.repeat(20)}　𠀋`;
    const address = '架空県みほん市'.repeat(12);
    const read = await readText(
      cardBench({ ...card, holder: { ...card.holder, name, address } }),
      ascii(card.pins.text),
    );
    expect(read).toEqual({ kind: 'text', text: { name, address } });
  });

  it.each([0, 1, 2, 3])('are read where each length takes %i octets more than its first', async (octets) => {
    const { name, address } = { name: '見本　太郎', address: 'みほん市' };
    const object = (tag: string, value: Buffer) => {
      const length = value.length.toString(16).padStart(2 * Math.max(octets, 1), '0');
      return Buffer.concat([hex(`${tag}${octets ? `8${octets}` : ''}${length}`), value]);
    };
    const items = Buffer.concat([object('df22', Buffer.from(name)), object('df23', Buffer.from(address))]);
    const file = object('ff20', items);
    const bench = cardBench(card, (command, answer) => {
      if (command[1] !== 0xb0) return answer;
      const offset = command.readUInt16BE(2);
      return Buffer.concat([file.subarray(offset, offset + command[4]!), hex('9000')]);
    });
    expect(await readText(bench, ascii(card.pins.text))).toEqual({ kind: 'text', text: { name, address } });
  });

  it('blocked or wrong leave the rest of the card as it was', async () => {
    const bench = cardBench(card);
    expect(await readText(bench, ascii('0000'))).toMatchObject({ kind: 'wrong' });
    expect(await openSignature(bench, passwordOf())).toMatchObject({ kind: 'opened' });
  });
});

describe('pulled at every command', () => {
  it('nothing is signed after it, nothing rejects, and no secret has cost more than the try it was sent for', async () => {
    const whole = cardBench(card);
    expect((await applied(whole, card)).step).toBe('done');
    const total = whole.sent.length;
    expect(total).toBeGreaterThan(20);
    for (let nth = 0; nth < total; nth += 1) {
      const bench = cardBench(card, (_command, answer, at) => (at >= nth ? PULLED : answer));
      const outcome = await applied(bench, card);
      expect(outcome.step, `command ${nth}`).not.toBe('done');
      expect(['lost', 'refused'], `command ${nth}: ${JSON.stringify(outcome)}`).toContain(outcome.kind);
      const notice = 'notice' in outcome ? outcome.notice : '';
      expect(['CARD-05', 'CARD-01'], `command ${nth}`).toContain(notice);
      // two references of four digits, one of the password
      const lengths = secretsIn(bench).map((command) => command.length - HEADER_BYTES);
      expect(lengths.filter((length) => length === 4).length).toBeLessThanOrEqual(2);
      expect(lengths.filter((length) => length > 4).length).toBeLessThanOrEqual(1);
      expect(bench.stored().counters[SIGNATURE_REFERENCE] ?? 5).toBe(5);
    }
  }, 60_000);
});

describe('a wrong password whose answer is lost', () => {
  const isPassword = (command: Buffer): boolean => command[1] === 0x20 && command.length > HEADER_BYTES;

  it('has cost the one try that the card counted, and is not sent again', async () => {
    const bench = cardBench(card, (command, answer) => (isPassword(command) ? PULLED : answer));
    expect(await openSignature(bench, ascii('WRONG123'))).toMatchObject({ kind: 'lost' });
    expect(secretsIn(bench)).toHaveLength(1);
    expect(bench.stored().counters[SIGNATURE_REFERENCE]).toBe(4);
  });

  it('has cost nothing where the card was gone before it', async () => {
    const bench = cardBench(card);
    const before: CardConnection = {
      ...bench,
      transmit: (command, timeoutMs) =>
        isPassword(command) ? Promise.reject(PULLED) : bench.transmit(command, timeoutMs),
    };
    expect(await openSignature(before, ascii('WRONG123'))).toMatchObject({ kind: 'lost' });
    expect(bench.stored().counters[SIGNATURE_REFERENCE] ?? 5).toBe(5);
  });
});

describe('the certificates of one card', () => {
  it('are two: each key signs for its own', () => {
    const [signature, authentication] = [card.signature!, card.authentication].map(
      ({ certificate }) => new X509Certificate(Buffer.from(certificate, 'base64')),
    );
    expect(signature!.publicKey.equals(authentication!.publicKey)).toBe(false);
    expect(signature!.issuer).not.toBe(authentication!.issuer);
  });
});
