/**
 * The kiosk window on this machine: Electron where its runtime is installed, else Chromium in kiosk mode where there is a
 * display, else nobody opens anything and the URL is enough.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface KioskWindow {
  /** what was opened, for the person who started the demo */
  readonly words: string;
  close(): void;
}

const ROOT = join(import.meta.dirname, '../..');
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function openWindow(url: string, dataDir: string): KioskWindow {
  const display = Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY) || process.platform !== 'linux';
  if (!display) return { words: 'no display here: open the kiosk URL in a browser', close: () => undefined };
  const electron = electronProgram();
  if (electron)
    return open(
      electron,
      [...(isRoot() ? ['--no-sandbox'] : []), join(ROOT, 'dist/electron/main.js')],
      'kiosk window: Electron',
      { KIOSK_PORT: new URL(url).port, DATA_DIR: dataDir },
    );
  const browser = [process.env.CHROMIUM ?? '', ...BROWSERS].find((path) => path !== '' && existsSync(path));
  if (!browser)
    return {
      words: 'no Electron runtime and no Chromium here: open the kiosk URL in a browser',
      close: () => undefined,
    };
  return open(
    browser,
    [
      '--kiosk',
      `--app=${url}`,
      `--user-data-dir=${join(dataDir, 'chromium')}`,
      '--window-position=0,0',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-features=Translate',
      '--disable-pinch',
      ...(isRoot() ? ['--no-sandbox'] : []),
    ],
    'kiosk window: Chromium in kiosk mode',
    {},
  );
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** Path of the runtime, or null: the npm package alone holds only a loader. */
function electronProgram(): string | null {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const folder =
    override ?? join(dirname(createRequire(import.meta.url).resolve('electron/package.json')), 'dist');
  const name =
    process.platform === 'win32'
      ? 'electron.exe'
      : process.platform === 'darwin'
        ? 'Electron.app/Contents/MacOS/Electron'
        : 'electron';
  const program = join(folder, name);
  return existsSync(program) ? program : null;
}

function open(
  program: string,
  args: readonly string[],
  words: string,
  env: Readonly<Record<string, string>>,
): KioskWindow {
  const child: ChildProcess = spawn(program, [...args], { stdio: 'ignore', env: { ...process.env, ...env } });
  child.once('error', () => undefined);
  return { words, close: () => void child.kill() };
}
