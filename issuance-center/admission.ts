/** Who calls? Every request is admitted by its client certificate and the kiosk register, or ends here with 403. */
import type { TLSSocket } from 'node:tls';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { appendAudit } from './audit/chain.ts';
import { oncePerMinute } from './audit/oncePerMinute.ts';
import type { CenterDeps } from './app.ts';
import { KIOSK_NOT_ADMITTED } from './issuing/refusal.ts';
import { admit } from './kiosks/kioskRegister.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** set for every request that reaches a handler */
    kioskId: string;
  }
}

const fingerprints = new WeakMap<object, string>();

/** SHA-256 of the client certificate of the connection, hex; undefined without one. It cannot change on a connection. */
export function tlsFingerprint(request: FastifyRequest): string | undefined {
  const socket = request.raw.socket as TLSSocket;
  const known = fingerprints.get(socket);
  if (known !== undefined) return known;
  const fingerprint = socket.getPeerCertificate?.().fingerprint256?.replaceAll(':', '').toLowerCase();
  if (fingerprint !== undefined) fingerprints.set(socket, fingerprint);
  return fingerprint;
}

const NO_CERTIFICATE = '0'.repeat(64);

export function admission(deps: CenterDeps) {
  const isWorthAnAudit = oncePerMinute();
  const fingerprintOf = deps.fingerprintOf ?? tlsFingerprint;
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const fingerprint = fingerprintOf(request) ?? NO_CERTIFICATE;
    const answer = await admit(deps.db, fingerprint);
    if (answer.kind === 'admitted') {
      request.kioskId = answer.kioskId;
      return;
    }
    const { reason } = answer;
    deps.metrics.kiosksRefused.inc({ reason });
    const now = deps.clock();
    if (isWorthAnAudit(fingerprint, now))
      await appendAudit(deps.db, now, 'kiosk-refused', { fingerprint, reason });
    return reply.code(403).send({ kind: 'refused', notice: KIOSK_NOT_ADMITTED });
  };
}
