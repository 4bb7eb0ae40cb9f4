/**
 * Goes through a stored application again: the same steps over the same bytes, as of the instant at which it was received. The
 * challenge cannot be redeemed again; that it is the one in the signed content is checked.
 */
import { createHash } from 'node:crypto';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { CenterDatabase } from '../database/connect.ts';
import type { DomicileApplicationTable } from '../database/schemaDomicile.ts';
import {
  digitalSignaturePath,
  userAuthenticationPath,
  type PathProfile,
} from '../identity/certificatePath.ts';
import type { Certificate } from '../identity/certificate.ts';
import { judgeKeptAnswer } from '../identity/ocspAnswer.ts';
import type { TrustAnchor } from '../identity/trustAnchors.ts';
import { judgeItems, judgePossession, judgeSignedBytes, pathOf } from './applicationVerification.ts';

export type StepName =
  | 'bytes-as-received'
  | 'signed-content'
  | 'signature-certificate'
  | 'signature-certificate-good-then'
  | 'items'
  | 'possession'
  | 'authentication-certificate'
  | 'authentication-certificate-good-then'
  | 'columns';

export interface VerifiedStep {
  readonly step: StepName;
  /** null: as it should be */
  readonly fault: string | null;
}
export type StoredVerdict =
  | { readonly kind: 'verified'; readonly steps: readonly VerifiedStep[] }
  | { readonly kind: 'broken'; readonly steps: readonly VerifiedStep[] }
  | { readonly kind: 'unknown' };

type Row = Pick<
  DomicileApplicationTable,
  | 'municipality'
  | 'channel'
  | 'challenge_id'
  | 'challenge'
  | 'cms'
  | 'cms_sha256'
  | 'authentication_certificate'
  | 'possession'
  | 'signature_ocsp'
  | 'authentication_ocsp'
  | 'issuer_key_id'
  | 'serial'
  | 'signature_issuer_key_id'
  | 'signature_serial'
  | 'holder_fingerprint'
  | 'birth_date'
  | 'received_at'
>;

/** Ends with the first step that does not hold. */
export async function verifyStored(
  db: CenterDatabase,
  anchors: readonly TrustAnchor[],
  number: string,
): Promise<StoredVerdict> {
  const row = await db
    .selectFrom('domicile_application')
    .selectAll()
    .where('number', '=', number)
    .executeTakeFirst();
  if (!row) return { kind: 'unknown' };
  const steps: VerifiedStep[] = [];
  for (const { step, fault } of stepsOf(row as Row, anchors)) {
    steps.push({ step, fault });
    if (fault !== null) return { kind: 'broken', steps };
  }
  return { kind: 'verified', steps };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function* stepsOf(row: Row, anchors: readonly TrustAnchor[]): Generator<VerifiedStep> {
  const then = row.received_at.getTime();
  yield { step: 'bytes-as-received', fault: sha256(row.cms) === row.cms_sha256 ? null : 'digest' };
  const signed = judgeSignedBytes(row.cms, row.authentication_certificate, {
    channel: row.channel,
    challengeId: row.challenge_id,
    challenge: row.challenge,
    municipality: row.municipality as MunicipalityCode,
  });
  if (signed.kind === 'refused') return yield { step: 'signed-content', fault: signed.reason };
  yield { step: 'signed-content', fault: null };
  const signer = {
    certificate: signed.certificate,
    profile: digitalSignaturePath,
    answer: row.signature_ocsp,
    then,
  };
  const own = yield* certificateSteps('signature-certificate', signer, anchors);
  if (!own) return;
  yield { step: 'items', fault: judgeItems(signed.certificate, signed.content)?.reason ?? null };
  const challengeId = row.challenge_id;
  const other = judgePossession(row.authentication_certificate, row.possession, { ...row, challengeId });
  if (other.kind === 'refused') return yield { step: 'possession', fault: other.reason };
  yield { step: 'possession', fault: null };
  const holder = {
    certificate: other.certificate,
    profile: userAuthenticationPath,
    answer: row.authentication_ocsp,
    then,
  };
  const second = yield* certificateSteps('authentication-certificate', holder, anchors);
  if (!second) return;
  const isAsNoted =
    row.signature_issuer_key_id === own.keyId &&
    row.signature_serial === signed.certificate.serial &&
    row.issuer_key_id === second.keyId &&
    row.serial === other.certificate.serial &&
    row.holder_fingerprint === other.certificate.fingerprint &&
    row.birth_date === signed.content.items.birthDate;
  yield { step: 'columns', fault: isAsNoted ? null : 'other-than-the-evidence' };
}

interface Kept {
  readonly certificate: Certificate;
  readonly profile: PathProfile;
  readonly answer: Buffer;
  readonly then: number;
}

/** The anchor, when path and kept answer hold. */
function* certificateSteps(
  step: 'signature-certificate' | 'authentication-certificate',
  { certificate, profile, answer, then }: Kept,
  anchors: readonly TrustAnchor[],
): Generator<VerifiedStep, TrustAnchor | undefined> {
  const path = pathOf(certificate, { anchors }, then, profile);
  if (path.kind === 'refused') {
    yield { step, fault: path.reason };
    return undefined;
  }
  yield { step, fault: null };
  const verdict = judgeKeptAnswer(answer, certificate, path.anchor, then);
  yield { step: `${step}-good-then`, fault: verdict.kind === 'good' ? null : verdict.reason };
  return path.anchor;
}
