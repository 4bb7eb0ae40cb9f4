/** Every step of the check of an application refuses on its own account, with its own reason; over real OCSP and PostgreSQL. */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationBytes, type SignedApplication } from '#center/contract/domicileApplication.ts';
import { bytesToSign, signedContent } from '#center/contract/signedContent.ts';
import {
  giveChallenge,
  APPLICATION_CHALLENGE_MS,
  type ApplicationPlace,
} from '#center/domicile/challenges.ts';
import { verifyApplication, type ApplicationProof } from '#center/domicile/applicationVerification.ts';
import { issueCard, type CardOrder, type IssuedCard } from '#simulators/authority/issueCard.ts';
import { addDays } from '#templates/civilTime.ts';
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import { enterParts } from '../feeding.ts';
import { startHarness, TODAY, type Harness } from '../harness.ts';
import { contentFor, signApplication, type Call } from './applying.ts';

const M2 = '992020' as MunicipalityCode;
const SESSION = '6f1c2b6a-7d0e-4f7e-9d35-2f1a4f3b9c01';
const AT_KIOSK: ApplicationPlace = { channel: 'kiosk', kioskId: 'kiosk-1', sessionId: SESSION };
const ON_THE_WEB: ApplicationPlace = { channel: 'internet', kioskId: null, sessionId: null };
/** as in the register of みほん市 */
const TARO = {
  name: '渡邉　太郎',
  address: '架空県みほん市',
  birthDate: '1983-07-02' as CivilDate,
  sex: 'male' as const,
};

let center: Harness;
beforeAll(async () => {
  center = await startHarness();
});
afterAll(() => center.close());

async function cardOf(
  wish: Partial<CardOrder> = {},
  residentId: string | null = 'taro',
): Promise<IssuedCard> {
  const issued = await issueCard(center.authority, {
    holder: TARO,
    municipalityCode: '99201',
    withoutSignature: false,
    ...wish,
  });
  if (residentId !== null) {
    const link = { ...issued.authentication, residentId, registeredOn: addDays(TODAY, -400) };
    const door = { db: center.db, canDraw: center.canDraw, now: center.deps.clock() };
    await enterParts(door, { links: [link as never] });
  }
  return issued;
}

async function callOf(place: ApplicationPlace = AT_KIOSK): Promise<Call> {
  const given = await giveChallenge(center.db, M2, place, center.deps.clock());
  return { ...given, channel: place.channel, municipality: M2 };
}

const fingerprintOf = ({ card }: IssuedCard): string =>
  contentFor({ card } as IssuedCard, {
    channel: 'kiosk',
    challengeId: SESSION,
    challenge: Buffer.alloc(32),
    municipality: M2,
  }).authenticationCertificate;

const verdictOf = (
  application: SignedApplication,
  card: IssuedCard,
  place: ApplicationPlace = AT_KIOSK,
  wish: Partial<ApplicationProof> = {},
) =>
  verifyApplication(center.deps, {
    ...place,
    application,
    sessionFingerprint: place.channel === 'kiosk' ? fingerprintOf(card) : null,
    ...wish,
  });

/** Signed by the book, then what the test changes. */
async function tried(card: IssuedCard, place = AT_KIOSK) {
  return verdictOf(signApplication(card, contentFor(card, await callOf(place))), card, place);
}

describe('an application of the card of the visit', () => {
  it('is verified, with everything that is evidence', async () => {
    const card = await cardOf();
    const verdict = await tried(card);
    expect(verdict).toMatchObject({
      kind: 'verified',
      municipality: M2,
      residentId: 'taro',
      signature: card.signature,
      authentication: { ...card.authentication, fingerprint: fingerprintOf(card) },
    });
    if (verdict.kind !== 'verified') return;
    expect(verdict.content.items).toMatchObject({ name: '渡邉　太郎', birthDate: '1983-07-02', sex: 'male' });
    expect(verdict.signature.ocsp.length).toBeGreaterThan(300);
    expect(verdict.authentication.ocsp.length).toBeGreaterThan(300);
  });

  it('is CMS that openssl verifies up to the CA of the signature certificates', async () => {
    const card = await cardOf();
    const folder = mkdtempSync(join(tmpdir(), 'application-'));
    const { cms } = signApplication(card, contentFor(card, await callOf()));
    const [signed, ca, out] = ['cms.der', 'ca.pem', 'content'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(signed, Buffer.from(cms, 'base64'));
    const der = Buffer.from(card.card.signatureCa, 'base64');
    writeFileSync(ca, `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`);
    const args = ['cms', '-verify', '-binary', '-cades', '-purpose', 'any', '-inform', 'DER', '-in', signed];
    execFileSync('openssl', [...args, '-CAfile', ca, '-out', out], { stdio: 'pipe' });
    rmSync(folder, { recursive: true });
  });

  it('on the internet may be of somebody no register here knows', async () => {
    const stranger = await cardOf({}, null);
    expect(await tried(stranger, ON_THE_WEB)).toMatchObject({ kind: 'verified', residentId: null });
    expect(await tried(stranger)).toMatchObject({ reason: 'holder-unknown', notice: 'AUTH-03' });
  });
});

describe('1 the challenge', () => {
  it('is redeemed once, whatever followed', async () => {
    const card = await cardOf();
    const application = signApplication(card, contentFor(card, await callOf()));
    expect((await verdictOf({ ...application, cms: '' }, card)).kind).toBe('refused');
    expect(await verdictOf(application, card)).toMatchObject({ reason: 'challenge-used', notice: 'SIGN-08' });
  });

  it('of two calls at once one passes', async () => {
    const card = await cardOf();
    const application = signApplication(card, contentFor(card, await callOf()));
    const both = await Promise.all([verdictOf(application, card), verdictOf(application, card)]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['refused', 'verified']);
  });

  it('of another session, another kiosk or the other channel is unknown', async () => {
    const card = await cardOf();
    for (const place of [
      { ...AT_KIOSK, kioskId: 'kiosk-2' },
      { ...AT_KIOSK, sessionId: '11111111-1111-4111-8111-111111111111' },
      ON_THE_WEB,
    ]) {
      const application = signApplication(card, contentFor(card, await callOf()));
      expect(await verdictOf(application, card, place)).toMatchObject({ reason: 'challenge-unknown' });
    }
  });

  it('is over after its time', async () => {
    const card = await cardOf();
    const application = signApplication(card, contentFor(card, await callOf()));
    center.advance(APPLICATION_CHALLENGE_MS);
    const verdict = await verdictOf(application, card);
    center.advance(-APPLICATION_CHALLENGE_MS);
    expect(verdict).toMatchObject({ reason: 'challenge-expired', notice: 'APPL-09' });
  });
});

describe('2 and 3 the signed bytes', () => {
  it('altered in any place are refused', async () => {
    const card = await cardOf();
    const whole = Buffer.from(signApplication(card, contentFor(card, await callOf())).cms, 'base64');
    for (let at = 5; at < whole.length; at += Math.floor(whole.length / 40)) {
      const application = signApplication(card, contentFor(card, await callOf()));
      const cms = Buffer.from(application.cms, 'base64');
      cms.writeUInt8(cms.readUInt8(at) ^ 1, at);
      const verdict = await verdictOf({ ...application, cms: cms.toString('base64') }, card);
      expect(verdict.kind, `byte ${at}`).toBe('refused');
    }
  });

  it('in another form of CMS are refused: bytes behind the end, a signature of another hash', async () => {
    const card = await cardOf();
    const content = contentFor(card, await callOf());
    const application = signApplication(card, content);
    const longer = Buffer.concat([Buffer.from(application.cms, 'base64'), Buffer.of(0)]).toString('base64');
    expect(await verdictOf({ ...application, cms: longer }, card)).toMatchObject({
      reason: 'cms-unreadable',
    });
    const again = contentFor(card, await callOf());
    const bytes = applicationBytes(again);
    const der = Buffer.from(card.card.signature!.certificate, 'base64');
    const wrong = sign('sha1', bytesToSign(bytes, der), card.card.signature!.key);
    const other = {
      ...signApplication(card, again),
      cms: signedContent(bytes, der, wrong).toString('base64'),
    };
    expect(await verdictOf(other, card)).toMatchObject({ reason: 'cms-signature-invalid' });
  });

  it('that are the same JSON written otherwise are refused', async () => {
    const card = await cardOf();
    const content = contentFor(card, await callOf());
    const bytes = Buffer.from(JSON.stringify(content, null, 1));
    expect(await verdictOf(signApplication(card, content, { bytes }), card)).toMatchObject({
      reason: 'content-unreadable',
      notice: 'SIGN-08',
    });
  });

  it.each([
    ['another municipality', { municipality: '992011' as MunicipalityCode }],
    ['another channel', { channel: 'internet' as const }],
    ['another challenge', { challenge: Buffer.alloc(32, 7).toString('base64') }],
    ['another card', { authenticationCertificate: 'ab'.repeat(32) }],
  ])('that name %s are refused', async (_what, change) => {
    const card = await cardOf();
    const content = { ...contentFor(card, await callOf()), ...change };
    expect(await verdictOf(signApplication(card, content), card)).toMatchObject({
      reason: 'content-of-another-call',
    });
  });
});

describe('4 to 6 the signature certificate', () => {
  it.each([
    ['expired', 'signature-certificate-expired', 'SIGN-05'],
    ['revoked', 'signature-certificate-revoked', 'SIGN-04'],
    ['suspended', 'signature-certificate-suspended', 'SIGN-04'],
    ['unknown-ca', 'signature-issuer-unknown', 'SIGN-08'],
    ['unknown-serial', 'signature-ocsp-unknown-certificate', 'SIGN-07'],
  ] as const)('%s is refused', async (signatureVariant, reason, notice) => {
    const verdict = await tried(await cardOf({ signatureVariant }));
    expect(verdict).toMatchObject({ reason, notice });
  });

  it('cannot be the one for authentication', async () => {
    const card = await cardOf();
    const both = { ...card, card: { ...card.card, signature: card.card.authentication } } as IssuedCard;
    const content = contentFor(card, await callOf());
    expect(await verdictOf(signApplication(both, content), card)).toMatchObject({
      reason: 'signature-key-usage',
    });
  });

  it('whose responder is away is not checked, and nothing is taken', async () => {
    const card = await cardOf();
    center.responder.setFault({ kind: 'down' });
    const verdict = await tried(card);
    center.responder.setFault({ kind: 'none' });
    expect(verdict).toMatchObject({ reason: 'signature-ocsp-unreachable', notice: 'SIGN-07' });
  });

  it('says other items than the applicant saw', async () => {
    const card = await cardOf();
    const content = contentFor(card, await callOf());
    const items = { ...content.items, address: '架空県ためし市', addressReplacements: '0000000' };
    expect(await verdictOf(signApplication(card, { ...content, items }), card)).toMatchObject({
      reason: 'items-differ',
    });
  });
});

describe('7 to 9 the other key of the same card', () => {
  it('of another card does not fit, even when both cards are good', async () => {
    const [card, stranger] = [await cardOf(), await cardOf({}, 'sakura')];
    const content = contentFor(card, await callOf());
    const swapped = signApplication(card, content, { other: stranger.card });
    expect(await verdictOf(swapped, card)).toMatchObject({ reason: 'content-of-another-call' });
    // the applicant names the other card, too: then it is not the visit's
    const named = { ...content, authenticationCertificate: fingerprintOf(stranger) };
    const call = await callOf();
    const again = { ...named, challengeId: call.challengeId, challenge: call.challenge.toString('base64') };
    expect(await verdictOf(signApplication(card, again, { other: stranger.card }), card)).toMatchObject({
      reason: 'another-card',
      notice: 'SIGN-06',
    });
  });

  it('has to sign this CMS', async () => {
    const card = await cardOf();
    const application = signApplication(card, contentFor(card, await callOf()));
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const possession = sign('sha256', Buffer.from('something else'), privateKey).toString('base64');
    expect(await verdictOf({ ...application, possession }, card)).toMatchObject({
      reason: 'possession-invalid',
    });
  });

  it('revoked or expired refuses the application', async () => {
    const revoked = await cardOf({ variant: 'revoked', signatureVariant: 'good' });
    expect(await tried(revoked)).toMatchObject({
      reason: 'authentication-certificate-revoked',
      notice: 'CERT-02',
    });
    const expired = await cardOf({ variant: 'expired', signatureVariant: 'good' });
    expect(await tried(expired)).toMatchObject({
      reason: 'authentication-certificate-expired',
      notice: 'CERT-01',
    });
  });

  it('tied to somebody else than who signed is refused', async () => {
    const other = await cardOf({ holder: { ...TARO, birthDate: '1990-01-01' as CivilDate } });
    expect(await tried(other)).toMatchObject({ reason: 'holder-differs', notice: 'SIGN-09' });
    const named = await cardOf({ holder: { ...TARO, name: '渡邉　次郎' } });
    expect(await tried(named)).toMatchObject({ reason: 'holder-differs' });
  });

  it('a letter that the certificate had to replace does not count', async () => {
    const replaced = await cardOf({ replacements: { 邉: '辺' } });
    expect(await tried(replaced)).toMatchObject({ kind: 'verified' });
  });
});
