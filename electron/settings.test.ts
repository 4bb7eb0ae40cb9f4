import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { agentAnswers } from './agentProbe.ts';
import { screenUrl } from './screenUrl.ts';
import { frameSettings } from './settings.ts';

const directory = mkdtempSync(join(tmpdir(), 'frame-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('settings of the frame', () => {
  it('knows the usual port and the private file', () => {
    expect(frameSettings({ DATA_DIR: '/var/lib/kiosk', KIOSK_PORT: '9000' })).toEqual({
      agentOrigin: 'http://127.0.0.1:9000',
      screenTokenFile: '/var/lib/kiosk/kiosk/screen-token',
    });
    expect(frameSettings({}).agentOrigin).toBe('http://127.0.0.1:8787');
  });

  it.each(['0', '65536', '-1', '80a', '8787@example.test', ' 80'])(
    'KIOSK_PORT=%j stops the start',
    (port) => {
      expect(() => frameSettings({ KIOSK_PORT: port })).toThrow('KIOSK_PORT');
    },
  );
});

describe('the address of the screen', () => {
  const settings = frameSettings({ DATA_DIR: directory });
  const write = (text: string) => {
    mkdirSync(join(directory, 'kiosk'), { recursive: true });
    writeFileSync(settings.screenTokenFile, text, { mode: 0o600 });
  };

  it('is unknown until the agent has written its token', async () => {
    expect(await screenUrl(settings)).toBeNull();
  });

  it('carries the token of the agent that runs now', async () => {
    write('0123456789abcdefABCDEF_-\n');
    expect(await screenUrl(settings)).toBe('http://127.0.0.1:8787/?token=0123456789abcdefABCDEF_-');
    write('another-token-0123456789');
    expect(await screenUrl(settings)).toBe('http://127.0.0.1:8787/?token=another-token-0123456789');
  });

  it.each(['', 'short', 'x'.repeat(129), 'a b c d e f g h i j k', '0123456789abcdef&to=//example.test'])(
    'a file that holds %j is no token',
    async (text) => {
      write(text);
      expect(await screenUrl(settings)).toBeNull();
    },
  );
});

describe('probe', () => {
  it('the health page counts; no answer, an unhealthy one and no agent at all do not', async () => {
    let status = 200;
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await agentAnswers(origin)).toBe(true);
    status = 503;
    expect(await agentAnswers(origin)).toBe(false);
    expect(asked).toEqual(['GET /health', 'GET /health']);
    await new Promise((resolve) => server.close(resolve));
    expect(await agentAnswers(origin)).toBe(false);
  });
});
