/** The authentication call: verification, binding of the session, and the audit event that says how it ended. */
import { noticeOf } from '#templates/notices/notices.ts';
import type { z } from 'zod';
import { appendAudit } from '../audit/chain.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { authenticateResponse } from '../contract/kioskApi.ts';
import { endRevoked, endWhatIsOver } from '../domicile/endings.ts';
import { isAnyTaking } from '../domicile/form.ts';
import { registeredMunicipalities } from '../domicile/registrations.ts';
import { readCertificate } from './certificate.ts';
import { noticeFor, type IdentityReason } from './reasons.ts';
import { bindSession } from './session.ts';
import { verifyHolder, type Proof, type VerificationDeps } from './verification.ts';

export interface AuthenticationDeps extends VerificationDeps {
  readonly configuration: Configuration;
}

type Answer = z.infer<typeof authenticateResponse>;

/** The resident's municipality does not take part at all. */
const NOT_TAKING_PART = noticeOf('SERV-04');

/** Authenticates the holder of the card for this session, once. */
export async function authenticate(deps: AuthenticationDeps, proof: Proof): Promise<Answer> {
  const verified = await verifyHolder(deps, proof);
  if (verified.kind === 'refused') return refuse(deps, proof, verified.reason);
  const { resident, holderFingerprint } = verified;
  const { kioskId, sessionId } = proof;
  const { municipality } = resident;
  const now = deps.clock();
  await deps.db.transaction().execute(async (tx) => {
    const { residentId, registeredOn: cardRegisteredOn } = resident;
    await bindSession(tx, sessionId, { residentId, holderFingerprint, cardRegisteredOn });
    await appendAudit(tx, now, 'holder-authenticated', {
      kioskId,
      sessionId,
      municipality,
      holderFingerprint,
    });
  });
  const inForce = await deps.configuration.inForce(deps.db, municipality, now);
  if (!inForce) return { kind: 'refused', notice: NOT_TAKING_PART };
  const name = `${inForce.profile.prefecture}${inForce.profile.name}`;
  const elsewhere = await registeredElsewhere(deps, resident.residentId, holderFingerprint, now);
  return {
    kind: 'authenticated',
    municipalities: [{ code: municipality, name, relation: 'residence' }, ...elsewhere],
    domicileApplications: await isAnyTaking(deps, 'kiosk', now),
  };
}

type Registered = Extract<Answer, { kind: 'authenticated' }>['municipalities'];

/** Each 本籍地 where the card is registered, and where a registration has ended, with what to do. */
async function registeredElsewhere(
  deps: AuthenticationDeps,
  residentId: string,
  holderFingerprint: string,
  now: number,
): Promise<Registered> {
  await endWhatIsOver(deps.db, { kind: 'card', fingerprint: holderFingerprint, residentId }, now);
  const registered = await registeredMunicipalities(deps.db, { residentId, holderFingerprint });
  if (registered.length === 0) return [];
  const names = new Map((await deps.configuration.names()).map((each) => [each.municipality, each.name]));
  return registered.map(({ municipality, ended }) => ({
    code: municipality,
    name: names.get(municipality) ?? municipality,
    relation: 'registered-domicile' as const,
    ended,
  }));
}

async function refuse(
  deps: AuthenticationDeps,
  { kioskId, sessionId, certificate }: Proof,
  reason: IdentityReason,
): Promise<Answer> {
  // its key has signed and its authority has said so: what rests on it is over
  if (reason === 'certificate-revoked') {
    await endRevoked(deps.db, readCertificate(certificate).fingerprint, deps.clock());
  }
  const notice = noticeFor(reason);
  await appendAudit(deps.db, deps.clock(), 'authentication-refused', { kioskId, sessionId, notice, reason });
  return { kind: 'refused', notice };
}
