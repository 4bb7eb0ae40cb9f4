/** Password, 署名用 certificate, both signatures: what the review showed is what is signed. */
import { noticeOf } from '#templates/notices/notices.ts';
import { applicationToSign, provePossession } from '../card/applicationSignatures.ts';
import { withSecret, type CardWork, type Work } from './cardWork.ts';
import type { Presence } from './held.ts';
import type { Effect } from './state.ts';

const PASSWORD_BLOCKED = noticeOf('SIGN-02');
const PIN_BLOCKED = noticeOf('CARD-04');

export const openSignature: Work<'openSignature'> = (work, { operation }) =>
  withSecret(work, operation, 'password', async (presence, password, isWanted) => {
    const { deps, tell } = work;
    const opened = await deps.signing.openSignature(presence.connection, password);
    if (!isWanted()) return;
    switch (opened.kind) {
      case 'opened':
        presence.signatureCertificate = opened.certificate;
        return tell({ kind: 'opened', operation, items: opened.items });
      case 'wrong':
        return tell({ kind: 'wrong', operation, triesLeft: opened.triesLeft });
      case 'blocked':
        return tell({ kind: 'refused', operation, notice: PASSWORD_BLOCKED });
      case 'lost':
        return tell({ kind: 'refused', operation, notice: opened.notice });
    }
  });

export const sign: Work<'sign'> = (work, effect) =>
  withSecret(work, effect.operation, 'pin', async (presence, pin, isWanted) => {
    const { deps, held, tell } = work;
    const { operation } = effect;
    if (!(await signContent(work, effect, presence, isWanted)) || !presence.signed) return;
    const { signed, connection, authenticationCertificate } = presence;
    const proof = await provePossession(deps.card, connection, signed, pin, isWanted);
    if (!isWanted()) return;
    switch (proof.kind) {
      case 'wrong':
        return tell({ kind: 'wrong', operation, triesLeft: proof.triesLeft });
      case 'blocked':
        return tell({ kind: 'refused', operation, notice: PIN_BLOCKED });
      case 'lost':
        return tell({ kind: 'refused', operation, notice: proof.notice });
      case 'unwanted':
        return;
      case 'signed':
        held.application = {
          challengeId: signed.challengeId,
          cms: signed.cms.toString('base64'),
          authenticationCertificate: authenticationCertificate.toString('base64'),
          possession: proof.signature.toString('base64'),
        };
        return tell({ kind: 'signed', operation });
    }
  });

/** True when the CMS is there: made now, or before a PIN that was mistaken. */
async function signContent(
  { deps, tell }: CardWork,
  { operation, request, items, text }: Extract<Effect, { kind: 'sign' }>,
  presence: Presence,
  isWanted: () => boolean,
): Promise<boolean> {
  const { signatureCertificate, authenticationCertificate, connection } = presence;
  if (presence.signed) return true;
  if (!signatureCertificate) throw new Error('the password comes before the signature');
  const { municipality, challengeId, challenge, statement } = request;
  const call = { channel: 'internet', municipality, challengeId, challenge, statement } as const;
  const content = applicationToSign(call, { authenticationCertificate, items, text });
  const made = await deps.signing.signContent(connection, content, signatureCertificate);
  if (!isWanted()) return false;
  if (made.kind === 'lost') {
    tell({ kind: 'refused', operation, notice: made.notice });
    return false;
  }
  presence.signed = { challengeId, challenge: Buffer.from(challenge, 'base64'), cms: made.cms };
  return true;
}
