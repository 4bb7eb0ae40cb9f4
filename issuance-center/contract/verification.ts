/**
 * What anyone may ask the center about a certificate (operations.md 6.3): the keys fronts are signed with, the state of a
 * number, outlines of letters. No answer names a person, and whatever is not a printed certificate has one answer.
 */
import { z } from 'zod';
import { graphemeOutlines } from '#templates/graphemeOutline.ts';
import { certificateKindId, civilDate, issueNumber, municipalityCode } from '#templates/vocabulary.ts';

/** A municipality's public key for fronts: JWK (RFC 8037) with the days of issue it is good for. */
export const publishedKey = z.object({
  kid: z.string().regex(/^\d{6}-[A-Za-z0-9_-]{8}$/),
  municipality: municipalityCode,
  municipalityName: z.string(),
  /** first day of issue; null: from the beginning */
  from: civilDate.nullable(),
  /** last day of issue; null: still in use */
  until: civilDate.nullable(),
  jwk: z.object({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    /** 32 bytes, base64url */
    x: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  }),
});
export type PublishedKey = z.infer<typeof publishedKey>;

/** `GET /keys.json` */
export const publishedKeys = z.object({ version: z.literal(1), keys: z.array(publishedKey) });
export type PublishedKeys = z.infer<typeof publishedKeys>;

/** What a printed certificate is, as far as anyone may know. */
export const knownCertificate = z.object({
  kind: certificateKindId,
  /** 証明書名, e.g. 住民票の写し */
  label: z.string(),
  municipality: municipalityCode,
  municipalityName: z.string(),
  issueDate: civilDate,
});

/**
 * `GET /v1/certificates/:issueNumber`. `unknown`: never existed, void, not printed, or never to be told apart. `expired`:
 * issued, but too long ago for the municipality to vouch for it. Both fields are in every answer.
 */
export const certificateStatus = z.object({
  status: z.enum(['issued', 'withdrawn', 'expired', 'unknown']),
  certificate: knownCertificate.nullable(),
});
export type CertificateStatus = z.infer<typeof certificateStatus>;

/** Answers of every route outside its own 200. */
export const lookUpFailure = z.object({
  status: z.enum(['not-a-number', 'too-many', 'not-readable', 'no-such-page', 'fault']),
  message: z.object({ ja: z.string(), en: z.string() }),
});
export type LookUpFailure = z.infer<typeof lookUpFailure>;

/**
 * `GET /glyphs/:block.json`: every character of a block of 16 code points, and its sequences, as outlines;
 * `GET /glyphs/:municipality/:block.json`: a municipality's own characters (外字, private use).
 */
export const glyphBlock = z.object({ outlines: graphemeOutlines });

/** Block a code point is asked for by, lower case hex: the code point without its last four bits. */
export const blockOf = (codePoint: number): string => (codePoint >> 4).toString(16);

/**
 * An issue number as people type it: any case, any separators, and Crockford's look-alikes (O is 0, I and L are 1).
 * Undefined when it cannot be one.
 */
export function typedIssueNumber(text: string): z.infer<typeof issueNumber> | undefined {
  const symbols = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Dash}ー]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const parsed = issueNumber.safeParse(symbols.match(/.{1,4}/g)?.join('-'));
  return parsed.success ? parsed.data : undefined;
}
