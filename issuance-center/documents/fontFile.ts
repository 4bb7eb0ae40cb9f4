/**
 * The certificate font's file: read once per process, its SHA-256 checked, its bytes in shared memory so that every
 * worker reads the same copy. Without exactly this font nothing is issued (forms.md 12.1: fail closed).
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Where Debian's fonts-ipamj-mincho puts IPAmj明朝. */
export const DEBIAN_FONT_PATH = '/usr/share/fonts/truetype/ipamj/ipamjm.ttf';

/** IPAmj明朝 005.01 (Debian 005.01-2.1). Another version has other glyphs: a change is a decision, not an update. */
export const FONT_SHA256 = '75268aa9ac2d92080048196af08adee37f1c286cf4b7777ed5ac3722a8737f5f';

/** The font is absent or not the one certificates are made with. */
export class FontUnavailableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FontUnavailableError';
  }
}

/** The font's bytes in shared memory. Throws FontUnavailableError, naming the package to install. */
export function loadFontBytes(
  path: string = DEBIAN_FONT_PATH,
  sha256: string = FONT_SHA256,
): SharedArrayBuffer {
  const file = readOrExplain(path);
  const digest = createHash('sha256').update(file).digest('hex');
  if (digest !== sha256) {
    throw new FontUnavailableError(`${path} is not IPAmj明朝 005.01: its SHA-256 is ${digest}`);
  }
  const shared = new SharedArrayBuffer(file.length);
  new Uint8Array(shared).set(file);
  return shared;
}

function readOrExplain(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new FontUnavailableError(`no font at ${path}; install it: apt-get install fonts-ipamj-mincho`);
  }
}
