/**
 * The host's card service with its two virtual readers: found running, or started as our child. Never with --apdu, which
 * would log PINs (card.md 4.1). The virtual readers listen on every address: test and demo machines only.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const PCSC_SOCKET = '/run/pcscd/pcscd.comm';
const VPCD_DRIVER = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
const VPCD_PORTS = [35963, 35964] as const;
const READY_WITHIN_MS = 10_000;
const STOP_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 20;
const LISTENING = '0A';

export type PcscDaemon =
  | { readonly kind: 'started'; readonly pid: number; readonly shim: boolean; stop(): Promise<void> }
  /** somebody else's; stop() leaves it running */
  | { readonly kind: 'reused'; stop(): Promise<void> }
  | { readonly kind: 'unavailable'; readonly reason: string; stop(): Promise<void> };

export interface PcscOptions {
  /** where the TCP_NODELAY shim is built; without it each APDU takes 44 ms (card.md 4.4) */
  readonly buildDir?: string;
}

/** Finds or starts pcscd and resolves when both virtual readers listen. Does not throw: what cannot be had is `unavailable`. */
export async function startPcscd({ buildDir }: PcscOptions = {}): Promise<PcscDaemon> {
  if (process.platform !== 'linux') return unavailable(`there is no virtual reader for ${process.platform}`);
  if (await answers(PCSC_SOCKET)) {
    return (await readersListen(() => false))
      ? { kind: 'reused', stop: async () => undefined }
      : unavailable('pcscd runs, but without the virtual readers of vsmartcard-vpcd');
  }
  const missing = missingPart();
  if (missing) return unavailable(missing);
  // left by a pcscd that was killed; it would refuse to start
  rmSync(PCSC_SOCKET, { force: true });
  const shim = buildDir ? buildShim(buildDir) : undefined;
  return launch(shim);
}

/** Where the shim of card.md 4.4 is after building it, or undefined where there is no compiler. */
export function buildShim(buildDir: string): string | undefined {
  const library = join(buildDir, 'nodelay.so');
  if (existsSync(library)) return library;
  mkdirSync(buildDir, { recursive: true });
  const source = join(buildDir, 'nodelay.c');
  writeFileSync(source, SHIM_SOURCE);
  const built = spawnSync('gcc', ['-Wall', '-shared', '-fPIC', '-O2', '-o', library, source, '-ldl']);
  return built.status === 0 ? library : undefined;
}

function missingPart(): string | undefined {
  if (spawnSync('which', ['pcscd']).status !== 0) return 'pcscd is not installed (apt-get install pcscd)';
  if (!existsSync(VPCD_DRIVER))
    return 'the virtual reader is not installed (apt-get install vsmartcard-vpcd)';
  if (process.getuid?.() !== 0) return 'no pcscd runs, and only root can start it';
  return undefined;
}

async function launch(shim: string | undefined): Promise<PcscDaemon> {
  const env = shim ? { ...process.env, LD_PRELOAD: shim } : process.env;
  const child = spawn('pcscd', ['--foreground'], { env, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null || !child.pid;
  const endWithParent = (): boolean => child.kill('SIGTERM');
  process.once('exit', endWithParent);
  const stop = async (): Promise<void> => {
    process.off('exit', endWithParent);
    await terminate(child, ended, hasEnded);
  };
  const ready = await readersListen(hasEnded);
  if (ready && child.pid) return { kind: 'started', pid: child.pid, shim: Boolean(shim), stop };
  const reason = hasEnded() ? 'pcscd ended at its start' : 'pcscd did not open its virtual readers in time';
  await stop();
  return unavailable(reason);
}

async function terminate(child: ChildProcess, ended: Promise<void>, hasEnded: () => boolean): Promise<void> {
  if (hasEnded()) return;
  child.kill('SIGTERM');
  const inTime = await Promise.race([ended.then(() => true), pause(STOP_WITHIN_MS, false, { ref: false })]);
  if (inTime) return;
  child.kill('SIGKILL');
  await ended;
}

/** Looks until the daemon's socket answers and both readers listen; connecting to them instead would insert a card. */
async function readersListen(hasEnded: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < READY_WITHIN_MS && !hasEnded(); waited += LOOK_EVERY_MS) {
    if (VPCD_PORTS.every(listens) && (await answers(PCSC_SOCKET))) return true;
    await pause(LOOK_EVERY_MS);
  }
  return false;
}

/** Whether some process of this host listens on the TCP port, from the kernel's table and without connecting. */
export function listens(port: number): boolean {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return ['/proc/net/tcp', '/proc/net/tcp6'].filter(existsSync).some((table) =>
    readFileSync(table, 'utf8')
      .split('\n')
      .some((line) => {
        const [, local, , state] = line.trim().split(/\s+/);
        return state === LISTENING && local?.endsWith(wanted);
      }),
  );
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function unavailable(reason: string): PcscDaemon {
  return { kind: 'unavailable', reason, stop: async () => undefined };
}

const SHIM_SOURCE = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
int accept(int fd, struct sockaddr *addr, socklen_t *len) {
  int (*next)(int, struct sockaddr *, socklen_t *) = dlsym(RTLD_NEXT, "accept");
  int conn = next(fd, addr, len), on = 1;
  if (conn >= 0) setsockopt(conn, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return conn;
}
`;
