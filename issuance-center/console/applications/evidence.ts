/** The signed bytes of a stored application, read and checked again each time they are looked at. */
import { createHash } from 'node:crypto';
import {
  applicationBytes,
  applicationContent,
  type ApplicationContent,
} from '../../contract/domicileApplication.ts';
import { readSignedContent } from '../../domicile/readSignedContent.ts';
import { DerError } from '../../identity/der.ts';
import { basicFourItemsOf } from '../../identity/signatureCertificate.ts';

export interface Stored {
  readonly number: string;
  readonly municipality: string;
  readonly cms: Buffer;
  readonly cms_sha256: string;
  readonly authentication_certificate: Buffer;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Undefined when they are not what was received, signed by the holder of the items in them, for this municipality. */
export function evidenceOf(row: Stored): ApplicationContent | undefined {
  if (sha256(row.cms) !== row.cms_sha256) return undefined;
  try {
    const signed = readSignedContent(row.cms);
    if (!signed) return undefined;
    const content = applicationContent.parse(JSON.parse(signed.content.toString('utf8')));
    const items = basicFourItemsOf(signed.certificate);
    const keys = Object.keys(items) as (keyof typeof items)[];
    const isSound =
      signed.content.equals(applicationBytes(content)) &&
      content.municipality === row.municipality &&
      content.authenticationCertificate === sha256(row.authentication_certificate) &&
      keys.every((key) => items[key] === content.items[key]);
    return isSound ? content : undefined;
  } catch (error) {
    if (error instanceof DerError || error instanceof SyntaxError || isSchemaFault(error)) return undefined;
    throw error;
  }
}

const isSchemaFault = (error: unknown): boolean => error instanceof Error && error.name === 'ZodError';
