import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { centerKeys } from '../../kiosks/centerKeys.ts';
import { exampleTemplates } from '../documents.fixture.ts';
import { openCertificateFont } from '../font.ts';
import { loadFonts } from '../fontFile.ts';
import { createRenderer, type RenderOutcome, type RenderRequest } from '../renderer.ts';
import type { DocumentSealer } from '../seal/documentSealer.ts';
import { warmUpRequests } from '../warmUp.ts';
import { startRenderPool } from '../workerPool.ts';
import { issuedFinish, requestOf } from './paper.fixture.ts';

const files = loadFonts();
const dataDir = mkdtempSync(join(tmpdir(), 'same-bytes-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

let seal: DocumentSealer;
beforeAll(async () => {
  seal = (await centerKeys(dataDir, Date.now())).documentSealer;
});

const sha256Of = (outcome: RenderOutcome): string => {
  if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
  return outcome.sha256;
};
const others: readonly RenderRequest[] = [
  requestOf(issuedFinish, 14, { issueNumber: '2222-3333-4444-5555' }),
  requestOf({ kind: 'plain' }, 2),
  requestOf({ ...issuedFinish, specimen: true }, 1),
];

describe('an issued document has the same bytes, seal and codes included', () => {
  it('again, and after others', () => {
    const render = createRenderer(openCertificateFont(files), { seal });
    const first = sha256Of(render(requestOf(issuedFinish)));
    expect(sha256Of(render(requestOf(issuedFinish)))).toBe(first);
    for (const other of others) expect(sha256Of(render(other))).not.toBe(first);
    expect(sha256Of(render(requestOf(issuedFinish)))).toBe(first);
  });

  it('in a worker, and in another process', async () => {
    const here = sha256Of(createRenderer(openCertificateFont(files), { seal })(requestOf(issuedFinish)));
    const warmUp = warmUpRequests(exampleTemplates, undefined, 'issued');
    const pool = startRenderPool({ font: files, seal, warmUp, workers: 1 });
    try {
      for (const other of others) await pool.render(other);
      expect(sha256Of(await pool.render(requestOf(issuedFinish)))).toBe(here);
    } finally {
      await pool.close();
    }
    const script = new URL('./renderIssuedOnce.fixture.ts', import.meta.url).pathname;
    const args = ['--import', 'tsx', script, dataDir];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' }).trim()).toBe(here);
  }, 60_000);

  it('but not under another number, date or seal', async () => {
    const font = openCertificateFont(files);
    const render = createRenderer(font, { seal });
    const other = mkdtempSync(join(tmpdir(), 'same-bytes-other-'));
    const { documentSealer } = await centerKeys(other, Date.now());
    rmSync(other, { recursive: true });
    const variants = [
      render(requestOf(issuedFinish)),
      render(requestOf(issuedFinish, 4, { issueNumber: '7K3M-9QXA-2B4C-D5EG' })),
      render({
        ...requestOf(issuedFinish),
        issueDate: requestOf(issuedFinish).issueDate.replace('-21', '-22') as never,
      }),
      createRenderer(font, { seal: documentSealer })(requestOf(issuedFinish)),
    ].map(sha256Of);
    expect(new Set(variants).size).toBe(variants.length);
  });
});
