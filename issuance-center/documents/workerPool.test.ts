import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { exampleOrder, exampleTemplates, householdOf } from './documents.fixture.ts';
import { openCertificateFont } from './font.ts';
import { loadFonts } from './fontFile.ts';
import { createRenderer, type RenderOutcome, type RenderRequest } from './renderer.ts';
import { composeRequest } from './request.ts';
import { warmUpRequests } from './warmUp.ts';
import { startRenderPool, type PoolOptions, type RenderPool } from './workerPool.ts';

const font = loadFonts();
const warmUp = warmUpRequests(exampleTemplates);
let pool: RenderPool | undefined;
afterEach(() => pool?.close());

function start(options: Partial<PoolOptions> = {}): RenderPool {
  pool = startRenderPool({ font, warmUp, workers: 1, ...options });
  return pool;
}

function requestFor(requestId: string, name: string): RenderRequest {
  const value = householdOf(1, () => ({ name }));
  const composed = composeRequest(exampleTemplates, exampleOrder({ requestId, value }));
  if (composed.kind !== 'composed') throw new Error(composed.kind);
  return composed.request;
}

const sha256Of = (outcome: RenderOutcome): string => {
  if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
  return outcome.sha256;
};

describe('documents made in workers', () => {
  it('are the bytes of this thread and of a fresh process, whoever was served before: 辻, 辻+U+E0103', async () => {
    const { render } = start({ workers: 2 });
    const names = Array.from({ length: 24 }, (_, n) => (n % 3 === 1 ? '辻\u{E0103}' : '辻'));
    const outcomes = await Promise.all(names.map((name, n) => render(requestFor(`r${n}`, name))));
    expect(outcomes.map(({ requestId }) => requestId)).toEqual(names.map((_, n) => `r${n}`));
    const here = createRenderer(openCertificateFont(font));
    const expected = new Map(
      ['辻', '辻\u{E0103}'].map((name) => [name, sha256Of(here(requestFor('here', name)))]),
    );
    expect(outcomes.map(sha256Of)).toEqual(names.map((name) => expected.get(name)));
    const script = new URL('./renderOnce.fixture.ts', import.meta.url).pathname;
    const fresh = execFileSync(process.execPath, ['--import', 'tsx', script, '辻\u{E0103}'], {
      encoding: 'utf8',
    });
    expect(fresh.trim()).toBe(expected.get('辻\u{E0103}'));
  });

  it('arrive as bytes of their own, and a refusal arrives as one', async () => {
    const { render } = start();
    const outcome = await render(requestFor('a', '見本　太郎'));
    if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
    expect(Buffer.from(outcome.bytes.subarray(0, 8)).toString('latin1')).toBe('%PDF-1.7');
    expect(outcome.bytes.buffer.byteLength).toBe(outcome.bytes.length);
    expect(await render(requestFor('b', '\u{E000}'))).toEqual({
      kind: 'refused',
      requestId: 'b',
      reason: 'undrawable-character',
      codePoints: ['U+E000'],
    });
  });

  it('a request that is no document fails alone; the next one is served by a new worker', async () => {
    const { render } = start();
    const broken = {
      ...requestFor('broken', '見本'),
      dataset: { id: 'resident-record' as const, value: {} },
    };
    const [first, second] = await Promise.allSettled([render(broken), render(requestFor('next', '見本'))]);
    expect(first).toMatchObject({ status: 'rejected', reason: { fault: 'worker-failed' } });
    expect(second).toMatchObject({ status: 'fulfilled', value: { kind: 'rendered', requestId: 'next' } });
  });
});

describe('a worker that misbehaves', () => {
  const program = new URL('./misbehavingWorker.fixture.mjs', import.meta.url);
  const named = (requestId: string): RenderRequest => ({ ...warmUp[0]!, requestId });
  const threadOf = (outcome: RenderOutcome): string =>
    outcome.kind === 'refused' && outcome.reason === 'does-not-fit' ? outcome.place : 'none';

  it.each([
    ['hang', 'timed-out'],
    ['silent', 'timed-out'],
    ['crash', 'worker-failed'],
    ['leave', 'worker-failed'],
    ['answer-another', 'wrong-answer'],
  ])('%s: that request fails (%s), the worker is replaced', async (deed, fault) => {
    const { render, ready } = start({ program, timeoutMs: 300 });
    await ready;
    const before = threadOf(await render(named('before')));
    const [bad, next] = await Promise.allSettled([render(named(deed)), render(named('next'))]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { name: 'RenderFaultError', fault } });
    if (next.status !== 'fulfilled') throw new Error('the next request is served');
    expect(next.value.requestId).toBe('next');
    expect(threadOf(next.value)).not.toBe(before);
  });

  it('an answer nobody waits for ends its worker and reaches nobody', async () => {
    const { render, ready } = start({ program });
    await ready;
    const twice = render(named('answer-twice'));
    const [first, next] = await Promise.allSettled([twice, twice.then(() => render(named('next')))]);
    expect(first).toMatchObject({ status: 'fulfilled', value: { requestId: 'answer-twice' } });
    // either its own answer from the new worker, or a failure: never the answer of another
    if (next.status === 'fulfilled') expect(next.value.requestId).toBe('next');
    else expect(next.reason).toMatchObject({ fault: 'wrong-answer' });
    expect((await render(named('after'))).requestId).toBe('after');
  });

  it('a full queue refuses at once', async () => {
    const { render } = start({ program, queueLimit: 2 });
    const outcomes = await Promise.allSettled([render(named('a')), render(named('b')), render(named('c'))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(outcomes[2]).toMatchObject({ reason: { fault: 'queue-full' } });
  });

  it('a worker that cannot start fails the pool and what waits', async () => {
    const { ready, render } = start({ program: new URL('./dyingWorker.fixture.mjs', import.meta.url) });
    const waiting = render(named('waiting'));
    await expect(ready).rejects.toMatchObject({ fault: 'worker-failed' });
    await expect(waiting).rejects.toMatchObject({ fault: 'worker-failed' });
    await expect(render(named('later'))).rejects.toMatchObject({ fault: 'worker-failed' });
  });

  it('closing fails what runs and what waits', async () => {
    const { ready, render, close } = start({ program });
    await ready;
    const [running, waiting] = [render(named('silent')), render(named('waiting'))];
    const settled = Promise.allSettled([running, waiting]);
    await close();
    for (const outcome of await settled) expect(outcome).toMatchObject({ reason: { fault: 'closed' } });
    await expect(render(named('later'))).rejects.toMatchObject({ fault: 'closed' });
  });

  it('its errors hold nothing of the request', async () => {
    const { render } = start({ program, timeoutMs: 100 });
    const error = await render(named('crash')).catch((reason: unknown) => reason);
    expect(String(error)).toBe('RenderFaultError: rendering failed: worker-failed');
  });
});
