/**
 * Which demo owns a data directory: one small file, so that a second start says so and `npm run issue` joins the first.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const running = z.object({
  pid: z.number().int(),
  panelUrl: z.string(),
  kioskUrl: z.string(),
  centerUrl: z.string(),
});
export type Running = z.infer<typeof running>;
const fileOf = (dataDir: string): string => join(dataDir, 'running.json');

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The demo that runs on this directory now, or null; a file left by a killed one counts as nothing. */
export function runningDemo(dataDir: string): Running | null {
  try {
    const found = running.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')));
    return found.pid !== process.pid && alive(found.pid) ? found : null;
  } catch {
    return null;
  }
}

export function announce(dataDir: string, entry: Running): void {
  writeFileSync(fileOf(dataDir), JSON.stringify(entry));
}

export function withdraw(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}
