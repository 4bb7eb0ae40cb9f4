import type { AddressInfo } from 'node:net';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { counterReaderAnswer } from '#center/contract/console/counter.ts';
import type { CardReaderPort } from '../card/cardReaderPort.ts';
import { counterReaderServer } from './counterReader.ts';

const CONSOLE = 'https://console.example';
let present = true;
let isReadable = true;
let connections = 0;
const reader: CardReaderPort = {
  status: () => (present ? { kind: 'present', atr: Buffer.alloc(0) } : { kind: 'empty' }),
  watch: () => () => undefined,
  connect: async () => {
    connections += 1;
    return {
      transmit: () => Promise.reject(new Error('not used')),
      close: async () => void (connections -= 1),
    };
  },
  close: async () => undefined,
};
const card = {
  readHolder: async () =>
    isReadable
      ? ({ kind: 'holder', certificate: Buffer.from('certificate'), triesLeft: 3 } as const)
      : ({ kind: 'refused', notice: 'CARD-01' as never } as const),
};
let server: ReturnType<typeof counterReaderServer>;
beforeEach(async () => {
  [present, isReadable, connections] = [true, true, 0];
  server = counterReaderServer({ reader, card, consoleOrigin: CONSOLE });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterEach(() => new Promise((closed) => server.close(closed)));

interface Given {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
}
function ask({ method = 'GET', path = '/certificate', headers = { origin: CONSOLE } }: Given = {}) {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ status: number; headers: object; text: string }>((answered, failed) => {
    request({ port, host: '127.0.0.1', method, path, headers }, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('end', () =>
        answered({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    })
      .on('error', failed)
      .end();
  });
}

describe('the reader at the counter', () => {
  it('gives the console the certificate of the card and lets go of the card', async () => {
    const { status, text, headers } = await ask();
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'access-control-allow-origin': CONSOLE, 'cache-control': 'no-store' });
    const certificate = Buffer.from('certificate').toString('base64');
    expect(counterReaderAnswer.parse(JSON.parse(text))).toEqual({ kind: 'certificate', certificate });
    expect(connections).toBe(0);
  });

  it('says that there is no card, or that it cannot be read', async () => {
    present = false;
    expect(JSON.parse((await ask()).text)).toEqual({ kind: 'no-card' });
    [present, isReadable] = [true, false];
    expect(JSON.parse((await ask()).text)).toEqual({ kind: 'not-readable' });
    expect(connections).toBe(0);
  });

  it.each<[string, Given, number]>([
    ['another page', { headers: { origin: 'https://evil.example' } }, 403],
    ['no page at all', { headers: {} }, 403],
    [
      'a name that was made for this machine',
      { headers: { origin: CONSOLE, host: 'evil.example:8791' } },
      403,
    ],
    ['another address', { path: '/pin' }, 404],
    ['another method', { method: 'POST' }, 405],
  ])('refuses %s', async (_who, given, status) => {
    const answer = await ask(given);
    expect([answer.status, answer.text]).toEqual([status, '']);
  });

  it('lets the browser ask first', async () => {
    const { status, headers } = await ask({ method: 'OPTIONS' });
    expect([status, headers]).toEqual([
      204,
      expect.objectContaining({ 'access-control-allow-private-network': 'true' }),
    ]);
  });
});
