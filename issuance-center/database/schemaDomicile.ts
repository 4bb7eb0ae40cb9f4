/** 本籍地 applications, and the registrations that came of them. */
import type { Generated } from 'kysely';
import type {
  ApplicationChannel,
  ApplicationRefusal,
  ApplicationState,
} from '../contract/domicileApplication.ts';

export interface DomicileChallengeTable {
  id: string;
  /** 32 bytes */
  challenge: Buffer;
  /** of the 本籍 */
  municipality: string;
  channel: ApplicationChannel;
  /** both of the kiosk's session; null on the internet */
  kiosk_id: string | null;
  session_id: string | null;
  expires_at: Date;
  /** set by the one statement that redeems it; never cleared */
  used_at: Date | null;
}

/** The signed bytes hold the applicant's name and address: evidence, read by the queue and application:verify only. */
export interface DomicileApplicationTable {
  number: string;
  municipality: string;
  channel: ApplicationChannel;
  kiosk_id: string | null;
  challenge_id: string;
  challenge: Buffer;
  /** DER */
  cms: Buffer;
  /** SHA-256 of `cms`, hex: the same bytes are taken once */
  cms_sha256: string;
  /** DER */
  authentication_certificate: Buffer;
  possession: Buffer;
  /** DER of the OCSP answers as they were judged */
  signature_ocsp: Buffer;
  authentication_ocsp: Buffer;
  /** of the 利用者証明用電子証明書: SHA-256 of the CA's SPKI, hex, and serial, lower case hex */
  issuer_key_id: string;
  serial: string;
  /** of the 署名用電子証明書 */
  signature_issuer_key_id: string;
  signature_serial: string;
  /** SHA-256 of `authentication_certificate`, hex */
  holder_fingerprint: string;
  /** whose card it is in the register of residents, where some municipality here knows it; opaque */
  applicant_resident_id: string | null;
  /** `YYYY-MM-DD`, what the status on the web is asked with */
  birth_date: string;
  state: ApplicationState;
  received_at: Date;
  /** `YYYY-MM-DD`, the fifth business day */
  decide_by: string;
  /** staff id, while and since somebody has it */
  taken_by: string | null;
  taken_at: Date | null;
  /** what the officer asks the applicant */
  question: string | null;
  asked_at: Date | null;
  decided_by: string | null;
  decided_at: Date | null;
  refusal: ApplicationRefusal | null;
  /** grows with every change: who acts names the one that was seen */
  revision: Generated<number>;
}

/** Why a registration ended. */
export type RegistrationEnd =
  /** the card's 利用者証明用電子証明書 was renewed or made anew */
  | 'certificate-replaced'
  | 'certificate-revoked'
  | 'certificate-expired'
  /** the register ties the card to somebody else than who signed */
  | 'holder-changed'
  /** 転籍, 婚姻 …: the person is not on that 戸籍 any more, or is not who was compared */
  | 'register-changed'
  | 'withdrawn'
  /** ended by an officer */
  | 'by-municipality';

/** In force while `ended_at` is null. */
export interface DomicileRegistrationTable {
  id: Generated<number>;
  /** of the 本籍 */
  municipality: string;
  /** of the 利用者証明用電子証明書 */
  issuer_key_id: string;
  serial: string;
  family_register_id: string;
  /** registers/registeredPerson.ts: digest of 名 and 生年月日 of the member */
  member_digest: string;
  /** id of the member in the 戸籍 at registration, when it had one */
  member_resident_id: string | null;
  application_number: string;
  registered_by: string;
  registered_at: Date;
  /** `YYYY-MM-DD` */
  registered_on: string;
  ended_at: Date | null;
  ended_because: RegistrationEnd | null;
}

export interface DomicileTables {
  domicile_challenge: DomicileChallengeTable;
  domicile_application: DomicileApplicationTable;
  domicile_registration: DomicileRegistrationTable;
}
