/** The client against the real center: PostgreSQL, OCSP, rendering and mutual TLS included. */
import { sign } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { createHttpCenter } from '#agent/center/httpCenter.ts';
import { buildApp } from '#center/app.ts';
import { tlsFingerprint } from '#center/admission.ts';
import { certificateRequest, kioskEnrolment } from '#center/contract/kioskApi.ts';
import { enrolKiosk } from '#center/kiosks/kioskRegister.ts';
import { copyOf, NOW, startHarness, type Harness } from '../center/harness.ts';
import { centerContract, type CenterBench } from './center.contract.ts';

let center: Harness;
let stores = 0;
beforeAll(async () => {
  center = await startHarness();
});
afterAll(() => center.close());

/** Each test has a kiosk of its own: an alarm of one stops nothing for the next. */
async function realBench(): Promise<CenterBench> {
  const { keys } = center;
  const tls = { key: keys.serverKey, cert: keys.serverCertificate, ca: keys.caCertificate };
  const app = await buildApp({ ...center.deps, tls, fingerprintOf: tlsFingerprint });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const centerUrl = `https://localhost:${(app.server.address() as AddressInfo).port}`;
  stores += 1;
  const enrolment = kioskEnrolment.parse(
    await enrolKiosk({ db: center.db, keys, centerUrl, now: NOW }, `store-contract-${stores}`),
  );
  const { card } = await center.cardOf('taro');
  return {
    port: createHttpCenter(enrolment),
    manifestKey: enrolment.manifestKey,
    certificate: Buffer.from(card.authentication.certificate, 'base64'),
    sign: async (message) => sign('sha256', message, card.authentication.key),
    request: certificateRequest.parse(copyOf()),
    now: () => NOW,
    away: () => app.close(),
    close: () => app.close(),
  };
}

centerContract('the real center over mutual TLS', realBench);
