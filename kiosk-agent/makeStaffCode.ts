/**
 * `npm run kiosk:staff-code`: reads a store code (6 to 12 digits) from standard input and writes its hash to
 * STAFF_CODE_FILE (else DATA_DIR/kiosk/staff-code). The code itself is written nowhere.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { hashStaffCode } from './visit/staffCode.ts';

const file =
  process.env.STAFF_CODE_FILE ?? join(resolve(process.env.DATA_DIR ?? '.data'), 'kiosk', 'staff-code');
const lines = createInterface({ input: process.stdin, output: process.stderr });
const code = (await lines.question('store code (6 to 12 digits): ')).trim();
lines.close();
try {
  const line = await hashStaffCode(code);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${line}\n`, { mode: 0o600 });
  process.stderr.write(`written: ${file}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
