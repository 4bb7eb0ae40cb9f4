/**
 * Both signatures in the one presence of the card, then the center. The challenge is asked first: nothing is signed while
 * there is nobody to take it. What is signed is what the review showed: statement of the state, items of the certificate.
 */
import type { ApplicantStatement } from '#center/contract/domicileApplication.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { applicationToSign, provePossession } from '../card/applicationSignatures.ts';
import type { CardConnection } from '../card/cardReaderPort.ts';
import type { ReceivedApplication } from '../center/centerPort.ts';
import { refusedBy, within, type Context } from './context.ts';
import { sessionOf } from './domicileWork.ts';
import { releaseCard, withCard, type Work } from './identityWork.ts';
import { forgetApplication, takePin, type Application } from './resident.ts';

/** The center asks two OCSP responders and draws a sheet; a little more than its own HTTP limit. */
const SUBMIT_LIMIT_MS = 35_000;
const LOOK_LIMIT_MS = 10_000;

interface Held {
  readonly connection: CardConnection;
  readonly application: Application;
  readonly municipality: MunicipalityCode;
  readonly statement: ApplicantStatement;
}

export const signApplication: Work<'signApplication'> = (context, effect) =>
  withCard(context, effect.operation, async () => {
    const { resident } = context;
    const pin = takePin(resident);
    const { connection, application } = resident;
    try {
      if (!pin || !connection || !application) throw new Error('signing needs a card and a PIN');
      const { municipality, statement, operation } = effect;
      const held = { connection, application, municipality, statement };
      if (!(await signContent(context, operation, held))) return;
      await prove(context, operation, held, pin);
    } finally {
      pin?.fill(0);
    }
  });

/** True when the CMS is there: made now, or before a PIN that was mistaken. */
async function signContent(context: Context, operation: string, held: Held): Promise<boolean> {
  const { connection, application, municipality, statement } = held;
  const { resident, deps } = context;
  if (application.signed) return true;
  const answer = await deps.center.domicile.challenge(sessionOf(context), municipality);
  if (answer.kind !== 'challenge') {
    context.answer({ operation, kind: 'refused', ...refusedBy(answer) });
    return false;
  }
  const { items, text, certificate } = application;
  if (resident.application !== application || !items || !certificate || !resident.certificate) return false;
  const { challengeId, challenge } = answer;
  const call = { channel: 'kiosk', municipality, challengeId, challenge, statement } as const;
  const read = { authenticationCertificate: resident.certificate, items, text };
  const made = await deps.signing.signContent(connection, applicationToSign(call, read), certificate);
  if (resident.application !== application) return false;
  if (made.kind === 'lost') {
    context.answer({ operation, kind: 'refused', notice: made.notice, until: null });
    return false;
  }
  application.signed = { challengeId, challenge: Buffer.from(challenge, 'base64'), cms: made.cms };
  return true;
}

async function prove(context: Context, operation: string, held: Held, pin: Buffer): Promise<void> {
  const { connection, application } = held;
  const { resident, deps } = context;
  const { signed } = application;
  const isWanted = (): boolean => resident.application === application;
  if (!signed || !isWanted()) return;
  const proof = await provePossession(deps.card, connection, signed, pin, isWanted);
  if (!isWanted()) return;
  switch (proof.kind) {
    case 'wrong':
      return context.answer({ operation, kind: 'wrongPin', triesLeft: proof.triesLeft });
    case 'blocked':
      return context.answer({ operation, kind: 'cardBlocked' });
    case 'lost':
      return context.answer({ operation, kind: 'refused', notice: proof.notice, until: null });
    case 'unwanted':
      return;
    case 'signed':
      application.possession = proof.signature;
      releaseCard(context);
      return context.answer({ operation, kind: 'applicationSigned' });
  }
}

/** Sent once. Without an answer the center is asked what arrived: only what it knows is said. */
export const sendApplication: Work<'sendApplication'> = async (context, { operation, municipality }) => {
  const { resident, deps } = context;
  const sessionId = sessionOf(context);
  const { application, certificate } = resident;
  if (!application?.signed || !application.possession || !certificate) throw new Error('nothing is signed');
  const { challengeId, cms } = application.signed;
  const body = {
    challengeId,
    cms: cms.toString('base64'),
    authenticationCertificate: certificate.toString('base64'),
    possession: application.possession.toString('base64'),
  };
  const before = new Set(
    (await listed(context, sessionId))?.map(({ applicationNumber }) => applicationNumber),
  );
  const gone = { kind: 'unreachable', reason: 'timeout' } as const;
  const sending = deps.center.domicile.submit(sessionId, body).catch(() => gone);
  const answer = await within(context, SUBMIT_LIMIT_MS, sending, gone);
  if (resident.application !== application) return;
  if (answer.kind === 'received') return received(context, operation, answer);
  forgetApplication(resident);
  if (answer.kind === 'refused') return context.answer({ operation, kind: 'refused', ...refusedBy(answer) });
  const arrived = (await listed(context, sessionId))?.find(
    (one) =>
      one.municipality === municipality && one.state === 'received' && !before.has(one.applicationNumber),
  );
  if (!arrived) return context.answer({ operation, kind: 'sendingUnknown' });
  context.answer({ operation, kind: 'applicationReceived', application: arrived, sheet: false });
};

/** Null: nobody answers. */
async function listed({ deps, ...rest }: Context, sessionId: string) {
  const gone = { kind: 'unreachable', reason: 'timeout' } as const;
  const asking = deps.center.domicile.applications(sessionId).catch(() => gone);
  const answer = await within({ deps, ...rest }, LOOK_LIMIT_MS, asking, gone);
  return answer.kind === 'applications' ? answer.applications : null;
}

function received(context: Context, operation: string, answer: ReceivedApplication): void {
  const { application } = context.resident;
  const { sheet: document, pages } = answer;
  if (application && document) application.sheet = { document, pages };
  const sheet = document !== null;
  context.answer({ operation, kind: 'applicationReceived', application: answer.application, sheet });
}
