/** Ports of the demo: named, checked before anything starts, so that a port in use gives one clear line. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

export interface Port {
  /** environment variable that moves it */
  readonly variable: string;
  readonly value: number;
}

/** Reads a port from the environment; 0 asks for any free one. Throws with the variable's name on anything else. */
export function portFrom(env: NodeJS.ProcessEnv, variable: string, otherwise: number): Port {
  const text = env[variable];
  const value = text === undefined || text === '' ? otherwise : Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new Error(`${variable} must be a port number (0 to 65535), not "${text}"`);
  return { variable, value };
}

/**
 * Below what systems give to outgoing connections (Linux from 32768, IANA from 49152): a port chosen there could be somebody's
 * connection before it is listened on. Above the ports of well-known servers.
 */
const FIRST_CHOSEN = 12_000;
const LAST_CHOSEN = 32_000;
const TRIES = 50;

/** A free port that the system will not give to anybody else by itself. Rejects when none is found. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const port = randomInt(FIRST_CHOSEN, LAST_CHOSEN);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port found');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Resolves when the port can be had; rejects with the variable to set when it is taken. */
export async function assertFree(port: Port): Promise<void> {
  if (port.value === 0) return;
  await new Promise<void>((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code})`;
      reject(
        new Error(`port ${port.value} ${why}: end what uses it, or set ${port.variable} to another port`),
      );
    });
    server.listen(port.value, '127.0.0.1', () => server.close(() => resolve()));
  });
}
