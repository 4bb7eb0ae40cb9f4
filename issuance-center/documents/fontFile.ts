/**
 * The certificate fonts' files: read once per process, their SHA-256 checked, their bytes in shared memory so that every
 * worker reads the same copy. Without exactly this IPAmj明朝 nothing is issued (forms.md 12.1: fail closed); without one
 * of the others the characters that only it has cannot be drawn, and who bears one is asked to the counter.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Where Debian's fonts-ipamj-mincho puts IPAmj明朝. */
export const DEBIAN_FONT_PATH = '/usr/share/fonts/truetype/ipamj/ipamjm.ttf';

/** A font's place, what it must be byte for byte, and what brings it. */
export interface FontSource {
  /** PostScript name: in the document, in reports */
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  readonly installedBy: string;
}

const HANAZONO = '/usr/share/fonts/truetype/hanazono';
const npmFile = (path: string): string => createRequire(import.meta.url).resolve(path);

/** IPAmj明朝 005.01 (Debian 005.01-2.1). Another version has other glyphs: a change is a decision, not an update. */
export const MAIN_FONT: FontSource = {
  name: 'IPAmjMincho',
  path: DEBIAN_FONT_PATH,
  sha256: '75268aa9ac2d92080048196af08adee37f1c286cf4b7777ed5ac3722a8737f5f',
  installedBy: 'apt-get install fonts-ipamj-mincho',
};

/** Asked in this order for what the fonts before lack (forms.md 12.3): Vietnamese and other Latin, then rare ideographs. */
export const FALLBACK_FONTS: readonly FontSource[] = [
  {
    name: 'NotoSerifJP-Regular',
    path: npmFile('@expo-google-fonts/noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf'),
    sha256: '5a04846a0e23acefae825f2f459205036a166f5a63462019ce3492d07bd20e92',
    installedBy: 'npm ci',
  },
  {
    name: 'HanaMinA',
    path: `${HANAZONO}/HanaMinA.ttf`,
    sha256: '7ca87559414474848fc513a8d8eb42d5b0f8194c30c2abdfbfedff5398ec88d7',
    installedBy: 'apt-get install fonts-hanazono',
  },
  {
    name: 'HanaMinB',
    path: `${HANAZONO}/HanaMinB.ttf`,
    sha256: '829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c',
    installedBy: 'apt-get install fonts-hanazono',
  },
];

/** Can be handed to a worker as it is: the bytes are shared, not copied. */
export interface FontFiles {
  readonly main: SharedArrayBuffer;
  /** in the order of FALLBACK_FONTS; undefined for one that is missing */
  readonly fallbacks: readonly (SharedArrayBuffer | undefined)[];
  /** one sentence for each that is missing; for the log at start */
  readonly missing: readonly string[];
}

/** A font is absent or not the one certificates are made with. */
export class FontUnavailableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FontUnavailableError';
  }
}

/**
 * All certificate fonts in shared memory, 107 MB, in about 0.2 s. `mainPath` is IPAmj明朝 where it is not Debian's.
 * Throws FontUnavailableError when IPAmj明朝 is missing, naming the package to install.
 */
export function loadFonts(mainPath: string = MAIN_FONT.path, fallbacks = FALLBACK_FONTS): FontFiles {
  const main = loadFontBytes({ ...MAIN_FONT, path: mainPath });
  const missing: string[] = [];
  const loaded = fallbacks.map((source) => {
    try {
      return loadFontBytes(source);
    } catch (error) {
      if (!(error instanceof FontUnavailableError)) throw error;
      missing.push(error.message);
      return undefined;
    }
  });
  return { main, fallbacks: loaded, missing };
}

/** One font's bytes in shared memory. Throws FontUnavailableError. */
export function loadFontBytes({ name, path, sha256, installedBy }: FontSource): SharedArrayBuffer {
  const file = readOrExplain(path, installedBy);
  const digest = createHash('sha256').update(file).digest('hex');
  if (digest !== sha256) {
    throw new FontUnavailableError(`${path} is not the ${name} of certificates: its SHA-256 is ${digest}`);
  }
  const shared = new SharedArrayBuffer(file.length);
  new Uint8Array(shared).set(file);
  return shared;
}

function readOrExplain(path: string, installedBy: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new FontUnavailableError(`no font at ${path}; install it: ${installedBy}`);
  }
}
