/**
 * The virtual card against OpenSC through a real pcscd: the list of card.md 5.1, row by row. OpenSC knows nothing of our code, so
 * what it accepts is not our own opinion of the card.
 */
import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { civilDate } from '#templates/vocabulary.ts';
import { createAuthority } from '#simulators/authority/authority.ts';
import { issueCard } from '#simulators/authority/issueCard.ts';
import { writeCardFile, type CardData } from '#simulators/card/cardFile.ts';
import { insertCard, VPCD_PORTS } from '#simulators/card/insertCard.ts';
import type { InsertedCard } from '#simulators/card/vpcdClient.ts';
import { startPcscd, type PcscDaemon } from '#simulators/reader/pcscDaemon.ts';
import { lockPcsc } from '#simulators/reader/pcscLock.ts';
import { missingTool, run, type Finished } from './tools.ts';

const TOOLS = [
  'opensc-tool',
  'pkcs15-tool',
  'pkcs11-tool',
  'pkcs15-crypt',
  'scriptor',
  'ssh-keygen',
  'openssl',
];
const CONFIGURATION = 'app default { card_drivers = jpki; framework pkcs15 { use_file_caching = no; } }\n';
const CONTACT_ATR = '3be000ff8131fe4514';
const OTHER_CONTACTLESS_ATR = '3b888001000005e0b381a1007f';
const BARE_ATR = '3b80800101';
const JPKI_AP = '00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01';

const dir = mkdtempSync(join(tmpdir(), 'opensc-'));
const cardFile = join(dir, 'card.json');
/** PCSC_SHIM=off runs everything at the 44 ms an APDU takes through Debian's own driver (card.md 4.4). */
const buildDir = process.env['PCSC_SHIM'] === 'off' ? undefined : join(dir, 'shim');
const WAIT_FOR_OTHERS_MS = 240_000;

let release: (() => void) | undefined;
let daemon: PcscDaemon | undefined;
let missing: string | undefined;
beforeAll(async () => {
  release = await lockPcsc(WAIT_FOR_OTHERS_MS);
  missing = missingTool(TOOLS);
  if (!missing) daemon = await startPcscd({ buildDir });
  if (daemon?.kind === 'unavailable') missing = daemon.reason;
  if (missing) console.warn(`OpenSC conformance is skipped: ${missing}`);
}, WAIT_FOR_OTHERS_MS + 20_000);
afterAll(async () => {
  await daemon?.stop();
  release?.();
  rmSync(dir, { recursive: true });
});

describe('OpenSC', () => {
  let fresh: CardData;
  let inserted: InsertedCard | undefined;
  const environment = { ...process.env, OPENSC_CONF: join(dir, 'opensc.conf'), HOME: dir };

  beforeAll(async () => {
    writeFileSync(environment.OPENSC_CONF, CONFIGURATION);
    writeFileSync(join(dir, 'f'), 'what is signed');
    const authority = await createAuthority(join(dir, 'authority'), { clock: () => Date.now() });
    const holder = {
      name: '見本　太郎',
      address: '東京都見本市中央１丁目２番３号',
      birthDate: civilDate.parse('1980-01-01'),
      sex: 'male',
    } as const;
    fresh = (await issueCard(authority, { holder, municipalityCode: '992011' })).card;
    for (const [name, pair] of [['1', fresh.authentication] as const, ['2', fresh.signature] as const]) {
      const certificate = new X509Certificate(Buffer.from(pair?.certificate ?? '', 'base64'));
      writeFileSync(join(dir, `pub${name}`), certificate.publicKey.export({ type: 'spki', format: 'pem' }));
    }
  });
  beforeEach(async (context) => {
    if (missing) context.skip(`no OpenSC conformance here: ${missing}`);
    await insert();
  });
  afterEach(() => inserted?.remove());

  /** a card with all its tries, changed as the test wants it */
  async function insert(changes: Partial<CardData> = {}): Promise<void> {
    await inserted?.remove();
    writeCardFile(cardFile, { ...fresh, ...changes });
    inserted = await insertCard({ cardFile, port: VPCD_PORTS[0] });
    await present();
  }
  /** pcscd notices a card within half a second; ask until it has */
  async function present(): Promise<void> {
    for (let asked = 0; asked < 40; asked++) {
      if (/^0 +Yes/m.test((await opensc('opensc-tool', '-l')).out)) return;
    }
    throw new Error('pcscd does not see the card');
  }
  const opensc = (tool: string, ...args: readonly string[]): Promise<Finished> =>
    run(tool, args, { env: environment, cwd: dir });
  const reader = ['--reader', '0'] as const;
  const verified = async (signature: string, hash: string, key: string): Promise<string> =>
    (await opensc('openssl', 'dgst', `-${hash}`, '-verify', `pub${key}`, '-signature', signature, 'f')).out;
  const counters = (): CardData['counters'] =>
    (JSON.parse(readFileSync(cardFile, 'utf8')) as CardData).counters;
  const certificateOf = (pem: string): string =>
    new X509Certificate(pem.slice(pem.indexOf('-----BEGIN'))).raw.toString('base64');

  it('1, 2: lists both readers and prints the ATR', async () => {
    const { out } = await opensc('opensc-tool', '-l');
    expect(out).toContain('Virtual PCD 00 00');
    expect(out).toContain('Virtual PCD 00 01');
    expect((await opensc('opensc-tool', '-a', '-r', '0')).out).toContain(
      '3b:88:80:01:00:00:41:e0:b3:81:a1:00:3b',
    );
  });

  it.each([CONTACT_ATR, OTHER_CONTACTLESS_ATR, BARE_ATR])(
    '3, 4: knows the card as jpki with ATR %s',
    async (atr) => {
      await insert({ atr });
      const withoutConfiguration = { ...process.env, HOME: dir };
      const probing = await run('opensc-tool', ['-n', '-r', '0'], { env: withoutConfiguration, cwd: dir });
      expect(probing.out.trim().split('\n').at(-1)).toBe('jpki');
      expect((await opensc('opensc-tool', '-c', 'jpki', '-n', '-r', '0')).out.trim()).toMatch(/jpki$/);
    },
  );

  it.each(['with', 'without'])('5: the whole JPKI tree, %s the configuration', async (configuration) => {
    const env = configuration === 'with' ? environment : { ...process.env, HOME: dir };
    const { code, out } = await run('pkcs15-tool', ['-D', ...reader], { env, cwd: dir });
    expect(code).toBe(0);
    expect([...out.matchAll(/Tries left +: (\d)/g)].map(([, tries]) => tries)).toEqual(['3', '5']);
    expect(out.match(/^Private RSA Key/gm)).toHaveLength(2);
    expect(out.match(/^Public RSA Key/gm)).toHaveLength(2);
    expect(out.match(/^X.509 Certificate/gm)).toHaveLength(4);
    for (const list of ['--list-pins', '--list-keys', '--list-certificates']) {
      expect((await run('pkcs15-tool', [list, ...reader], { env, cwd: dir })).code).toBe(0);
    }
  });

  it('6: three certificates without a PIN', async () => {
    const read = async (id: string) =>
      certificateOf((await opensc('pkcs15-tool', '--read-certificate', id, ...reader)).stdout);
    expect(await read('1')).toBe(fresh.authentication.certificate);
    expect(await read('3')).toBe(fresh.authenticationCa);
    expect(await read('4')).toBe(fresh.signatureCa);
  });

  it('7, 8: the signature certificate only after the password', async () => {
    expect((await opensc('pkcs15-tool', '--read-certificate', '2', ...reader)).code).not.toBe(0);
    const password = ['--verify-pin', '--auth-id', '02', '--pin', 'ABC123'];
    const { stdout } = await opensc('pkcs15-tool', '--read-certificate', '2', ...password, ...reader);
    expect(certificateOf(stdout)).toBe(fresh.signature?.certificate);
  });

  it('9: a wrong PIN counts down to blocked, and stays so when the card comes back', async () => {
    const wrong = () => opensc('pkcs15-tool', '--verify-pin', '--auth-id', '01', '--pin', '9999', ...reader);
    for (const left of [2, 1, 0]) {
      expect((await wrong()).out).toContain('PIN code or key incorrect');
      expect((await opensc('pkcs15-tool', '--list-pins', ...reader)).out).toContain(
        `Tries left     : ${left}`,
      );
    }
    expect((await wrong()).out).toContain('Reference data not usable');
    await inserted?.remove();
    inserted = await insertCard({ cardFile, port: VPCD_PORTS[0] });
    await present();
    expect((await wrong()).out).toContain('Reference data not usable');
    expect((await opensc('pkcs11-tool', '-L')).out).toContain('user PIN locked');
    expect(counters()).toEqual({ 'jpki-0018': 0 });
  });

  it('10, 11: two PKCS#11 slots with their objects', async () => {
    const { out } = await opensc('pkcs11-tool', '-L');
    expect(out).toContain('JPKI (User Authentication PIN)');
    expect(out).toContain('JPKI (Digital Signature PIN)');
    const objects = (await opensc('pkcs11-tool', '-O')).out;
    expect(objects).toContain('User Authentication Certificate');
    expect(objects).toContain('User Authentication Public Key');
    expect(objects).toContain('User Authentication Certificate CA');
  });

  it.each(['SHA1', 'SHA256', 'SHA384', 'SHA512'])('12, 13: both keys sign with %s', async (hash) => {
    for (const [slot, pin, id] of [['0', '1234', '1'] as const, ['1', 'ABC123', '2'] as const]) {
      const login = ['--slot-index', slot, '--login', '--pin', pin];
      const what = ['--sign', '-m', `${hash}-RSA-PKCS`, '--id', `0${id}`, '-i', 'f', '-o', `sig${id}`];
      expect((await opensc('pkcs11-tool', ...login, ...what)).code).toBe(0);
      expect(await verified(`sig${id}`, hash.toLowerCase(), id)).toContain('Verified OK');
    }
  });

  it('14: the signature certificate through PKCS#11', async () => {
    const login = ['--slot-index', '1', '--login', '--pin', 'ABC123'];
    await opensc(
      'pkcs11-tool',
      ...login,
      '--read-object',
      '--type',
      'cert',
      '--id',
      '02',
      '-o',
      'certificate',
    );
    expect(readFileSync(join(dir, 'certificate')).toString('base64')).toBe(fresh.signature?.certificate);
  });

  it('15: the self-test of pkcs11-tool finds no error', async () => {
    const { code, out } = await opensc(
      'pkcs11-tool',
      '--slot-index',
      '0',
      '--login',
      '--pin',
      '1234',
      '--test',
    );
    expect(out).toContain('No errors');
    expect(code).toBe(0);
  });

  it('16: a wrong PIN through PKCS#11', async () => {
    const login = ['--slot-index', '0', '--login', '--pin', '0000'];
    const { code, out } = await opensc(
      'pkcs11-tool',
      ...login,
      '--sign',
      '-m',
      'SHA256-RSA-PKCS',
      '-i',
      'f',
      '-o',
      'no',
    );
    expect(out).toContain('CKR_PIN_INCORRECT');
    expect(code).not.toBe(0);
    expect(counters()).toEqual({ 'jpki-0018': 2 });
  });

  it('17: pkcs15-crypt signs a digest', async () => {
    writeFileSync(join(dir, 'digest'), createHash('sha256').update('what is signed').digest());
    const what = [
      '-s',
      '--sha-256',
      '--pkcs1',
      '-k',
      '01',
      '--pin',
      '1234',
      '-i',
      'digest',
      '-o',
      'sig17',
      '-R',
    ];
    await opensc('pkcs15-crypt', ...what, ...reader);
    expect(await verified('sig17', 'sha256', '1')).toContain('Verified OK');
  });

  it('17 with the 署名用 key: its password, its counter, its signature', async () => {
    writeFileSync(join(dir, 'digest'), createHash('sha256').update('what is signed').digest());
    const key = ['-s', '--sha-256', '--pkcs1', '-k', '02', '-i', 'digest', '-R'];
    const wrong = ['--verify-pin', '--auth-id', '02', '--pin', 'WRONG123'];
    expect((await opensc('pkcs15-tool', ...wrong, ...reader)).out).toContain('PIN code or key incorrect');
    expect(counters()).toEqual({ 'jpki-001b': 4 });
    // the PIN of the other key opens nothing here
    const other = await opensc('pkcs15-crypt', ...key, '--pin', '1234', '-o', 'none', ...reader);
    expect([other.code === 0, existsSync(join(dir, 'none'))]).toEqual([false, false]);
    await opensc('pkcs15-crypt', ...key, '--pin', 'ABC123', '-o', 'sig17b', ...reader);
    expect(await verified('sig17b', 'sha256', '2')).toContain('Verified OK');
    expect(await verified('sig17b', 'sha256', '1')).not.toContain('Verified OK');
    expect(counters()['jpki-001b'] ?? 5).toBe(5);
  });

  it('18: ssh-keygen lists the keys', async () => {
    const module = ['x86_64', 'aarch64']
      .map((machine) => `/usr/lib/${machine}-linux-gnu/opensc-pkcs11.so`)
      .find(existsSync);
    const { out } = await opensc('ssh-keygen', '-D', module ?? 'opensc-pkcs11.so');
    expect(out.match(/^ssh-rsa /gm)).toHaveLength(3);
  });

  it('19: status words as scriptor sees them', async () => {
    const script: readonly (readonly [command: string, answer: RegExp])[] = [
      ['00 A4 00 00', /^6A 86/],
      [JPKI_AP, /^90 00/],
      ['00 A4 00 00', /^90 00/],
      ['00 A4 00 0C 02 3F 00', /^6A 82/],
      ['00 A4 04 0C 05 A0 00 00 00 03', /^6A 82/],
      ['00 B0 00 00 04', /^69 86/],
      ['00 A4 02 0C 02 12 34', /^6A 82/],
      ['00 B0 86 00 0F', /^4A 50 4B 49 41 50 49 43 43 54 4F 4B 45 4E 32 90 00/],
      ['00 B0 8A FF FF', /90 00/],
      ['00 B0 7F 00 04', /^6B 00/],
      ['00 B0 97 00 04', /^69 81/],
      ['00 B0 81 00 04', /^69 82/],
      ['00 20 00 98', /^63 C3/],
      ['00 20 00 97', /^6A 88/],
      ['80 2A 00 97 01 00 00', /^69 82/],
      ['00 20 00 98 04 30 30 30 30', /^63 C2/],
      ['00 20 00 98 04 31 32 33 34', /^90 00/],
      ['00 20 00 98', /^63 C3/],
      ['80 2A 06 97 01 00 00', /^6A 86/],
      ['80 2A 02 97 01 00 00', /^69 85/],
      ['08 A4 02 0C 02 00 0A', /^68 82/],
      ['0C B0 00 00 04', /^69 FC/],
      ['00 84 00 00 08', /^(.. ){8}90 00/],
      ['00 CA DF 30 05', /^6D 00/],
      ['00 A4 04 0C 03 D3 92 10', /^90 00/],
      ['00 A4 04 0C 0A D3 92 10 00 31 00 01 01 01 00', /^90 00/],
      ['00 B2 01 0C 00', /^01 1C (3. ){28}90 00/],
    ];
    writeFileSync(join(dir, 'script'), `${script.map(([command]) => command).join('\n')}\n`);
    const { out } = await opensc('scriptor', '-r', 'Virtual PCD 00 00', 'script');
    const answers = out
      .replaceAll(/\n(?=[0-9A-F]{2} )/g, '')
      .split('\n')
      .filter((line) => line.startsWith('< '));
    expect(answers).toHaveLength(script.length);
    script.forEach(([command, answer], index) => {
      expect(answers[index]?.slice(2), command).toMatch(answer);
    });
  });

  it('card-pulled-while-signing and -while-verifying: an error, no hang, and the card works when it is back', async () => {
    const login = ['--slot-index', '0', '--login', '--pin', '1234'];
    const what = ['--sign', '-m', 'SHA256-RSA-PKCS', '--id', '01', '-i', 'f', '-o', 'pulled'];
    for (const instruction of [0x2a, 0x20]) {
      inserted?.setFaults([{ kind: 'pull', when: { kind: 'instruction', instruction } }]);
      expect((await opensc('pkcs11-tool', ...login, ...what)).code).not.toBe(0);
      await insert();
      expect((await opensc('pkcs11-tool', ...login, ...what)).code).toBe(0);
      expect(await verified('pulled', 'sha256', '1')).toContain('Verified OK');
    }
  });

  it.each(['6f00', '90'])('an answer of "%s" ends in an error, not in a loop', async (hex) => {
    const bytes = Buffer.from(hex, 'hex');
    inserted?.setFaults([{ kind: 'replace', when: { kind: 'instruction', instruction: 0xb0 }, bytes }]);
    expect((await opensc('pkcs15-tool', '--read-certificate', '1', ...reader)).code).not.toBe(0);
  });

  it('a foreign card is not taken for a JPKI card', async () => {
    await insert({ kind: 'foreign' });
    const { out } = await run('opensc-tool', ['-n', '-r', '0'], {
      env: { ...process.env, HOME: dir },
      cwd: dir,
    });
    expect(out).not.toContain('jpki');
  });

  it('signs through a pcscd without the shim', async () => {
    await inserted?.remove();
    await daemon?.stop();
    daemon = await startPcscd();
    expect(daemon.kind).not.toBe('unavailable');
    await insert();
    const login = ['--slot-index', '0', '--login', '--pin', '1234'];
    await opensc(
      'pkcs11-tool',
      ...login,
      '--sign',
      '-m',
      'SHA256-RSA-PKCS',
      '--id',
      '01',
      '-i',
      'f',
      '-o',
      'slow',
    );
    expect(await verified('slow', 'sha256', '1')).toContain('Verified OK');
  });
});
