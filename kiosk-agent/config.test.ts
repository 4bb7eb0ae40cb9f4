import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { hashStaffCode } from './visit/staffCode.ts';

const folder = mkdtempSync(join(tmpdir(), 'agent-config-'));
const files = {
  KIOSK_ENROLMENT: join(folder, 'enrolment.json'),
  STAFF_CODE_FILE: join(folder, 'staff-code'),
};
const given = { ...files, PRINTER_URL: 'ipp://127.0.0.1:1/ipp/print', PAYMENT_URL: 'http://127.0.0.1:2' };

beforeAll(async () => {
  writeFileSync(files.STAFF_CODE_FILE, await hashStaffCode('24681357', Buffer.alloc(16, 7)));
  const enrolment = {
    kioskId: 'store-1',
    centerUrl: 'https://localhost:1',
    certificate: 'certificate',
    privateKey: 'key',
    serverCa: 'ca',
    manifestKey: 'key',
  };
  writeFileSync(files.KIOSK_ENROLMENT, JSON.stringify(enrolment));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the agent configuration: times of a visit', () => {
  it('without the variable every time is the default', () => {
    expect(readConfig(given).visitSettings?.stillThereAfterMs).toBe(45_000);
  });

  it('one time is set, the others keep their defaults', () => {
    const config = readConfig({ ...given, VISIT_SETTINGS: '{"stillThereForMs":2000}' });
    expect(config.visitSettings).toMatchObject({ stillThereForMs: 2_000, stillThereAfterMs: 45_000 });
  });

  it.each([
    ['not JSON', 'soon'],
    ['a name that does not exist', '{"stillThereAfter":1}'],
    ['no time at all', '{"stillThereAfterMs":0}'],
    ['a list', '[]'],
  ])('%s stops the start and names the variable', (_what, text) => {
    const read = () => readConfig({ ...given, VISIT_SETTINGS: text });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow('VISIT_SETTINGS');
  });
});
