/** One pcscd per host: test files that use it take turns, across processes. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LOCK = join(tmpdir(), 'certificate-kiosk-pcsc.lock');
const LOOK_EVERY_MS = 50;

/** Waits until the lock is ours and resolves to its release. A lock whose owner is dead is taken over. */
export async function lockPcsc(withinMs = 180_000): Promise<() => void> {
  for (let waited = 0; waited < withinMs; waited += LOOK_EVERY_MS) {
    if (taken()) return () => rmSync(LOCK, { recursive: true, force: true });
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`${LOCK} is held by another test`);
}

function taken(): boolean {
  try {
    mkdirSync(LOCK);
    writeFileSync(join(LOCK, 'pid'), String(process.pid));
    return true;
  } catch {
    const owner = ownerPid();
    if (owner !== undefined && !isAlive(owner)) rmSync(LOCK, { recursive: true, force: true });
    return false;
  }
}

function ownerPid(): number | undefined {
  try {
    const pid = Number(readFileSync(join(LOCK, 'pid'), 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
