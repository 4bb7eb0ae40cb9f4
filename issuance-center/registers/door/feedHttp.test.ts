import { inspect } from 'node:util';
import { generateKeyPairSync } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { feedHttp, FeedUnreachable } from './feedHttp.ts';

const { privateKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

describe('a center that does not answer', () => {
  it('is told with a code; the key a call was made with is in no error', async () => {
    const http = feedHttp({
      municipality: '992011' as MunicipalityCode,
      clientId: 'office-1',
      feedUrl: 'https://localhost:1',
      certificate: '',
      privateKey,
      serverCa: '',
    });
    const calls = [
      () => http.standing('seal'),
      () => http.send('seal', { call: 'events', body: 'x' }),
      () => http.send('seal', { call: 'load', body: Readable.from(['x']) }),
    ];
    for (const call of calls) {
      const error = await call().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(FeedUnreachable);
      expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(/PRIVATE KEY/);
      expect(JSON.stringify(error) + String((error as Error).stack)).not.toMatch(/PRIVATE KEY/);
    }
    http.close();
  });
});
