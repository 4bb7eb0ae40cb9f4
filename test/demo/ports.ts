/** Ports of the demo: named, checked before anything starts, so that a port in use gives one clear line. */
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

/** A free port near nobody: the system's choice. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
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
