/** Issued documents for tests of the paper: a fictional municipality's key, a center's seal, documents of several fronts. */
import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { centerKeys } from '../../kiosks/centerKeys.ts';
import { exampleOrder, exampleTemplates, householdOf, MIHON } from '../documents.fixture.ts';
import type { RenderRequest } from '../renderer.ts';
import { composeRequest, type DocumentOrder } from '../request.ts';
import type { DocumentSealer } from '../seal/documentSealer.ts';
import type { Finish, IssuedFinish } from './finish.ts';

/** RFC 8032, 7.1, test 1: a key everybody knows, so that a document signed with it says nothing. */
const SECRET = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const PKCS8_ED25519 = '302e020100300506032b657004220420';

export const issuedFinish: IssuedFinish = {
  kind: 'issued',
  municipality: MIHON,
  municipalityName: '架空県みほん市',
  kindId: 'resident-record-copy',
  frontKey: {
    id: '992011-test',
    key: createPrivateKey({ key: Buffer.from(PKCS8_ED25519 + SECRET, 'hex'), format: 'der', type: 'pkcs8' }),
  },
  verificationUrl: 'https://verify.example.jp/v',
};

/** A request of the example municipality; `persons` fill four to a front. */
export function requestOf(
  finish: Finish,
  persons = 4,
  changes: Partial<Omit<DocumentOrder, 'value'>> = {},
): RenderRequest {
  const order = { ...exampleOrder(changes), value: householdOf(persons) };
  const composed = composeRequest(exampleTemplates, order);
  if (composed.kind !== 'composed') throw new Error(composed.kind);
  return { ...composed.request, finish };
}

export interface TestSeal {
  readonly sealer: DocumentSealer;
  /** PEM */
  readonly caCertificate: string;
}

/** A center's seal; its folder is gone when this returns. */
export async function testSeal(): Promise<TestSeal> {
  const folder = mkdtempSync(join(tmpdir(), 'test-seal-'));
  try {
    const keys = await centerKeys(folder, Date.now());
    return { sealer: keys.documentSealer, caCertificate: keys.caCertificate };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const work = mkdtempSync(join(tmpdir(), 'paper-test-'));
process.once('exit', () => rmSync(work, { recursive: true, force: true }));

/** Runs a tool on the file as its last argument but `after`; standard output, latin1 when `binary`. */
export function tool(
  command: string,
  args: readonly string[],
  bytes: Uint8Array,
  { after = [], binary = false }: { readonly after?: readonly string[]; readonly binary?: boolean } = {},
): string {
  const path = join(work, `${createHash('sha256').update(bytes).digest('hex')}.pdf`);
  writeFileSync(path, bytes);
  const output = execFileSync(command, [...args, path, ...after], { maxBuffer: 64 * 1024 * 1024 });
  return output.toString(binary ? 'latin1' : 'utf8');
}

/** Grey values of pixels, 0 is black, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly grey: Float64Array;
}

/** Part of a page as poppler draws it; pixels from the upper left corner. */
export function pictureOf(
  bytes: Uint8Array,
  page: number,
  dpi: number,
  [x, y, width, height]: readonly [number, number, number, number],
): Picture {
  const area = ['-x', x, '-y', y, '-W', width, '-H', height];
  const args = ['-gray', '-r', dpi, '-f', page, '-l', page, ...area, '-singlefile'].map(String);
  const pgm = Buffer.from(tool('pdftoppm', args, bytes, { binary: true }), 'latin1');
  const grey = pgm.subarray(pgm.length - width * height);
  return { width, height, grey: Float64Array.from(grey, (value) => value / 255) };
}
