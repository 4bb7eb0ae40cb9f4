import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { connect } from './connect.ts';
import { startPrivateServer } from './privateServer.ts';

// a folder of mode 0700, as mktemp -d and /root are: the unix user postgres cannot look into it
const folder = mkdtempSync(join(tmpdir(), 'private-server-'));
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function start() {
  const server = await startPrivateServer({ dataDir: folder });
  const db = connect(server.url);
  opened.push(async () => {
    await db.destroy();
    await server.stop();
  });
  return { server, db };
}

describe('the private PostgreSQL server', () => {
  it('makes its data in a closed folder, and finds it at the second start', async () => {
    const { db } = await start();
    await sql`create table remembered (word text)`.execute(db);
    await sql`insert into remembered values ('still here')`.execute(db);
    for (const close of opened.splice(0)) await close();

    const again = await start();
    const { rows } = await sql<{ word: string }>`select word from remembered`.execute(again.db);
    expect(rows).toEqual([{ word: 'still here' }]);
    await sql`drop table remembered`.execute(again.db);
  });

  it('keeps its password in a file only we can read, and listens on the loopback address only', async () => {
    const { db, server } = await start();
    expect(statSync(join(folder, 'postgres.password')).mode & 0o077).toBe(0);
    const { rows } = await sql<{ listen_addresses: string }>`show listen_addresses`.execute(db);
    expect(rows[0]!.listen_addresses).toBe('127.0.0.1');
    const stranger = connect(server.url.replace(/:[0-9a-f]{48}@/, ':guess@'));
    await expect(sql`select 1`.execute(stranger)).rejects.toThrow(/authentication/);
    await stranger.destroy();
  });

  it('takes over from a center that was killed with its server still running', async () => {
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        '-e',
        `import('${new URL('./privateServer.ts', import.meta.url).pathname}')
           .then(({ startPrivateServer }) => startPrivateServer({ dataDir: '${folder}' }))
           .then(() => { console.log('up'); setInterval(() => undefined, 1000); })`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(child.stdout!, 'data');
    const serverPid = () =>
      Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
    const orphan = serverPid();
    await expect(startPrivateServer({ dataDir: folder })).rejects.toThrow(/in use by process/);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(() => process.kill(orphan, 0)).not.toThrow();

    const { db } = await start();
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
    expect(serverPid()).not.toBe(orphan);
  });

  it('starts over a pid file that nobody lives behind', async () => {
    const dead = spawn('true');
    await once(dead, 'exit');
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${dead.pid}\n${join(folder, 'postgres')}\n`);
    if (process.getuid?.() === 0)
      execFileSync('chown', ['postgres', join(folder, 'postgres', 'postmaster.pid')]);
    const { db } = await start();
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
  });

  it('says why when its data cannot be used', async () => {
    const broken = mkdtempSync(join(tmpdir(), 'private-server-broken-'));
    const server = await startPrivateServer({ dataDir: broken });
    await server.stop();
    writeFileSync(join(broken, 'postgres', 'PG_VERSION'), '9.6\n');
    await expect(startPrivateServer({ dataDir: broken })).rejects.toThrow(/incompatible|did not start/);
    rmSync(broken, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });
});
