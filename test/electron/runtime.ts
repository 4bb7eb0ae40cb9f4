/** Where the Electron runtime is on this machine. The npm package brings a loader only; its zip comes at first use. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const EXECUTABLE: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/**
 * Path of the executable, or null when there is none. Looks into ELECTRON_OVERRIDE_DIST_PATH first, then beside the npm
 * package; never downloads.
 */
export function electronRuntime(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | null {
  const packaged = join(dirname(createRequire(import.meta.url).resolve('electron/package.json')), 'dist');
  const folder = environment['ELECTRON_OVERRIDE_DIST_PATH'] || packaged;
  const path = join(folder, EXECUTABLE[process.platform] ?? 'electron');
  return existsSync(path) ? path : null;
}
