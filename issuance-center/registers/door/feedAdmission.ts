/** Who feeds? Every request is admitted by its client certificate, for its own municipality, or ends here with 403. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tlsFingerprint } from '../../admission.ts';
import { appendAudit } from '../../audit/chain.ts';
import { oncePerMinute } from '../../audit/oncePerMinute.ts';
import type { DoorRefusal } from '../../contract/feedDoor.ts';
import type { FeedAppDeps } from './feedApp.ts';
import { admitFeedClient, type FeedClient } from './feedClients.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** of the feed door: set for every request that reaches a handler */
    feedClient?: FeedClient;
  }
}

const NO_CERTIFICATE = '0'.repeat(64);
type Reason = 'unknown' | 'revoked' | 'other-municipality';

const REASONS: Readonly<Record<Reason, string>> = {
  unknown: 'この電子証明書では台帳を送れません。センターに登録してください',
  revoked: 'この電子証明書は使用を終わっています。新しく登録してください',
  'other-municipality': 'ほかの市区町村の台帳は送れません',
};

/** Before the body is read. That another municipality exists, or has this register, is not told. */
export function feedAdmission(deps: FeedAppDeps) {
  const isWorthAnAudit = oncePerMinute();
  const fingerprintOf = deps.fingerprintOf ?? tlsFingerprint;
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const now = deps.clock();
    const fingerprint = fingerprintOf(request) ?? NO_CERTIFICATE;
    const answer = await admitFeedClient(deps.db, fingerprint, now);
    const reason = answer.kind === 'refused' ? answer.reason : foreign(request, answer.client);
    if (answer.kind === 'admitted' && !reason) {
      request.feedClient = answer.client;
      return;
    }
    deps.metrics.feedClientsRefused.inc({ reason: reason! });
    if (isWorthAnAudit(fingerprint, now)) {
      await appendAudit(deps.db, now, 'feed-client-refused', { fingerprint, reason: reason! });
    }
    const refusal: DoorRefusal = { kind: 'not-admitted', reason: REASONS[reason!] };
    return reply.code(403).header('connection', 'close').send(refusal);
  };
}

function foreign({ params }: FastifyRequest, { municipality }: FeedClient): Reason | undefined {
  const code = (params as { code?: string } | undefined)?.code;
  return code !== undefined && code !== municipality ? 'other-municipality' : undefined;
}
