/**
 * What the frame needs to know: where the agent serves its screen, and the private file with the token that lets a
 * screen in. Validated once at start; a wrong value stops the start with a sentence for people.
 */
import { join, resolve } from 'node:path';

export interface FrameSettings {
  /** `http://127.0.0.1:<port>`, no trailing slash */
  readonly agentOrigin: string;
  /** written by the agent with mode 0600; absent until the agent runs */
  readonly screenTokenFile: string;
}

const DEFAULT_PORT = '8787';
const DEFAULT_DATA_DIR = '.data';

/** Reads KIOSK_PORT and DATA_DIR. Throws Error naming the variable that cannot be used. */
export function frameSettings(environment: Readonly<Record<string, string | undefined>>): FrameSettings {
  const text = environment['KIOSK_PORT'] || DEFAULT_PORT;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
    throw new Error('KIOSK_PORT must be a port between 1 and 65535');
  }
  const dataDir = environment['DATA_DIR'] || DEFAULT_DATA_DIR;
  return {
    agentOrigin: `http://127.0.0.1:${port}`,
    screenTokenFile: join(resolve(dataDir), 'kiosk', 'screen-token'),
  };
}
