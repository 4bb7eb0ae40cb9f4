import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { kioskStatusRequest } from '#center/contract/kioskStatus.ts';
import { buildOf } from './build.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));
function folder(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'build-'));
  made.push(path);
  mkdirSync(join(path, 'visit'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

it('is the same for the same files wherever they lie, and another for one changed letter or name', () => {
  const files = { 'main.ts': 'a', 'visit/session.ts': 'b' };
  const one = buildOf([folder(files)]);
  expect(buildOf([folder(files)])).toBe(one);
  expect(buildOf([folder({ ...files, 'visit/session.test.ts': 'x' })])).toBe(one);
  expect(buildOf([folder({ ...files, 'main.ts': 'A' })])).not.toBe(one);
  expect(buildOf([folder({ 'main.ts': 'a', 'visit/other.ts': 'b' })])).not.toBe(one);
  expect(kioskStatusRequest.shape.build.parse(one)).toBe(one);
});
