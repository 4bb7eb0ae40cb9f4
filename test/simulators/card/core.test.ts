import {
  constants,
  createHash,
  createPublicKey,
  publicDecrypt,
  verify as verifySignature,
} from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { civilDate } from '#templates/vocabulary.ts';
import { createAuthority } from '#simulators/authority/authority.ts';
import { issueCard } from '#simulators/authority/issueCard.ts';
import { readCardFile, writeCardFile, type CardData } from './cardFile.ts';
import { createCard, type VirtualCard } from './core.ts';
import { elementAt, elements } from './tlv.ts';

const JPKI = '00A4040C0A D392F000260100000001';
const TEXT = '00A4040C0A D3921000310001010408';
const VISUAL = '00A4040C0A D3921000310001010402';
const COMMON = '00A4040C0A D3921000310001010100';
const RESIDENT = '00A4040C0A D3921000310001010401';
const OK = '9000';
const INDIVIDUAL_NUMBER = '123456789018';

let dir: string;
let issued: CardData;
let stored: CardData[];
let card: VirtualCard;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'card-core-'));
  const authority = await createAuthority(join(dir, 'authority'), { clock: () => Date.UTC(2026, 10, 21) });
  const holder = {
    name: '見本　太郎',
    address: '東京都見本市中央１丁目２番３号',
    birthDate: civilDate.parse('1980-02-17'),
    sex: 'male',
  } as const;
  const order = { holder, municipalityCode: '992011', securityCode: '2285', cardSerial: '000000000000042' };
  const expiry = civilDate.parse('2035-02-17');
  issued = (await issueCard(authority, { ...order, expiry, individualNumber: INDIVIDUAL_NUMBER })).card;
});
afterAll(() => rmSync(dir, { recursive: true }));
beforeEach(() => insert());

function insert(changes: Partial<CardData> = {}): void {
  stored = [];
  card = createCard({ ...issued, ...changes }, (changed) => stored.push(changed));
}

const raw = (hex: string): Buffer => card.apdu(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const send = (hex: string): string => raw(hex).toString('hex').toUpperCase();
const data = (hex: string): Buffer => raw(hex).subarray(0, -2);
const ascii = (text: string): string => Buffer.from(text).toString('hex');
const verifyCommand = (p2: string, value: string): string =>
  `002000${p2} ${value.length.toString(16).padStart(2, '0')} ${ascii(value)}`;
const lastCounters = (): CardData['counters'] | undefined => stored.at(-1)?.counters;

describe('selection', () => {
  it('takes every application by name, an unknown one is 6A82 and changes nothing', () => {
    for (const name of [TEXT, VISUAL, COMMON, RESIDENT, '00A4040C07 A0000001510000', JPKI])
      expect(send(name)).toBe(OK);
    expect(send('00A4020C02 0018')).toBe(OK);
    expect(send('00A4040C05 A000000003')).toBe('6A82');
    expect(send('00200080')).toBe('63C3');
  });

  it('takes a prefix of a name', () => {
    expect(send('00A4040C04 D392F000')).toBe(OK);
    expect(send('00200098')).toBe('63C3');
    expect(send('00A4040C0B D392F00026010000000100')).toBe('6A82');
    expect(send('00A4040C')).toBe('6A82');
  });

  it('SELECT MF is 6A86 after reset, 9000 without effect in an application, 3F00 is 6A82', () => {
    expect(send('00A40000')).toBe('6A86');
    send(JPKI);
    send('00A4020C02 0006');
    expect(send('00A40000')).toBe(OK);
    expect(send('00B0000004')).toBe('4A504B499000');
    expect(send('00A4000C02 3F00')).toBe('6A82');
    expect(send('00A4000002 3F00')).toBe('6A82');
    expect(send('00A4030C')).toBe('6A86');
  });

  it('a file that is not there, a file without application, a wrong length', () => {
    expect(send('00A4020C02 0018')).toBe('6A82');
    send(JPKI);
    for (const absent of ['0005', '0009', '0010', '0016', '0019', '001C', '001E', '1234']) {
      expect(send(`00A4020C02 ${absent}`)).toBe('6A82');
    }
    expect(send('00A4020C01 00')).toBe('6700');
  });
});

describe('reading', () => {
  beforeEach(() => void send(JPKI));

  it('token information has 160 bytes and the label', () => {
    const file = data('00B0860000');
    expect(file.length).toBe(160);
    expect(file.subarray(0, 32).toString().trim()).toBe('JPKIAPICCTOKEN2');
    expect(file.subarray(96, 124).toString('hex')).toBe(
      '0000040d000000010000000000000001000000000000001000000006',
    );
  });

  it('the certificate in chunks, clipped at its end, 6B00 behind it', () => {
    const certificate = Buffer.from(issued.authentication.certificate, 'base64');
    const chunks = Array.from({ length: Math.ceil(certificate.length / 256) }, (_, index) => {
      if (index === 0) send('00A4020C02 000A');
      return data(`00B0${index.toString(16).padStart(2, '0')}0000`);
    });
    expect(Buffer.concat(chunks)).toEqual(certificate);
    const end = certificate.length.toString(16).padStart(4, '0');
    expect(send(`00B0${end}01`)).toBe('6B00');
    expect(send('00B07FFF01')).toBe('6B00');
  });

  it('filler after the certificate', () => {
    insert({ certificateFiller: 20 });
    send(JPKI);
    send('00A4020C02 000A');
    const length = Buffer.from(issued.authentication.certificate, 'base64').length;
    expect(data(`00B0${length.toString(16).padStart(4, '0')}00`).toString('hex')).toBe('ff'.repeat(20));
  });

  it('a short identifier makes its file the current one', () => {
    expect(send('00B0880003')).toBe('8F8F009000');
    expect(send('00B0000103')).toBe('8F009000');
    expect(send('00B0850001')).toBe('6A82');
    expect(send('00B0E60001')).toBe('6A86');
  });

  it('refusals: no file, key, PIN, no Le, not opened', () => {
    expect(send('00B0000004')).toBe('6986');
    expect(send('00B0970004')).toBe('6981');
    expect(send('00B0980004')).toBe('6981');
    expect(send('00B08A00')).toBe('6700');
    expect(send('00B0810004')).toBe('6982');
    expect(send('00B20104 00')).toBe('6981');
  });

  it('the signature certificate opens with the password only, until the application is selected again', () => {
    expect(send(verifyCommand('98', '1234'))).toBe(OK);
    expect(send('00B0810004')).toBe('6982');
    expect(send(verifyCommand('9B', 'ABC123'))).toBe(OK);
    expect(send('00B0810002')).toBe('30829000');
    send(JPKI);
    expect(send('00B0810002')).toBe('6982');
  });

  it('without a signature certificate: 0008 says so, 0001 and 001A are absent, 001B still counts', () => {
    insert({ signature: null });
    send(JPKI);
    expect(send('00B0880003')).toBe('008F009000');
    expect(send('00A4020C02 0001')).toBe('6A82');
    expect(send('00A4020C02 001A')).toBe('6A82');
    expect(send('0020009B')).toBe('63C5');
  });
});

describe('PINs', () => {
  beforeEach(() => void send(JPKI));

  it('count down to blocked, each try stored before its answer', () => {
    send('00A4020C02 0018');
    expect(send('00200080')).toBe('63C3');
    expect(send(verifyCommand('80', '0000'))).toBe('63C2');
    expect(lastCounters()).toEqual({ 'jpki-0018': 2 });
    expect(send(verifyCommand('80', '0000'))).toBe('63C1');
    expect(send(verifyCommand('80', '0000'))).toBe('63C0');
    expect(send('00200080')).toBe('63C0');
    expect(send(verifyCommand('80', '1234'))).toBe('6984');
    expect(lastCounters()).toEqual({ 'jpki-0018': 0 });
  });

  it('stay counted over reset and a new card process', () => {
    const path = join(dir, 'card.json');
    writeCardFile(path, issued);
    const start = () => createCard(readCardFile(path), (changed) => writeCardFile(path, changed));
    card = start();
    send(JPKI);
    send(verifyCommand('98', '9999'));
    card.reset();
    send(JPKI);
    expect(send('00200098')).toBe('63C2');
    card = start();
    send(JPKI);
    expect(send('00200098')).toBe('63C2');
    expect(send(verifyCommand('98', '1234'))).toBe(OK);
    card = start();
    send(JPKI);
    expect(send('00200098')).toBe('63C3');
  });

  it('a try that could not be stored is 6581 and not spent, nor is a success believed', () => {
    card = createCard(issued, () => {
      throw new Error('disk full');
    });
    send(JPKI);
    expect(send(verifyCommand('98', '9999'))).toBe('6581');
    expect(send('00200098')).toBe('63C3');
  });

  it('the counter question answers 63Cx after success too and keeps the verification', () => {
    expect(send(verifyCommand('98', '1234'))).toBe(OK);
    expect(send('00200098')).toBe('63C3');
    expect(send('802A0097 01 00 00')).toMatch(/9000$/);
  });

  it('a wrong value takes the verification back', () => {
    send(verifyCommand('98', '1234'));
    expect(send(verifyCommand('98', '1235'))).toBe('63C2');
    expect(send('802A0097 01 00 00')).toBe('6982');
  });

  it('lengths: a short PIN costs a try, more than 16 bytes are refused without cost', () => {
    expect(send(verifyCommand('98', '123'))).toBe('63C2');
    expect(send(verifyCommand('98', '1'.repeat(17)))).toBe('6700');
    expect(send('0020009800')).toBe('6700');
    expect(send('00200098')).toBe('63C2');
  });

  it('wrong reference, no reference, wrong parameters', () => {
    expect(send('00200080')).toBe('6A88');
    expect(send('00200097')).toBe('6A88');
    expect(send('00200099')).toBe('6A88');
    expect(send('00200018')).toBe('6A86');
    expect(send('00200198')).toBe('6A86');
    expect(send('002000F8')).toBe('6A86');
  });

  it('five tries of the password, independent of the PIN; case matters', () => {
    expect(send(verifyCommand('9B', 'abc123'))).toBe('63C4');
    expect(send('00200098')).toBe('63C3');
    expect(send(verifyCommand('9B', 'ABC123'))).toBe(OK);
    expect(send('0020009B')).toBe('63C5');
  });

  it('a new PIN after VERIFY, in its format, stored', () => {
    expect(send('00240198 04 34333231')).toBe('6982');
    send(verifyCommand('98', '1234'));
    expect(send('00240198 03 343332')).toBe('6985');
    expect(send('00240098 04 34333231')).toBe('6A86');
    expect(send('00240198 04 34333231')).toBe(OK);
    expect(stored.at(-1)?.pins.authentication).toBe('4321');
    send(JPKI);
    expect(send(verifyCommand('98', '4321'))).toBe(OK);
  });
});

describe('signing', () => {
  const message = Buffer.from('what is signed');
  const digest = createHash('sha256').update(message).digest();
  const digestInfo = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), digest]);
  const publicKey = () => createPublicKey(issued.authentication.key);
  const command = (p1: string, input: Buffer): string =>
    `802A${p1}97 ${input.length.toString(16).padStart(2, '0')} ${input.toString('hex')} 00`;
  const opened = (signature: Buffer): string =>
    publicDecrypt({ key: publicKey(), padding: constants.RSA_PKCS1_PADDING }, signature).toString('hex');
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  beforeEach(() => {
    send(JPKI);
    send(verifyCommand('98', '1234'));
  });

  it('P1 00 pads what it gets', () => {
    const signature = data(command('00', digestInfo));
    expect(signature.length).toBe(256);
    expect(verifySignature('sha256', message, publicKey(), signature)).toBe(true);
    expect(opened(data(command('00', Buffer.from('hi'))))).toBe(ascii('hi'));
    expect(send(command('00', Buffer.alloc(245, 1)))).toMatch(/9000$/);
    expect(send(command('00', Buffer.alloc(246, 1)))).toBe('6985');
  });

  it('P1 00 through the selected key file, as every public reader does', () => {
    expect(send('00A4020C02 0017')).toBe(OK);
    const signature = data(`802A0080 33 ${digestInfo.toString('hex')} 00`);
    expect(verifySignature('sha256', message, publicKey(), signature)).toBe(true);
  });

  it('P1 01 hashes and pads the bare hash', () => {
    expect(opened(data(command('01', message)))).toBe(digest.toString('hex'));
  });

  it('P1 02 wraps a hash, P1 03 hashes and wraps', () => {
    expect(verifySignature('sha256', message, publicKey(), data(command('02', digest)))).toBe(true);
    expect(verifySignature('sha256', message, publicKey(), data(command('03', message)))).toBe(true);
    expect(send(command('02', message))).toBe('6985');
  });

  it('P1 04 and 05 sign with PSS and a salt of its own each time', () => {
    const signatures = [command('04', digest), command('05', message), command('05', message)].map(data);
    for (const signature of signatures) {
      expect(verifySignature('sha256', message, { key: publicKey(), ...pss }, signature)).toBe(true);
    }
    expect(signatures[1]).not.toEqual(signatures[2]);
    expect(send(command('04', message))).toBe('6985');
  });

  it('refusals: P1 06, not a key, the other key, no Le, no data', () => {
    expect(send(command('06', digest))).toBe('6A86');
    expect(send('802A0098 01 00 00')).toBe('6A88');
    expect(send('802A009A 01 00 00')).toBe('6982');
    expect(send('802A0097 01 00')).toBe('6700');
    expect(send('802A009700')).toBe('6985');
    expect(send('002A0097 01 00 00')).toBe('6D00');
  });

  it('the signature key after its password, several times', () => {
    send(verifyCommand('9B', 'ABC123'));
    const key = createPublicKey(issued.signature?.key ?? '');
    for (let time = 0; time < 2; time++) {
      const signature = data(`802A009A 33 ${digestInfo.toString('hex')} 00`);
      expect(verifySignature('sha256', message, key, signature)).toBe(true);
    }
  });

  it('reset drops the verification', () => {
    card.reset();
    send(JPKI);
    expect(send(command('02', digest))).toBe('6982');
  });
});

describe('class, instruction and length', () => {
  it.each([
    ['01A4040C', '6881'],
    ['03B0000004', '6881'],
    ['08A4020C020006', '6882'],
    ['0CA4020C020006', '6882'],
    ['0CB0000004', '69FC'],
    ['0820008004 31323334', '69FC'],
    ['10A4020C020006', '6E00'],
    ['90A40000', '6E00'],
    ['04B0000004', '6E00'],
    ['00CADF3005', '6D00'],
    ['80A40000', '6D00'],
    ['00A404', '6700'],
    ['00A4040C0A D392', '6700'],
    ['00B00000 00 0002 00', '6700'],
    ['00840000', '6700'],
    ['0084000100', '6A86'],
    ['00840000 000010', '6985'],
  ])('%s is %s', (command, statusWord) => {
    send(JPKI);
    expect(send(command)).toBe(statusWord);
  });

  it('GET CHALLENGE gives as many random bytes as asked', () => {
    expect(data('0084000008').length).toBe(8);
    expect(data('0084000000').length).toBe(256);
    expect(data('0084000008')).not.toEqual(data('0084000008'));
  });
});

describe('共通カードAP and 住基AP', () => {
  it('give serial, 市区町村コード and expiry without any PIN', () => {
    send(COMMON);
    send('00A4020C02 0001');
    const record = data('00B2010400');
    expect(record.toString('hex').slice(0, 4)).toBe('011c');
    expect(record.subarray(2).toString()).toBe('000000000000042' + '99201' + '20350217');
    expect(data('00B2010C00')).toEqual(record);
    expect(send('00B2020C00')).toBe('6A83');
    expect(send('00B2010D00')).toBe('6A86');
    expect(send('00B0810004')).toBe('6981');
    expect(send('0020009C')).toBe('63C3');
  });

  it('authenticate the card, but not with a signing key', () => {
    send(COMMON);
    const challenge = data('0084000008');
    const answer = data(`00880099 08 ${challenge.toString('hex')} 00`);
    const key = createPublicKey(issued.issuerData.deviceKey);
    expect(publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, answer)).toEqual(challenge);
    expect(send('0088009C 01 00 00')).toBe('6A88');
    send(JPKI);
    expect(send('00880097 01 00 00')).toBe('6985');
    send(RESIDENT);
    expect(data('00B2011400').length).toBe(16);
    expect(send(verifyCommand('9C', '1234'))).toBe(OK);
  });
});

describe('券面事項入力補助AP', () => {
  beforeEach(() => void send(TEXT));

  it('opens the individual number with the PIN or 照合番号A, the basic items with the PIN or 照合番号B', () => {
    expect(send('00B0810000')).toBe('6982');
    send(verifyCommand('95', '55021720352285'));
    expect(send('00B0810000')).toBe('6982');
    expect(data('00B0820000').toString('utf8')).toContain('見本　太郎');
    send(TEXT);
    send(verifyCommand('94', INDIVIDUAL_NUMBER));
    expect(send('00B0820000')).toBe('6982');
    expect(data('00B0810000').toString('hex')).toBe(`ff100c${ascii(INDIVIDUAL_NUMBER)}ffff`);
    send(TEXT);
    send(verifyCommand('91', '1234'));
    expect(send('00B0810000')).toMatch(/9000$/);
    expect(send('00B0820000')).toMatch(/9000$/);
  });

  it('signs the digests of both with the key of the card-verifiable certificate', () => {
    send(verifyCommand('91', '1234'));
    const basicItems = data('00B0820000');
    send('00A4020C02 0003');
    const file = Buffer.concat([data('00B0000000'), data('00B0010000')]);
    expect(file.length).toBe(336);
    const [first, second, signature] = elements(elementAt(file, 0).value);
    expect(first?.value).toEqual(createHash('sha256').update(data('00B0810000')).digest());
    const fromName = basicItems.subarray(basicItems.indexOf(Buffer.of(0xdf, 0x22)));
    expect(second?.value).toEqual(createHash('sha256').update(fromName).digest());
    const signed = Buffer.concat([first?.whole ?? Buffer.alloc(0), second?.whole ?? Buffer.alloc(0)]);
    expect(verifySignature('sha256', signed, certifiedKey(), signature?.value ?? Buffer.alloc(0))).toBe(true);
  });

  /** the public key of EF 0004 */
  function certifiedKey() {
    send('00A4020C02 0004');
    const certificate = Buffer.concat([data('00B0000000'), data('00B0010000'), data('00B0020000')]);
    expect(certificate.length).toBe(568);
    const [body] = elements(elementAt(certificate, 0).value);
    const [, modulus] = elements((body?.value ?? Buffer.alloc(0)).subarray(32));
    const n = modulus?.value.toString('base64url');
    return createPublicKey({ key: { kty: 'RSA', e: 'AQAB', n }, format: 'jwk' });
  }

  it('has the header with lengths longer than needed, ten tries, and one reference nobody can use', () => {
    expect(data('00B0850005').toString('hex')).toBe('ff4082009f');
    expect(data('00B0850000').length).toBe(164);
    expect(data('00B0880000').toString('hex')).toBe('ff'.repeat(16));
    expect(send('00200094')).toBe('63CA');
    expect(send('00200095')).toBe('63CA');
    expect(send('00200092')).toBe('63C0');
    expect(send(verifyCommand('92', '1234'))).toBe('6984');
    expect(send('802A0000 01 00 00')).toBe('6A88');
    send('00A4020C02 0013');
    expect(send('802A0000 01 00 00')).toMatch(/9000$/);
  });
});

describe('券面事項確認AP', () => {
  it('opens by 照合番号 and 生年月日, and its offsets hit their tags', () => {
    send(VISUAL);
    expect(send('00B0810000')).toBe('6982');
    expect(send(verifyCommand('91', '550217'))).toBe(OK);
    expect(data('00B0810000').subarray(0, 2).toString('hex')).toBe('ff10');
    expect(send('00B0820000')).toBe('6982');
    send(verifyCommand('92', '55021720352285'));
    send('00A4020C02 0002');
    const size = 5 + data('00B0000005').readUInt16BE(3);
    const chunks = Array.from({ length: Math.ceil(size / 256) }, (_, i) =>
      data(`00B0${i.toString(16).padStart(2, '0')}0000`),
    );
    const file = Buffer.concat(chunks);
    const [table, ...items] = elements(elementAt(file, 0).value);
    const offsets = items.map((_, index) => table?.value.readUInt16BE(index * 2) ?? 0);
    expect(offsets.map((offset) => file.readUInt16BE(offset))).toEqual(items.map(({ tag }) => tag));
    expect(items.map(({ tag }) => tag)).toContain(0xdf2a);
    expect(send('00B0850000')).toBe('6982');
    send(verifyCommand('93', INDIVIDUAL_NUMBER));
    expect(send('00B0850004')).toMatch(/9000$/);
  });
});

describe('other cards', () => {
  it.each([
    ['juki', 'JPKIAPICCTOKEN'],
    ['android', 'JPKIAPGPSETOKEN'],
    ['iphone', 'JPKIAPIOSTOKEN'],
  ] as const)('%s has the label %s and no 券面事項入力補助AP', (kind, label) => {
    insert({ kind });
    expect(send(TEXT)).toBe('6A82');
    expect(send(JPKI)).toBe(OK);
    expect(data('00B0860020').toString().trim()).toBe(label);
  });

  it('a foreign card has none of it', () => {
    insert({ kind: 'foreign' });
    expect(send(JPKI)).toBe('6A82');
    expect(send('00A4020C02 000A')).toBe('6A82');
  });

  it('a file that is no card is refused with the names of its fields only', () => {
    const path = join(dir, 'broken.json');
    writeCardFile(path, { ...issued, pins: { ...issued.pins, authentication: 'secret' } });
    expect(() => readCardFile(path)).toThrow(/wrong: pins.authentication/);
    expect(() => readCardFile(path)).not.toThrow(/secret/);
    expect(() => readCardFile(join(dir, 'absent.json'))).toThrow(/cannot read/);
  });
});
