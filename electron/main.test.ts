import { beforeEach, describe, expect, it, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  gotLock: true,
  packaged: true,
  switches: [] as string[],
  events: new Map<string, (...values: unknown[]) => void>(),
  windows: [] as { options: Record<string, unknown>; focus: ReturnType<typeof vi.fn> }[],
  quit: vi.fn(),
  exit: vi.fn(),
  enableSandbox: vi.fn(),
  setApplicationMenu: vi.fn(),
  permission: vi.fn(),
}));

vi.mock('electron', () => {
  class BrowserWindow {
    readonly options: Record<string, unknown>;
    readonly focus = vi.fn();
    readonly webContents = {
      on: vi.fn(),
      session: {
        setPermissionRequestHandler: electron.permission,
        setPermissionCheckHandler: vi.fn(),
        setDevicePermissionHandler: vi.fn(),
        setDisplayMediaRequestHandler: vi.fn(),
        on: vi.fn(),
      },
    };
    constructor(options: Record<string, unknown>) {
      this.options = options;
      electron.windows.push(this);
    }
    on = vi.fn();
    isDestroyed = () => true;
    loadURL = () => Promise.resolve();
    loadFile = () => Promise.resolve();
  }
  const app = {
    get isPackaged() {
      return electron.packaged;
    },
    commandLine: { hasSwitch: (name: string) => electron.switches.includes(name) },
    requestSingleInstanceLock: () => electron.gotLock,
    on: (name: string, listener: (...values: unknown[]) => void) => electron.events.set(name, listener),
    whenReady: () => Promise.resolve(),
    quit: electron.quit,
    exit: electron.exit,
    enableSandbox: electron.enableSandbox,
  };
  return { app, BrowserWindow, Menu: { setApplicationMenu: electron.setApplicationMenu } };
});

/** Runs main.ts as Electron would: once, from the top. */
async function startFrame(): Promise<void> {
  vi.resetModules();
  await import('./main.ts');
}

beforeEach(() => {
  Object.assign(electron, { gotLock: true, packaged: true, switches: [], windows: [] });
  electron.events.clear();
  vi.clearAllMocks();
  vi.stubEnv('KIOSK_PORT', '8787');
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

describe('start of the frame', () => {
  it('one locked kiosk window, without a menu', async () => {
    await startFrame();
    expect(electron.enableSandbox).toHaveBeenCalledOnce();
    expect(electron.setApplicationMenu).toHaveBeenCalledExactlyOnceWith(null);
    expect(electron.windows).toHaveLength(1);
    expect(electron.windows[0]!.options).toMatchObject({
      kiosk: true,
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, devTools: false },
    });
    expect(electron.permission).toHaveBeenCalledOnce();
    for (const name of ['certificate-error', 'web-contents-created', 'select-client-certificate', 'login']) {
      expect(electron.events.has(name), name).toBe(true);
    }
  });

  it('developer tools exist in development only', async () => {
    electron.packaged = false;
    await startFrame();
    expect(electron.windows[0]!.options).toMatchObject({ webPreferences: { devTools: true } });
  });

  it('a second frame gives way, and the first comes to the front', async () => {
    await startFrame();
    electron.events.get('second-instance')!();
    expect(electron.windows[0]!.focus).toHaveBeenCalledOnce();

    electron.gotLock = false;
    electron.windows = [];
    await startFrame();
    expect(electron.quit).toHaveBeenCalledOnce();
    expect(electron.windows).toEqual([]);
  });

  it('a wrong setting or a debugger in production: no window, exit code 1', async () => {
    vi.stubEnv('KIOSK_PORT', 'eighty');
    await startFrame();
    vi.stubEnv('KIOSK_PORT', '8787');
    electron.switches = ['remote-debugging-port'];
    await startFrame();
    expect(electron.exit.mock.calls).toEqual([[1], [1]]);
    expect(electron.windows).toEqual([]);
  });

  it('without a window there is nothing to keep running', async () => {
    await startFrame();
    electron.events.get('window-all-closed')!();
    expect(electron.quit).toHaveBeenCalledOnce();
  });
});
