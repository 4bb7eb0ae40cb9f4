/** Where the page of the 利用登録 may speak to, and that the verification page beside it may not. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME_AGENT_ORIGIN } from '#center/contract/homeAgent.ts';
import { startHarness, type Harness } from '../harness.ts';
import { publicAppOf } from '../publicApp.ts';

const folder = mkdtempSync(join(tmpdir(), 'apply-page-'));
let center: Harness;
let app: FastifyInstance;
beforeAll(async () => {
  for (const page of ['verify', 'apply']) {
    mkdirSync(join(folder, page, 'assets'), { recursive: true });
    writeFileSync(join(folder, page, 'index.html'), `<!doctype html><title>${page}</title>`);
    writeFileSync(join(folder, page, 'assets/page-1.js'), `// ${page}`);
  }
  center = await startHarness();
  app = await publicAppOf(center, {
    pageDir: join(folder, 'verify'),
    applyPageDir: join(folder, 'apply'),
    applying: () => center.deps,
  });
});
afterAll(async () => {
  await app.close();
  await center.close();
  rmSync(folder, { recursive: true });
});

const get = (url: string) => app.inject({ method: 'GET', url });
const policyOf = ({ headers }: Awaited<ReturnType<typeof get>>) => String(headers['content-security-policy']);

describe('the page of the 利用登録', () => {
  it('stands under /apply/, asked for every time, its files kept', async () => {
    expect((await get('/apply')).headers.location).toBe('/apply/');
    const page = await get('/apply/');
    expect([page.statusCode, page.body]).toEqual([200, '<!doctype html><title>apply</title>']);
    expect(page.headers['cache-control']).toBe('no-cache');
    expect((await get('/apply/assets/page-1.js')).headers['cache-control']).toContain('immutable');
  });

  it('may speak to the home agent, be in no frame, send no form, keep no cookie', async () => {
    const page = await get('/apply/');
    expect(policyOf(page)).toContain(`connect-src 'self' ${HOME_AGENT_ORIGIN};`);
    for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "form-action 'none'"])
      expect(policyOf(page)).toContain(rule);
    expect(policyOf(page)).not.toMatch(/unsafe|\*/);
    expect(page.headers['set-cookie']).toBeUndefined();
    expect(page.headers['referrer-policy']).toBe('no-referrer');
  });

  it('leaves the verification page where it was', async () => {
    const page = await get('/');
    expect(page.body).toContain('verify');
    expect(policyOf(page)).not.toContain(HOME_AGENT_ORIGIN);
  });
});
