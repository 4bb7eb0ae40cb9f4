/** From what an applicant hands in to an entered application with its sheet, or a notice; the audit knows why. */
import type { SubmitApplicationResponse } from '../contract/domicileApplication.ts';
import type { Refusal } from '../contract/kioskApi.ts';
import type { VerificationDeps } from '../identity/verification.ts';
import type { IssuingDeps } from '../issuing/deps.ts';
import { enterApplication, noteNotTaken, type NotEntered } from './applications.ts';
import type { ApplicationNotTaken } from './applicationReasons.ts';
import { verifyApplication, type ApplicationProof } from './applicationVerification.ts';
import { makeSheet } from './sheet.ts';
import { applicationNumbered } from './statuses.ts';

export interface TakingDeps extends VerificationDeps, Pick<IssuingDeps, 'render' | 'log' | 'configuration'> {}

/** Once: a challenge is used up by the first call, whatever follows. */
export async function takeApplication(
  deps: TakingDeps,
  proof: ApplicationProof,
): Promise<SubmitApplicationResponse> {
  const { db, clock } = deps;
  const verified = await verifyApplication(deps, proof);
  if (verified.kind === 'refused') {
    await noteNotTaken(db, proof, null, verified, clock());
    return refusalOf(verified);
  }
  const now = clock();
  const entered = await enterApplication(deps, verified, proof, now);
  if (entered.kind === 'refused') {
    await noteNotTaken(db, proof, verified.municipality, entered, now);
    return refusalOf(entered);
  }
  const { number, inForce } = entered;
  const sheet = await makeSheet(deps, { content: verified.content, number, inForce }, now);
  return {
    kind: 'received',
    application: await applicationNumbered(deps, number),
    sheet: sheet ? Buffer.from(sheet.document).toString('base64') : null,
    pages: sheet?.pages ?? 0,
  };
}

/** What travels: the notice, never the reason. */
export function refusalOf(refusal: ApplicationNotTaken | NotEntered): Refusal {
  const until = 'until' in refusal ? refusal.until : null;
  return { kind: 'refused', notice: refusal.notice, ...(until !== null && { until }) };
}
