/**
 * Which card a resident showed for the seal registration. The tie gives nobody anything by itself: it is a second witness.
 * When it and the register of certificates name two people, the card opens neither's record (registers/certificateLinks).
 */
import { appendAudit } from '../../audit/chain.ts';
import type { CenterDatabase } from '../../database/connect.ts';
import { readCertificate, type Certificate } from '../../identity/certificate.ts';
import { checkPath } from '../../identity/certificatePath.ts';
import { DerError } from '../../identity/der.ts';
import type { IdentityRefusal } from '../../identity/reasons.ts';
import type { TrustAnchor } from '../../identity/trustAnchors.ts';
import type { VerificationDeps } from '../../identity/verification.ts';
import type { StaffMember } from '../consoleRoute.ts';

export type LinkRefusal = 'unreadable' | 'not-valid' | 'not-checked' | 'another-person' | 'no-seal';
export type Linked = { readonly kind: 'linked' } | { readonly kind: 'refused'; readonly reason: LinkRefusal };

export interface Wish {
  readonly residentId: string;
  readonly certificate: Buffer;
}

type Deps = Pick<VerificationDeps, 'db' | 'anchors' | 'ocsp' | 'clock'>;

/** Checks the certificate as an authentication does, without a signature: staff has looked at the card's face. */
export async function linkSealCard(deps: Deps, staff: StaffMember, wish: Wish): Promise<Linked> {
  const { db, clock } = deps;
  const { municipality, staffId } = staff;
  const { residentId } = wish;
  const linked = await attempt(deps, staff, wish);
  if (linked.kind === 'refused') {
    const { reason } = linked;
    await appendAudit(db, clock(), 'seal-card-refused', { municipality, staffId, residentId, reason });
  }
  return linked;
}

const refused = (reason: LinkRefusal): Linked => ({ kind: 'refused', reason });

async function attempt(deps: Deps, staff: StaffMember, wish: Wish): Promise<Linked> {
  const read = pathOf(wish.certificate, deps);
  if (!read) return refused('unreadable');
  if (read.path.kind === 'refused') return refused('not-valid');
  const { certificate } = read;
  const { anchor } = read.path;
  const verdict = await deps.ocsp.check(certificate, anchor);
  if (verdict.kind === 'refused') return refused(isRevoked(verdict) ? 'not-valid' : 'not-checked');
  return enter(deps.db, staff, wish.residentId, { certificate, anchor }, deps.clock());
}

const isRevoked = ({ reason }: IdentityRefusal): boolean =>
  reason.includes('revoked') || reason.includes('suspended');

function pathOf(der: Buffer, { anchors, clock }: Deps) {
  try {
    const certificate = readCertificate(der);
    return { certificate, path: checkPath(certificate, anchors, clock()) };
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

interface Checked {
  readonly certificate: Certificate;
  readonly anchor: TrustAnchor;
}

function enter(
  db: CenterDatabase,
  { municipality, staffId }: StaffMember,
  residentId: string,
  { certificate, anchor }: Checked,
  now: number,
): Promise<Linked> {
  const card = { issuer_key_id: anchor.keyId, serial: certificate.serial };
  return db.transaction().execute(async (tx): Promise<Linked> => {
    const registered = await tx
      .selectFrom('certificate_link')
      .select('resident_id')
      .where('issuer_key_id', '=', card.issuer_key_id)
      .where('serial', '=', card.serial)
      .executeTakeFirst();
    if (registered && registered.resident_id !== residentId) return refused('another-person');
    const added = await tx
      .insertInto('seal_card')
      .values({
        ...card,
        municipality,
        resident_id: residentId,
        linked_by: staffId,
        linked_at: new Date(now),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!added) {
      const own = await tx
        .selectFrom('seal_card')
        .select('id')
        .where('issuer_key_id', '=', card.issuer_key_id)
        .where('serial', '=', card.serial)
        .where('ended_at', 'is', null)
        .where('municipality', '=', municipality)
        .where('resident_id', '=', residentId)
        .executeTakeFirst();
      return own ? { kind: 'linked' } : refused('another-person');
    }
    const holderFingerprint = certificate.fingerprint;
    const event = { municipality, staffId, residentId, holderFingerprint, consented: true as const };
    await appendAudit(tx, now, 'seal-card-linked', event);
    return { kind: 'linked' };
  });
}

/** False when there is no such tie of this municipality. */
export function endSealCard(
  db: CenterDatabase,
  { municipality, staffId }: StaffMember,
  id: number,
  now: number,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const ended = await tx
      .updateTable('seal_card')
      .set({ ended_by: staffId, ended_at: new Date(now) })
      .where('id', '=', id)
      .where('municipality', '=', municipality)
      .where('ended_at', 'is', null)
      .returning('resident_id')
      .executeTakeFirst();
    if (!ended) return false;
    const residentId = ended.resident_id;
    await appendAudit(tx, now, 'seal-card-ended', { municipality, staffId, residentId, link: id });
    return true;
  });
}
