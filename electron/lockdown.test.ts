import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { App, Session, WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { frameFuses } from './fuses.ts';
import {
  isWithin,
  lockApplication,
  lockContents,
  lockedPreferences,
  lockSession,
  refuseDebugging,
} from './lockdown.ts';

const AGENT = 'http://127.0.0.1:8787';

/** Anything with `on`: remembers the listeners so that a test can fire them. */
function listening() {
  const listeners = new Map<string, (...values: never[]) => void>();
  return {
    on: (name: string, listener: (...values: never[]) => void) => void listeners.set(name, listener),
    fire: (name: string, ...values: unknown[]) => {
      const listener = listeners.get(name);
      expect(listener, `nobody listens to ${name}`).toBeDefined();
      (listener as (...values: unknown[]) => void)(...values);
    },
  };
}

function lockedContents(production = true) {
  const events = listening();
  let openHandler: (details: { url: string }) => unknown = () => undefined;
  const closeDevTools = vi.fn();
  const contents = {
    ...events,
    closeDevTools,
    setWindowOpenHandler: (handler: typeof openHandler) => (openHandler = handler),
  };
  lockContents(contents as unknown as WebContents, AGENT, production);
  return { fire: events.fire, closeDevTools, open: (url: string) => openHandler({ url }) };
}

describe('navigation', () => {
  it.each([
    ['http://127.0.0.1:8787/', true],
    ['http://127.0.0.1:8787/?token=x#y', true],
    ['http://127.0.0.1:8788/', false],
    ['https://127.0.0.1:8787/', false],
    ['http://localhost:8787/', false],
    ['http://127.0.0.1:8787.example.test/', false],
    ['http://127.0.0.1:8787@example.test/', false],
    ['file:///etc/passwd', false],
    ['data:text/html,x', false],
    ['javascript:alert(1)', false],
    ['about:blank', false],
    ['not an address', false],
    ['', false],
  ])('%s inside the agent: %s', (url, inside) => {
    expect(isWithin(AGENT, url)).toBe(inside);
  });

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('%s leaves the agent never', (name) => {
    const { fire } = lockedContents();
    const away = { preventDefault: vi.fn(), url: 'https://example.test/' };
    const home = { preventDefault: vi.fn(), url: `${AGENT}/next` };
    fire(name, away);
    fire(name, home);
    expect(away.preventDefault).toHaveBeenCalledOnce();
    expect(home.preventDefault).not.toHaveBeenCalled();
  });

  it('no new window, not even for the agent itself', () => {
    const { open } = lockedContents();
    expect(open('https://example.test/')).toEqual({ action: 'deny' });
    expect(open(`${AGENT}/`)).toEqual({ action: 'deny' });
  });

  it('no webview, no bluetooth device', () => {
    const { fire } = lockedContents();
    const event = { preventDefault: vi.fn() };
    const choose = vi.fn();
    fire('will-attach-webview', event);
    fire('select-bluetooth-device', event, [{ deviceId: 'x' }], choose);
    expect(event.preventDefault).toHaveBeenCalledTimes(2);
    expect(choose).toHaveBeenCalledWith('');
  });

  it('developer tools close at once in production and may stay open in development', () => {
    for (const production of [true, false]) {
      const { fire, closeDevTools } = lockedContents(production);
      fire('devtools-opened');
      expect(closeDevTools).toHaveBeenCalledTimes(production ? 1 : 0);
    }
  });
});

describe('session', () => {
  it('denies every permission, device, capture and download', () => {
    const events = listening();
    const handlers: Record<string, (...values: unknown[]) => unknown> = {};
    const session = {
      ...events,
      ...Object.fromEntries(
        ['PermissionRequest', 'PermissionCheck', 'DevicePermission', 'DisplayMediaRequest'].map((name) => [
          `set${name}Handler`,
          (handler: (typeof handlers)[string]) => (handlers[name] = handler),
        ]),
      ),
    };
    lockSession(session as unknown as Session);
    const answer = vi.fn();
    for (const permission of [
      'media',
      'geolocation',
      'usb',
      'clipboard-read',
      'openExternal',
      'fullscreen',
    ]) {
      handlers['PermissionRequest']!({}, permission, answer);
      expect(handlers['PermissionCheck']!({}, permission)).toBe(false);
    }
    expect(answer.mock.calls).toEqual(Array.from({ length: 6 }, () => [false]));
    expect(handlers['DevicePermission']!({ deviceType: 'hid' })).toBe(false);
    const streams = vi.fn();
    handlers['DisplayMediaRequest']!({}, streams);
    expect(streams).toHaveBeenCalledWith({});
    const download = { preventDefault: vi.fn() };
    events.fire('will-download', download);
    expect(download.preventDefault).toHaveBeenCalledOnce();
  });
});

describe('application', () => {
  function lockedApplication() {
    const events = listening();
    lockApplication(events as unknown as App, AGENT, true);
    return events;
  }

  it('accepts no certificate error and offers neither certificate nor password', () => {
    const { fire } = lockedApplication();
    const event = { preventDefault: vi.fn() };
    const accept = vi.fn();
    const choose = vi.fn();
    const answer = vi.fn();
    fire(
      'certificate-error',
      event,
      {},
      'https://127.0.0.1:8787/',
      'net::ERR_CERT_AUTHORITY_INVALID',
      {},
      accept,
    );
    fire('select-client-certificate', event, {}, 'https://127.0.0.1/', [{}], choose);
    fire('login', event, {}, {}, {}, answer);
    expect(accept).toHaveBeenCalledExactlyOnceWith(false);
    expect(choose).toHaveBeenCalledExactlyOnceWith();
    expect(answer).toHaveBeenCalledExactlyOnceWith();
    expect(event.preventDefault).toHaveBeenCalledTimes(3);
  });

  it('locks every web contents that appears', () => {
    const { fire } = lockedApplication();
    const contents = { ...listening(), setWindowOpenHandler: vi.fn() };
    fire('web-contents-created', {}, contents);
    const event = { preventDefault: vi.fn(), url: 'https://example.test/' };
    contents.fire('will-navigate', event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
    expect(contents.setWindowOpenHandler).toHaveBeenCalledOnce();
  });

  it.each(['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk'])(
    'a packaged frame does not start with --%s',
    (name) => {
      const app = { commandLine: { hasSwitch: (asked: string) => asked === name } } as unknown as App;
      expect(() => refuseDebugging(app, true)).toThrow(name);
      expect(() => refuseDebugging(app, false)).not.toThrow();
    },
  );
});

describe('what is fixed at build time', () => {
  it('the page is sandboxed, isolated and without Node, whatever it asks for', () => {
    expect(lockedPreferences('/x/preload.cjs', true)).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      devTools: false,
    });
    expect(lockedPreferences('/x/preload.cjs', false).devTools).toBe(true);
  });

  it('fuses: only what protects is on', () => {
    const on = Object.entries(frameFuses).flatMap(([name, value]) => (value ? [name] : []));
    expect(on).toEqual([
      'EnableCookieEncryption',
      'EnableEmbeddedAsarIntegrityValidation',
      'OnlyLoadAppFromAsar',
    ]);
  });

  it('the preload script exposes nothing', () => {
    const source = readFileSync(new URL('preload.ts', import.meta.url), 'utf8');
    expect(source.replace(/\/\*[\s\S]*?\*\//g, '').trim()).toBe('export {};');
  });

  it('the local page runs no script, loads nothing, and its one style is the hashed one', () => {
    const page = readFileSync(new URL('pages/out-of-service.html', import.meta.url), 'utf8');
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(page).not.toMatch(/<script|src=|href=|url\(/);
  });
});
