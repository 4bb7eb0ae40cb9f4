/**
 * A child of the demo: started with an IPC channel, ready when it says so, stopped with a limit, never outliving us.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A child that has not said `ready` by then is broken; the first start creates a database cluster on a slow machine. */
const READY_LIMIT_MS = 60_000;
/** Long enough for PostgreSQL's fast shutdown. */
const STOP_LIMIT_MS = 10_000;

export interface ChildOptions {
  readonly name: string;
  /** script, relative to the repository */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
}
export interface Child {
  readonly name: string;
  readonly pid: number;
  /** the message `{type: 'ready', ...}` of the child */
  readonly ready: Readonly<Record<string, unknown>>;
  /** exit code, or null when a signal ended it */
  readonly exited: Promise<number | null>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** Starts the child and waits for its word. Rejects with the end of its log when it exits before. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      '--import',
      fileURLToPath(new URL('endWithParent.mjs', import.meta.url)),
      options.script,
      ...(options.args ?? []),
    ],
    { cwd: ROOT, env: options.env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  const tail = keepLog(child, options.logFile);
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const ready = await waitForReady(child, options.name, exited, tail);
  return {
    name: options.name,
    pid: child.pid ?? 0,
    ready,
    exited,
    stop: () => endProcess(child, exited, 'SIGTERM'),
    kill: () => endProcess(child, exited, 'SIGKILL'),
  };
}

/** The log goes to its file; the last lines are kept for the message when the start fails. */
function keepLog(child: ChildProcess, logFile: string): () => string {
  const log = createWriteStream(logFile, { flags: 'a' });
  let last = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      last = (last + chunk.toString('utf8')).slice(-4000);
      log.write(chunk);
    });
  }
  child.once('close', () => log.end());
  return () => last;
}

function waitForReady(
  child: ChildProcess,
  name: string,
  exited: Promise<number | null>,
  tail: () => string,
): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${name} was not ready within ${READY_LIMIT_MS / 1000} s\n${tail()}`));
    }, READY_LIMIT_MS);
    child.on('message', (message: { type?: string }) => {
      if (message.type !== 'ready') return;
      clearTimeout(limit);
      resolve(message as Record<string, unknown>);
    });
    void exited.then((code) => {
      clearTimeout(limit);
      reject(new Error(`${name} ended with code ${code} before it was ready\n${tail()}`));
    });
  });
}

async function endProcess(
  child: ChildProcess,
  exited: Promise<unknown>,
  signal: 'SIGTERM' | 'SIGKILL',
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await exited;
  clearTimeout(limit);
}
