import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHALLENGE_LIFETIME_MS } from '#center/identity/session.ts';
import type { CertificateVariant } from '#simulators/authority/certificateVariant.ts';
import type { OcspFault } from '#simulators/authority/ocspResponder.ts';
import type { IssuedCard } from '#simulators/authority/issueCard.ts';
import {
  TODAY,
  auditOf,
  authenticate,
  openSession,
  proofOf,
  startHarness,
  visit,
  type Harness,
  type Kiosk,
} from './harness.ts';
import { civilMoment } from '#templates/civilTime.ts';

let center: Harness;
let kiosk: Kiosk;
let taro: IssuedCard;
beforeAll(async () => {
  center = await startHarness();
  kiosk = await center.kiosk('store-001');
  taro = await center.cardOf('taro');
});
afterEach(() => center.responder.setFault({ kind: 'none' }));
afterAll(() => center.close());

/** Refused with this notice, for this reason in the audit, and nothing can be had in the session. */
async function expectRefusal(session: { sessionId: string }, text: string, notice: string, reason: string) {
  expect(JSON.parse(text)).toEqual({ kind: 'refused', notice });
  const last = (await auditOf(center.db)).at(-1)!;
  expect(last).toEqual({
    type: 'authentication-refused',
    fields: { kioskId: kiosk.id, sessionId: session.sessionId, notice, reason },
  });
  const offer = await kiosk.call('GET', `/v1/sessions/${session.sessionId}/offer?municipality=992011`);
  expect(offer.body).toEqual({ kind: 'refused', notice: 'AUTH-02' });
  expect(await center.db.selectFrom('certificate').selectAll().execute()).toEqual([]);
}

describe('authentication', () => {
  it('a good card of either CA generation is its holder', async () => {
    expect(civilMoment(center.deps.clock()).date).toBe(TODAY);
    for (const card of [taro, await center.cardOf('sakura', { generation: 1 })]) {
      const { answer } = await visit(kiosk, card);
      expect(answer.body).toEqual({
        kind: 'authenticated',
        municipalities: [{ code: '992011', name: '架空県みほん市', relation: 'residence' }],
        domicileApplications: true,
      });
      expect((await auditOf(center.db)).at(-1)!.type).toBe('holder-authenticated');
    }
  });

  const variants: [CertificateVariant, string, string][] = [
    ['revoked', 'CERT-02', 'certificate-revoked'],
    ['suspended', 'CERT-03', 'certificate-suspended'],
    ['expired', 'CERT-01', 'certificate-expired'],
    ['not-yet-valid', 'CERT-04', 'certificate-not-yet-valid'],
    ['unknown-ca', 'CERT-05', 'issuer-unknown'],
    ['broken-signature', 'CERT-05', 'issuer-signature-invalid'],
    ['foreign-policy', 'CERT-06', 'policy'],
    ['missing-policy', 'CERT-06', 'policy'],
    ['wrong-key-usage', 'CERT-06', 'key-usage'],
    ['wrong-extended-key-usage', 'CERT-06', 'extended-key-usage'],
    ['missing-extended-key-usage', 'CERT-06', 'extended-key-usage'],
    ['other-key', 'AUTH-01', 'signature-invalid'],
    ['unknown-serial', 'OCSP-09', 'ocsp-unknown-certificate'],
  ];
  it.each(variants)('certificate: %s is %s', async (variant, notice, reason) => {
    const card = await center.cardOf('taro', { variant });
    const { session, answer } = await visit(kiosk, card);
    await expectRefusal(session, answer.text, notice, reason);
  });

  const faults: [OcspFault, string, string][] = [
    [{ kind: 'down' }, 'OCSP-01', 'ocsp-unreachable'],
    [{ kind: 'late', ms: 60_000 }, 'OCSP-02', 'ocsp-late'],
    [{ kind: 'unsigned' }, 'OCSP-03', 'ocsp-signature'],
    [{ kind: 'bad-signature' }, 'OCSP-03', 'ocsp-signature'],
    [{ kind: 'other-serial' }, 'OCSP-04', 'ocsp-other-certificate'],
    [{ kind: 'no-nonce' }, 'OCSP-05', 'ocsp-nonce'],
    [{ kind: 'wrong-nonce' }, 'OCSP-05', 'ocsp-nonce'],
    [{ kind: 'stale' }, 'OCSP-06', 'ocsp-stale'],
    [{ kind: 'wrong-responder' }, 'OCSP-07', 'ocsp-responder'],
    [{ kind: 'responder-without-purpose' }, 'OCSP-07', 'ocsp-responder'],
    [{ kind: 'malformed' }, 'OCSP-08', 'ocsp-unavailable'],
    [{ kind: 'try-later' }, 'OCSP-08', 'ocsp-unavailable'],
    [{ kind: 'http-500' }, 'OCSP-08', 'ocsp-unavailable'],
  ];
  it.each(faults)('OCSP answer: $kind is refused', async (fault, notice, reason) => {
    center.responder.setFault(fault);
    const { session, answer } = await visit(kiosk, taro);
    await expectRefusal(session, answer.text, notice, reason);
    center.responder.setFault({ kind: 'none' });
    expect((await visit(kiosk, taro)).answer.body.kind).toBe('authenticated');
  });

  it('a certificate nobody is registered with is AUTH-03', async () => {
    const { session, answer } = await visit(kiosk, await center.cardOf('taro', { registered: null }));
    await expectRefusal(session, answer.text, 'AUTH-03', 'resident-not-registered');
  });

  it('bytes that are no certificate are refused, and cost the challenge', async () => {
    const session = await openSession(kiosk);
    const nonsense = {
      certificate: randomBytes(900).toString('base64'),
      signature: randomBytes(256).toString('base64'),
    };
    const answer = await authenticate(kiosk, session, nonsense);
    await expectRefusal(session, answer.text, 'CERT-05', 'certificate-unreadable');
    const again = await authenticate(kiosk, session, proofOf(taro, kiosk.id, session));
    await expectRefusal(session, again.text, 'AUTH-04', 'challenge-used');
  });

  it('a certificate cut off anywhere is refused, never a fault', async () => {
    const der = Buffer.from(taro.card.authentication.certificate, 'base64');
    for (let length = 0; length < der.length; length += 97) {
      const session = await openSession(kiosk);
      const { signature } = proofOf(taro, kiosk.id, session);
      const certificate = der.subarray(0, length).toString('base64');
      const answer = await authenticate(kiosk, session, { certificate, signature });
      expect(answer.body).toEqual({ kind: 'refused', notice: 'CERT-05' });
    }
  });
});

describe('challenge', () => {
  it('a signature recorded in another session does not pass', async () => {
    const recorded = proofOf(taro, kiosk.id, await openSession(kiosk));
    const session = await openSession(kiosk);
    const answer = await authenticate(kiosk, session, recorded);
    await expectRefusal(session, answer.text, 'AUTH-01', 'signature-invalid');
  });

  it('the same challenge does not pass a second time', async () => {
    const session = await openSession(kiosk);
    const proof = proofOf(taro, kiosk.id, session);
    expect((await authenticate(kiosk, session, proof)).body.kind).toBe('authenticated');
    expect((await authenticate(kiosk, session, proof)).body).toEqual({ kind: 'refused', notice: 'AUTH-04' });
    expect((await auditOf(center.db)).at(-1)!.fields.reason).toBe('challenge-used');
  });

  it('of many requests in the same moment exactly one passes', async () => {
    const session = await openSession(kiosk);
    const proof = proofOf(taro, kiosk.id, session);
    const answers = await Promise.all(Array.from({ length: 12 }, () => authenticate(kiosk, session, proof)));
    expect(answers.filter(({ body }) => body.kind === 'authenticated')).toHaveLength(1);
    expect(answers.filter(({ body }) => body.notice === 'AUTH-04')).toHaveLength(11);
  });

  it('another kiosk cannot use it, and does not use it up', async () => {
    const other = await center.kiosk('store-002');
    const session = await openSession(kiosk);
    const stolen = await authenticate(other, session, proofOf(taro, other.id, session));
    expect(stolen.body).toEqual({ kind: 'refused', notice: 'AUTH-01' });
    expect((await auditOf(center.db)).at(-1)!.fields).toMatchObject({
      kioskId: other.id,
      reason: 'session-unknown',
    });
    const own = await authenticate(kiosk, session, proofOf(taro, kiosk.id, session));
    expect(own.body.kind).toBe('authenticated');
  });

  it('is over after three minutes', async () => {
    const session = await openSession(kiosk);
    center.advance(CHALLENGE_LIFETIME_MS + 1);
    const answer = await authenticate(kiosk, session, proofOf(taro, kiosk.id, session));
    await expectRefusal(session, answer.text, 'AUTH-02', 'challenge-expired');
  });
});
