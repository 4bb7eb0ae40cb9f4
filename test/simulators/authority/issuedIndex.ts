/**
 * What the authority has issued and how each certificate stands: one small file per certificate, read at every question, so
 * that a change made by another process (the card maker, a test) is in the next OCSP answer.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { certificatePurposes } from './profile.ts';

/** CRLReason of RFC 5280 5.3.1. */
export const REVOCATION_REASONS = {
  unspecified: 0,
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
} as const;
export type RevocationReason = keyof typeof REVOCATION_REASONS;

const hex = z.string().regex(/^[0-9a-f]+$/);
const reasons = Object.keys(REVOCATION_REASONS) as [RevocationReason, ...RevocationReason[]];
export const certificateStatus = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('good') }),
  /** `at` is an instant in milliseconds; suspended certificates have the reason certificateHold */
  z.object({ kind: z.literal('revoked'), reason: z.enum(reasons), at: z.number().int() }),
  /** issued, but the responder shall say that it does not know it */
  z.object({ kind: z.literal('unknown') }),
]);
export type CertificateStatus = z.infer<typeof certificateStatus>;

/** Names one certificate: SHA-256 of the issuer's SubjectPublicKeyInfo and the serial, both lower-case hexadecimal. */
export const certificateLink = z.object({ issuerKeyId: hex.length(64), serial: hex });
export type CertificateLink = z.infer<typeof certificateLink>;

const issuedRecord = z.object({ purpose: z.enum(certificatePurposes), status: certificateStatus });
export type IssuedRecord = z.infer<typeof issuedRecord>;

export interface IssuedIndex {
  /** throws Error when the issuer has used this serial before */
  add(link: CertificateLink, record: IssuedRecord): void;
  /** undefined when this authority did not issue it */
  find(link: CertificateLink): IssuedRecord | undefined;
  /** throws Error when it was never issued */
  setStatus(link: CertificateLink, status: CertificateStatus): void;
  all(issuerKeyId: string): { readonly serial: string; readonly record: IssuedRecord }[];
}

export function openIssuedIndex(dir: string): IssuedIndex {
  const pathOf = ({ issuerKeyId, serial }: CertificateLink): string =>
    join(dir, issuerKeyId, `${serial}.json`);
  const find = (link: CertificateLink): IssuedRecord | undefined => {
    try {
      return issuedRecord.parse(JSON.parse(readFileSync(pathOf(link), 'utf8')));
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    }
  };
  return {
    find,
    add: (link, record) => {
      const checked = certificateLink.parse(link);
      mkdirSync(join(dir, checked.issuerKeyId), { recursive: true });
      try {
        writeFileSync(pathOf(checked), JSON.stringify(record), { flag: 'wx' });
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
        throw new Error(`a certificate with the serial ${checked.serial} was issued already`);
      }
    },
    setStatus: (link, status) => {
      const record = find(certificateLink.parse(link));
      if (!record) throw new Error('no certificate with this issuer and serial was issued');
      const temporary = `${pathOf(link)}.${process.pid}.new`;
      writeFileSync(temporary, JSON.stringify({ ...record, status }));
      renameSync(temporary, pathOf(link));
    },
    all: (issuerKeyId) => {
      const folder = join(dir, issuerKeyId);
      const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
      return names.map((name) => {
        const serial = name.slice(0, -'.json'.length);
        const record = find({ issuerKeyId, serial });
        if (!record) throw new Error(`${name} vanished from the index`);
        return { serial, record };
      });
    },
  };
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
