/** The four items of a 署名用電子証明書, read the same way at the card and at the center. Node only. */
import { readCertificate } from '../identity/certificate.ts';
import { DerError } from '../identity/der.ts';
import { basicFourItemsOf } from '../identity/signatureCertificate.ts';
import type { BasicFourItems } from './domicileApplication.ts';

/** Null when the bytes are no certificate with these items in the form of the profile. */
export function itemsOfSignatureCertificate(der: Uint8Array): BasicFourItems | null {
  try {
    return basicFourItemsOf(readCertificate(der));
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}
