import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { makeLog } from './log.ts';

describe('log', () => {
  it('writes the fields on its list and nothing else', () => {
    const lines = new PassThrough();
    const log = makeLog(lines);
    const careless = {
      transaction: 'K7Q2-9MXD',
      pin: '1234',
      holder: '架空 太郎',
      err: new Error('PRIVATE KEY'),
    };
    log('effect-failed', careless);
    log('x'.repeat(5_000), { error: 'y'.repeat(5_000) });
    const written = String(lines.read());
    expect(written).toContain('K7Q2-9MXD');
    for (const secret of ['1234"', '架空', 'PRIVATE KEY']) expect(written).not.toContain(secret);
    expect(written.length).toBeLessThan(800);
  });
});
