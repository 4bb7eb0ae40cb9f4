import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { createHttpCenter } from '#agent/center/httpCenter.ts';
import { municipalityCode } from '#templates/vocabulary.ts';
import { centerContract, type CenterBench } from './center.contract.ts';
import { createSmallCenter, KIOSK_ID, SMALL_CENTER_NOW } from './fixtures/smallCenter.ts';

const CENTER = 'https://center.test';

/** The client's requests are answered in process: the contract at both ends, without TLS (httpCenter.test.ts has that). */
async function interceptedBench(): Promise<CenterBench> {
  const holder = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const center = createSmallCenter(holder.publicKey);
  const server = setupServer(
    http.all(`${CENTER}/*`, async ({ request }) => {
      const text = await request.text();
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      const answer = await center.answer(request.method, new URL(request.url), body);
      return answer ? HttpResponse.json(answer) : new HttpResponse(null, { status: 404 });
    }),
  );
  server.listen({ onUnhandledRequest: 'error' });
  return {
    port: createHttpCenter({
      kioskId: KIOSK_ID,
      centerUrl: CENTER,
      certificate: '',
      privateKey: '',
      serverCa: '',
      manifestKey: center.manifestKey,
    }),
    manifestKey: center.manifestKey,
    certificate: randomBytes(1_573),
    sign: async (message) => sign('sha256', message, holder.privateKey),
    request: {
      municipality: municipalityCode.parse('992011'),
      kind: 'resident-record-copy',
      extent: 'whole',
      members: [],
      include: [],
    },
    now: () => SMALL_CENTER_NOW,
    away: async () => server.use(http.all(`${CENTER}/*`, () => HttpResponse.error())),
    close: async () => server.close(),
  };
}

centerContract('HTTP client, answered in process', interceptedBench);
