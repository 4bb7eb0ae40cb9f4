import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { hashStaffCode } from './visit/staffCode.ts';

const folder = mkdtempSync(join(tmpdir(), 'agent-config-'));
const enrolment = join(folder, 'enrolment.json');
const staffCode = join(folder, 'staff-code');
const PRIVATE = 'PRIVATE KEY of this kiosk';
const kiosk = {
  kioskId: 'kiosk-01',
  centerUrl: 'https://127.0.0.1:8443',
  certificate: 'c',
  privateKey: PRIVATE,
  serverCa: 'a',
  manifestKey: 'm',
};
writeFileSync(enrolment, JSON.stringify(kiosk));
writeFileSync(staffCode, await hashStaffCode('246810'));
const GOOD = {
  DATA_DIR: folder,
  KIOSK_ENROLMENT: enrolment,
  STAFF_CODE_FILE: staffCode,
  PRINTER_URL: 'ipp://127.0.0.1:8631/ipp/print',
  PAYMENT_URL: 'http://127.0.0.1:8701',
  STORE_NAME: '架空店',
  STORE_NUMBER: '0001',
  MACHINE_SERIAL: 'KSK-0001',
};

describe('configuration', () => {
  it('has a default for everything but the addresses of printer and terminal and the words of a receipt', () => {
    const config = readConfig(GOOD);
    expect(config).toMatchObject({ port: 8787, cardReader: null, demoNow: null, serviceMode: 'open' });
    expect(config.directory).toBe(join(folder, 'kiosk'));
    expect(config.store).toEqual({ name: '架空店', number: '0001', machineSerial: 'KSK-0001' });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it.each([
    ['KIOSK_PORT', '99999'],
    ['KIOSK_PORT', 'eighty'],
    ['PRINTER_URL', 'http://printer'],
    ['PAYMENT_URL', 'somewhere'],
    ['DEMO_NOW', 'yesterday'],
    ['KIOSK_ENROLMENT', join(folder, 'nowhere.json')],
    ['KIOSK_ENROLMENT', staffCode],
    ['STAFF_CODE_FILE', enrolment],
    ['STORE_NAME', 'とても長い店の名前'.repeat(10)],
  ])('%s=%s is refused by name, and no secret is told', (name, value) => {
    const attempt = () => readConfig({ ...GOOD, [name]: value });
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(name);
    expect(attempt).not.toThrow(PRIVATE);
  });

  it('names what is missing', () => {
    for (const name of ['PRINTER_URL', 'STORE_NAME', 'STORE_NUMBER', 'MACHINE_SERIAL']) {
      expect(() => readConfig({ ...GOOD, [name]: undefined })).toThrow(name);
    }
  });
});
