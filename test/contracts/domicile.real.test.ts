/** The kiosk's client against the real center over mutual TLS: PostgreSQL, both OCSP questions, the sheet. */
import { sign } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { createHttpCenter } from '#agent/center/httpCenter.ts';
import { tlsFingerprint } from '#center/admission.ts';
import { buildApp } from '#center/app.ts';
import { challengeMessage, kioskEnrolment } from '#center/contract/kioskApi.ts';
import { enrolKiosk } from '#center/kiosks/kioskRegister.ts';
import { issueCard } from '#simulators/authority/issueCard.ts';
import { demoRegisters } from '#simulators/municipality/residents.ts';
import { addDays } from '#templates/civilTime.ts';
import { municipalityCode } from '#templates/vocabulary.ts';
import { contentFor, signApplication } from '../center/domicile/applying.ts';
import { enterParts } from '../center/feeding.ts';
import { NOW, startHarness, TODAY, type Harness } from '../center/harness.ts';
import { checkingContract, domicileContract, type DomicileBench } from './domicile.contract.ts';

/** Lives in みほん市, 本籍 in ためし市. */
const RESIDENT = 'moved-in-yesterday';
const THERE = municipalityCode.parse('992020');

let center: Harness;
let made = 0;
beforeAll(async () => {
  center = await startHarness();
});
afterAll(() => center.close());

/** Each test has a kiosk and a card of its own: what one has applied for is not in the way of the next. */
async function realBench(): Promise<DomicileBench> {
  const { keys } = center;
  const tls = { key: keys.serverKey, cert: keys.serverCertificate, ca: keys.caCertificate };
  const app = await buildApp({ ...center.deps, tls, fingerprintOf: tlsFingerprint });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const centerUrl = `https://localhost:${(app.server.address() as AddressInfo).port}`;
  made += 1;
  const place = { db: center.db, keys, centerUrl, now: NOW };
  const port = createHttpCenter(kioskEnrolment.parse(await enrolKiosk(place, `store-domicile-${made}`)));
  const issued = await cardOf();
  const { authentication } = issued.card;
  const opened = await port.openSession();
  if (opened.kind !== 'opened') throw new Error(opened.kind);
  const { sessionId } = opened;
  const message = challengeMessage(port.kioskId, sessionId, opened.challenge);
  await port.authenticate(sessionId, {
    certificate: Buffer.from(authentication.certificate, 'base64'),
    signature: sign('sha256', message, authentication.key),
  });
  return {
    port: port.domicile,
    sessionId,
    there: THERE,
    sign: (challengeId, challenge) =>
      signApplication(
        issued,
        contentFor(issued, { channel: 'kiosk', municipality: THERE, challengeId, challenge }),
      ),
    away: () => app.close(),
    close: async () => {
      await app.close();
      await center.db.deleteFrom('domicile_application').execute();
    },
  };
}

async function cardOf() {
  const { residents, households } = demoRegisters(TODAY);
  const { name, birthDate, sex, householdId } = residents.find(({ residentId }) => residentId === RESIDENT)!;
  const { address } = households.find((each) => each.householdId === householdId)!;
  const holder = { name, birthDate, sex, address };
  const issued = await issueCard(center.authority, { holder, municipalityCode: '99201' });
  const link = { ...issued.authentication, residentId: RESIDENT, registeredOn: addDays(TODAY, -400) };
  const door = { db: center.db, canDraw: center.canDraw, now: center.deps.clock() };
  await enterParts(door, { links: [link as never] });
  return issued;
}

domicileContract('the real center over mutual TLS', realBench);
checkingContract('the real center over mutual TLS', realBench);
