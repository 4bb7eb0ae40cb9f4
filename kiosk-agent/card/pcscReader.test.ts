/** The supervisor against a scripted binding: what pcsclite 1.0.1 does (card.md 6.4), in an order a test decides. */
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Wait } from '../wait.ts';
import { CardTransportError } from './cardReaderPort.ts';
import { PCSC, type PcscClient, type PcscReader } from './pcscBinding.ts';
import { pcscError } from './pcscError.ts';
import { createPcscReader } from './pcscReader.ts';

type Done<Value> = (error: unknown, value: Value) => void;

class FakeReader extends EventEmitter {
  readonly name: string;
  connected = false;
  closed = 0;
  readonly calls: string[] = [];
  answer: (done: Done<Buffer>) => void = (done) => done(null, Buffer.of(0x90, 0x00));
  disconnectFails = 0;
  connectError: Error | null = null;
  constructor(name: string) {
    super();
    this.name = name;
  }
  connect({ share_mode }: { share_mode: number }, done: Done<number>): void {
    this.calls.push(`connect ${share_mode}`);
    if (this.connectError) return done(this.connectError, 0);
    this.connected = true;
    done(null, 2);
  }
  disconnect(disposition: number, done: (error: unknown) => void): void {
    this.calls.push(`disconnect ${disposition}`);
    this.disconnectFails -= 1;
    done(this.disconnectFails >= 0 ? new Error('SCardDisconnect error: (0x80100069)') : null);
  }
  transmit(command: Buffer, length: number, _protocol: number, done: Done<Buffer>): void {
    this.calls.push(`transmit ${length}`);
    this.answer(done);
  }
  close(): void {
    this.closed += 1;
  }
  state(low: number, presence: number, atr?: Buffer): void {
    this.emit('status', { state: (presence << 16) | low, atr });
  }
}
class FakeClient extends EventEmitter {
  closed = 0;
  close(): void {
    this.closed += 1;
  }
}
const ATR = Buffer.from('3b80800101', 'hex');
const settle = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

/** A PC/SC service that is down as often as told, and waits that end when the test says so. */
function bench(downs: number, readerName?: string) {
  const clients: FakeClient[] = [];
  const pauses: number[] = [];
  const waiting = new Set<{ milliseconds: number; end: () => void }>();
  let left = downs;
  const wait: Wait = (milliseconds, signal) =>
    new Promise((resolve) => {
      pauses.push(milliseconds);
      const entry = { milliseconds, end: () => (waiting.delete(entry), resolve()) };
      waiting.add(entry);
      signal?.addEventListener('abort', entry.end, { once: true });
    });
  const port = createPcscReader({
    readerName,
    wait,
    open: () => {
      left -= 1;
      if (left >= 0) throw new Error('SCardEstablishContext error: Service not available.(0x8010001d)');
      const client = new FakeClient();
      clients.push(client);
      return client as unknown as PcscClient;
    },
  });
  const elapse = async () => {
    for (const entry of [...waiting]) entry.end();
    await settle();
  };
  const addReader = (name = 'Reader 0') => {
    const reader = new FakeReader(name);
    clients.at(-1)?.emit('reader', reader as unknown as PcscReader);
    return reader;
  };
  return { port, clients, pauses, elapse, addReader };
}
async function withCard() {
  const machine = bench(0);
  const reader = machine.addReader();
  reader.state(0x22, 1, ATR);
  return { ...machine, reader, connection: await machine.port.connect() };
}

describe('the PC/SC service', () => {
  it('absent-at-start: asked again with a growing pause, then found', async () => {
    const { port, pauses, elapse, addReader } = bench(7);
    for (let time = 0; time < 7; time += 1) await elapse();
    expect(pauses.slice(0, 7)).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
    expect(port.status()).toEqual({ kind: 'unavailable' });
    addReader().state(0x12, 0);
    expect(port.status()).toEqual({ kind: 'empty' });
    await port.close();
  });

  it('dying: unavailable at once, closed completely, made anew', async () => {
    const { port, clients, elapse, addReader } = bench(0);
    const reader = addReader();
    reader.state(0x22, 1, ATR);
    reader.emit('error', new Error('SCardGetStatusChange error: (0x80100013)'));
    reader.emit('end');
    expect(port.status()).toEqual({ kind: 'unavailable' });
    clients[0]?.emit('error', new Error('SCardGetStatusChange error: (0x80100013)'));
    await settle();
    expect([clients[0]?.closed, reader.closed]).toEqual([1, 1]);
    await elapse();
    expect(clients).toHaveLength(2);
    addReader().state(0x12, 0);
    expect(port.status()).toEqual({ kind: 'empty' });
    await port.close();
  });

  it('reader-unplugged: unavailable, and the next one found is used', async () => {
    const { port, addReader } = bench(0);
    const first = addReader();
    first.state(0x12, 0);
    first.emit('end');
    expect(port.status()).toEqual({ kind: 'unavailable' });
    addReader().state(0x22, 1, ATR);
    expect(port.status()).toMatchObject({ kind: 'present', atr: ATR });
    await port.close();
  });

  it('two-readers: the one with the name, and only that one', async () => {
    const { port, addReader } = bench(0, '00 01');
    addReader('Virtual PCD 00 00').state(0x22, 1, ATR);
    expect(port.status()).toEqual({ kind: 'unavailable' });
    addReader('Virtual PCD 00 01').state(0x12, 0);
    expect(port.status()).toEqual({ kind: 'empty' });
    await port.close();
  });

  it('card-exchanged-quickly: another event counter is another presence', async () => {
    const { port, addReader } = bench(0);
    const reader = addReader();
    const seen: string[] = [];
    reader.state(0x22, 1, ATR);
    port.watch((status) => seen.push(status.kind));
    reader.state(0x122, 1, ATR);
    reader.state(0x22, 3, ATR);
    expect(seen).toEqual(['present', 'empty', 'present']);
    await port.close();
  });
});

describe('a connection', () => {
  it('is exclusive, asks for 258 bytes and ends with a reset', async () => {
    const { port, reader, connection } = await withCard();
    await connection.transmit(Buffer.of(0), { timeoutMs: 10 });
    await connection.close();
    await connection.close();
    expect(reader.calls).toEqual([
      `connect ${PCSC.shareExclusive}`,
      'transmit 258',
      `disconnect ${PCSC.resetCard}`,
    ]);
    await port.close();
  });

  it('failed-exchange: nothing is sent after it, and the reset still comes', async () => {
    const { port, reader, connection } = await withCard();
    reader.answer = (done) => done(new Error('SCardTransmit error: (0x80100069)'), Buffer.alloc(0));
    const command = () => connection.transmit(Buffer.of(0), { timeoutMs: 10 });
    await expect(command()).rejects.toMatchObject({ reason: 'removed' });
    await expect(command()).rejects.toMatchObject({ reason: 'removed' });
    await connection.close();
    expect(reader.calls.filter((call) => call.startsWith('transmit'))).toHaveLength(1);
    expect(reader.calls.at(-1)).toBe(`disconnect ${PCSC.resetCard}`);
    await port.close();
  });

  it('reset-refused: unpowered instead, and the binding does not believe it is still connected', async () => {
    const { port, reader, connection } = await withCard();
    reader.disconnectFails = 2;
    await connection.close();
    expect(reader.calls.slice(1)).toEqual([`disconnect ${PCSC.resetCard}`, `disconnect ${PCSC.unpowerCard}`]);
    expect(reader.connected).toBe(false);
    await port.close();
  });

  it('hung-command: time-out, the late answer goes nowhere, no second command', async () => {
    const { port, reader, connection, elapse } = await withCard();
    let late: Done<Buffer> = () => undefined;
    reader.answer = (done) => void (late = done);
    const hung = connection.transmit(Buffer.of(1), { timeoutMs: 10 });
    const queued = connection.transmit(Buffer.of(2), { timeoutMs: 10 });
    const outcomes = Promise.allSettled([hung, queued]);
    await settle();
    await elapse();
    late(null, Buffer.of(0x90, 0x00));
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { reason: 'timeout' } });
    }
    expect(reader.calls.filter((call) => call.startsWith('transmit'))).toHaveLength(1);
    await connection.close();
    await port.close();
  });

  it('agent-stopped: closing the port resets the card that is connected', async () => {
    const { port, reader, clients } = await withCard();
    await port.close();
    await settle();
    expect(reader.calls.at(-1)).toBe(`disconnect ${PCSC.resetCard}`);
    expect([reader.closed, clients[0]?.closed]).toEqual([1, 1]);
  });

  it('refused-connect: the reader stays usable', async () => {
    const { port, addReader } = bench(0);
    const reader = addReader();
    reader.state(0x22, 1, ATR);
    reader.connectError = new Error('SCardConnect error: Sharing violation.(0x8010000b)');
    await expect(port.connect()).rejects.toMatchObject({ reason: 'busy' });
    reader.connectError = null;
    await (await port.connect()).close();
    await port.close();
  });
});

describe('codes of PC/SC', () => {
  it.each([
    ['0x80100069', 'removed'],
    ['0x8010001D', 'reader'],
    ['0x80100008', 'protocol'],
    ['0x80109999', 'protocol'],
  ])('%s is %s', (code, reason) => {
    expect(pcscError('transmit', new Error(`SCardTransmit error: words(${code})`)).reason).toBe(reason);
  });
  it('keeps nothing of the message but the code', () => {
    const error = pcscError('transmit', new Error('00200080 0431323334 failed (0x80100069)'));
    expect(error).toBeInstanceOf(CardTransportError);
    expect(error.message).toBe('transmit failed (0x80100069)');
    expect(pcscError('transmit', 'secret').message).toBe('transmit failed (no code)');
  });
});
