/**
 * PostgreSQL refuses to run as root. As root (containers, the demo on a fresh Debian) its programs run as the unix user
 * `postgres`, made when it is missing; otherwise as ourselves.
 */
import { execFileSync, spawnSync } from 'node:child_process';

export interface ServerIdentity {
  /** undefined: run as ourselves */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** the command line that runs a program as that user */
  readonly wrap: (program: string, args: readonly string[]) => readonly [string, readonly string[]];
}

const USER = 'postgres';

/** Who shall run the server, able to reach `program` and `folder`. Throws with the reason when nobody can. */
export function serverIdentity(program: string, folder: string): ServerIdentity {
  if (process.getuid?.() !== 0) return { wrap: (name, args) => [name, args] };
  const user = unixUser() ?? createUnixUser();
  const identities = [identity(user, []), identity(user, SEE_THROUGH_CLOSED_FOLDERS)];
  const able = identities.find(
    ({ wrap }) => canRun(wrap(program, ['--version'])) && canRun(wrap('test', ['-x', folder])),
  );
  if (able) return able;
  throw new Error(
    `the unix user ${USER} cannot run ${program} or reach ${folder}; move the installation to a folder every user can read, or set DATABASE_URL`,
  );
}

/**
 * A checkout below a 0700 folder (/root, mktemp -d) is closed to the user. Reading, and nothing else, is granted to the
 * server's process instead of opening the folder to everybody.
 */
const SEE_THROUGH_CLOSED_FOLDERS = [
  '--securebits=+no_setuid_fixup',
  '--inh-caps=+dac_read_search',
  '--ambient-caps=+dac_read_search',
];

function identity(user: { uid: number; gid: number }, flags: readonly string[]): ServerIdentity {
  const as = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', ...flags];
  return { user, wrap: (program, args) => ['setpriv', [...as, '--', program, ...args]] };
}

function canRun([program, args]: readonly [string, readonly string[]]): boolean {
  return spawnSync(program, args, { stdio: 'ignore', cwd: '/' }).status === 0;
}

function unixUser(): { uid: number; gid: number } | undefined {
  const answer = spawnSync('getent', ['passwd', USER], { encoding: 'utf8' });
  const [, , uid, gid] = (answer.stdout ?? '').split(':');
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

function createUnixUser(): { uid: number; gid: number } {
  execFileSync('useradd', ['--system', '--user-group', '--no-create-home', USER], { stdio: 'ignore' });
  const user = unixUser();
  if (!user) throw new Error(`the unix user ${USER} could not be made; set DATABASE_URL`);
  return user;
}
