// Brings what a fresh machine lacks: system packages, npm packages, the built screen. Plain Node without any package,
// because it runs before `npm ci`. Usage: node test/demo/setup.mjs [--for start|test]; progress on stderr.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const purpose = process.argv.includes('test') ? 'test' : 'start';
const say = (text) => process.stderr.write(`setup: ${text}\n`);
const stop = (text) => {
  process.stderr.write(`setup: ${text}\n`);
  process.exit(2);
};

/**
 * What must be on the machine: a file (or command) that proves it, the Debian packages that bring it, who needs it.
 * `must`: nothing works without; the rest has a stand-in or only tests need it.
 */
const NEEDS = [
  { proof: ['g++'], packages: ['build-essential'], must: true },
  { proof: ['python3'], packages: ['python3'], must: true },
  { proof: ['/usr/include/PCSC/winscard.h'], packages: ['libpcsclite-dev'], must: true },
  {
    proof: ['/usr/share/fonts/truetype/ipamj/ipamjm.ttf'],
    packages: ['fonts-ipamj-mincho'],
    must: true,
    unless: 'CERTIFICATE_FONT',
  },
  { proof: ['/usr/share/fonts/truetype/hanazono/HanaMinA.ttf'], packages: ['fonts-hanazono'], must: false },
  { proof: ['pcscd'], packages: ['pcscd', 'libpcsclite1'], must: false },
  { proof: ['/usr/lib/pcsc/drivers/serial/libifdvpcd.so'], packages: ['vsmartcard-vpcd'], must: false },
  { proof: ['openssl'], packages: ['openssl'], must: false, test: true },
  { proof: ['opensc-tool'], packages: ['opensc'], must: false, test: true },
  {
    proof: ['/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so', '/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so'],
    packages: ['opensc-pkcs11'],
    must: false,
    test: true,
  },
  { proof: ['scriptor'], packages: ['pcsc-tools'], must: false, test: true },
  { proof: ['ssh-keygen'], packages: ['openssh-client'], must: false, test: true },
  { proof: ['chromium'], packages: ['chromium'], must: false, test: true },
  {
    proof: ['/usr/share/fonts/truetype/bizud-gothic'],
    packages: ['fonts-morisawa-bizud-gothic'],
    must: false,
    test: true,
  },
  { proof: ['pdftotext'], packages: ['poppler-utils'], must: false, test: true },
  { proof: ['qpdf'], packages: ['qpdf'], must: false, test: true },
  { proof: ['java'], packages: ['default-jre-headless'], must: false, test: true },
  {
    proof: ['/usr/share/java/preflight.jar'],
    packages: [
      'libpdfbox2-java',
      'libfontbox2-java',
      'libcommons-logging-java',
      'libactivation-java',
      'libjaxb-api-java',
    ],
    must: false,
    test: true,
  },
  { proof: ['certutil'], packages: ['libnss3-tools'], must: false, test: true },
  { proof: ['compare'], packages: ['imagemagick'], must: false, test: true },
  { proof: ['flock'], packages: ['util-linux'], must: false, test: true },
];

function onPath(command) {
  const folders = `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/local/sbin`.split(':');
  return folders.some((folder) => folder !== '' && existsSync(join(folder, command)));
}
const isThere = (proof) => (proof.startsWith('/') ? existsSync(proof) : onPath(proof));
const lacks = (need) => !(need.unless && process.env[need.unless]) && !need.proof.some(isThere);

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], ...options });
  return done.status === 0;
}

/** `npm ci` compiles two native packages; node-gyp must not try to download Node's headers when they are here. */
function buildEnvironment() {
  const prefix = resolve(dirname(process.execPath), '..');
  const headers = [prefix, '/usr'].find((place) => existsSync(join(place, 'include/node/node.h')));
  return headers && !process.env.npm_config_nodedir
    ? { ...process.env, npm_config_nodedir: headers }
    : process.env;
}

function systemPackages() {
  const missing = NEEDS.filter((need) => (purpose === 'test' || !need.test) && lacks(need));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.flatMap((need) => need.packages))];
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const debian = existsSync('/etc/debian_version') && onPath('apt-get');
  if (debian && process.getuid?.() === 0) return installAsRoot(packages);
  const hard = missing.filter((need) => need.must);
  if (debian) {
    if (hard.length > 0)
      stop(`these system packages are missing. Run this, then start again:\n  sudo ${command}`);
    return say(`going on without some system packages; to have them: sudo ${command}`);
  }
  const words =
    'a C++ compiler and Python 3 (to build two native packages) and the IPAmj Mincho font (path in CERTIFICATE_FONT)';
  if (process.platform === 'linux' && hard.length > 0)
    stop(`missing on this Linux: ${packages.join(', ')} (Debian's names)`);
  if (lacks(NEEDS.find((need) => need.unless))) stop(`this system needs ${words}`);
}

function installAsRoot(packages) {
  say(`installing system packages: ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '-q', '--no-install-recommends', ...packages];
  const fine = (run('apt-get', ['update', '-q'], { env }), run('apt-get', install, { env }));
  if (!fine)
    stop(`apt-get failed; run by hand: apt-get install -y --no-install-recommends ${packages.join(' ')}`);
}

function npmPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  const wanted = `${lock} ${process.version}`;
  const mark = join(ROOT, 'node_modules/.setup-done');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  say('installing npm packages (npm ci; two native packages are compiled, about two minutes)');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  if (!run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { env: buildEnvironment() }))
    stop('npm ci failed, see above');
  writeFileSync(mark, wanted);
}

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return latest;
}

/** Screen, window and the pages in a browser are built again when a file they are made of is newer than the last build. */
function build() {
  const mark = join(ROOT, 'dist/.built');
  const sources = [
    'renderer',
    'electron',
    'certificate-templates',
    'kiosk-agent/contract',
    'issuance-center/contract',
    'issuance-center/verification',
    'issuance-center/console',
    'issuance-center/letters',
    'issuance-center/domicile/page',
    'kiosk-agent/home',
  ];
  const latest = Math.max(
    ...sources.map((folder) => newest(join(ROOT, folder))),
    statSync(join(ROOT, 'package-lock.json')).mtimeMs,
  );
  if (existsSync(mark) && statSync(mark).mtimeMs >= latest) return;
  say('building screen, window, console and the pages of verification, application and consent');
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const configs = [
    'renderer/vite.config.ts',
    'issuance-center/verification/page/vite.config.ts',
    'issuance-center/console/page/vite.config.ts',
    'issuance-center/domicile/page/vite.config.ts',
    'kiosk-agent/home/page/vite.config.ts',
    'electron/vite.main.config.ts',
    'electron/vite.preload.config.ts',
  ];
  for (const config of configs) {
    const built = run(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'warn']);
    if (!built) stop(`building ${config} failed, see above`);
  }
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(mark, '');
}

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) stop(`Node 20 or newer is needed, this is ${process.version}`);
systemPackages();
npmPackages();
build();
