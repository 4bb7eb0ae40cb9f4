/** Where tokens and cookies are kept: the agent's own directory. */
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AdmissionStore } from './admission.ts';

/** The next token and the hash of the admitted cookie, readable by this user only. */
export function admissionFiles(directory: string, onToken?: (token: string) => void): AdmissionStore {
  const session = join(directory, 'screen-session');
  const write = (name: string, text: string): void => {
    const file = join(directory, name);
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    chmodSync(`${file}.new`, 0o600);
    renameSync(`${file}.new`, file);
  };
  return {
    admitted: () => (existsSync(session) ? readFileSync(session, 'utf8') : null),
    admit: (hash: string) => write('screen-session', hash),
    offer: (token: string) => {
      write('screen-token', token);
      onToken?.(token);
    },
  };
}
