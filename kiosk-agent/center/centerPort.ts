/**
 * The issuance center as the agent sees it. Types only. Nothing rejects: what cannot be reached is `unreachable`,
 * what the center refuses carries its notice. Bytes are decoded, answers are parsed with issuance-center/contract.
 */
import type { z } from 'zod';
import type {
  CertificateRequest,
  OfferedKind,
  ReceiptRequest,
  Refusal,
  SignedManifest,
  alarmRequest,
  confirmRequest,
  serviceResponse,
  voidRequest,
} from '#center/contract/kioskApi.ts';
import type {
  ApplicationChallenge,
  ApplicationStatus,
  DomicileForm,
  DomicileMunicipality,
  SignedApplication,
} from '#center/contract/domicileApplication.ts';
import type { NoticeCode } from '#templates/notices/notices.ts';
import type { KioskStatus } from '#center/contract/kioskStatus.ts';
import type { TestIssueOutcome, WaitingTestIssue } from '#center/contract/testIssue.ts';
import type { IssueNumber, MunicipalityCode } from '#templates/vocabulary.ts';

export type Unreachable = {
  readonly kind: 'unreachable';
  readonly reason: 'network' | 'timeout' | 'not-admitted' | 'fault';
};
export interface OpenedSession {
  readonly kind: 'opened';
  readonly sessionId: string;
  readonly challenge: Buffer;
  readonly expiresAt: string;
}
export interface MunicipalityChoice {
  readonly code: MunicipalityCode;
  readonly name: string;
  readonly relation: 'residence' | 'registered-domicile';
  /** what ended the registration; null: it is in force */
  readonly ended: NoticeCode | null;
}
export interface PreparedCertificate {
  readonly kind: 'prepared';
  readonly manifest: SignedManifest;
  readonly document: Buffer;
}
export interface MadeReceipt {
  readonly kind: 'receipt';
  readonly document: Buffer;
  /** of the PDF; printed on one side */
  readonly pages: number;
}
export type SettleAnswer =
  | { readonly kind: 'settled' | 'conflict'; readonly state: 'printed' | 'void' }
  | { readonly kind: 'unknown-issue-number' }
  | Unreachable;

/** 見本 as handed out, not yet looked at. */
export interface FetchedSpecimen {
  readonly kind: 'specimen';
  readonly payload: string;
  readonly signature: string;
  readonly document: Buffer;
}

/** An application that arrived, with its 控え. */
export interface ReceivedApplication {
  readonly kind: 'received';
  readonly application: ApplicationStatus;
  /** null: the application stands, its sheet could not be made */
  readonly sheet: Buffer | null;
  readonly pages: number;
}

/** 本籍地の利用登録 (issuance-center/contract/domicileApplication.ts), of an authenticated session. */
export interface DomicileCenter {
  municipalities(
    sessionId: string,
  ): Promise<
    | { readonly kind: 'municipalities'; readonly municipalities: readonly DomicileMunicipality[] }
    | Refusal
    | Unreachable
  >;
  form(sessionId: string, municipality: MunicipalityCode): Promise<DomicileForm | Unreachable>;
  challenge(sessionId: string, municipality: MunicipalityCode): Promise<ApplicationChallenge | Unreachable>;
  /** Once: what became of an unanswered one is in `applications`. */
  submit(
    sessionId: string,
    application: SignedApplication,
  ): Promise<ReceivedApplication | Refusal | Unreachable>;
  applications(
    sessionId: string,
  ): Promise<
    | { readonly kind: 'applications'; readonly applications: readonly ApplicationStatus[] }
    | Refusal
    | Unreachable
  >;
  withdraw(
    sessionId: string,
    number: string,
  ): Promise<{ readonly kind: 'withdrawn'; readonly application: ApplicationStatus } | Refusal | Unreachable>;
}

export interface CenterPort {
  readonly kioskId: string;
  service(): Promise<({ readonly kind: 'service' } & z.infer<typeof serviceResponse>) | Unreachable>;
  openSession(): Promise<OpenedSession | Refusal | Unreachable>;
  authenticate(
    sessionId: string,
    proof: { readonly certificate: Buffer; readonly signature: Buffer },
  ): Promise<
    | {
        readonly kind: 'authenticated';
        readonly municipalities: readonly MunicipalityChoice[];
        /** 「他市区町村の証明書（本籍地）」 is offered */
        readonly others: boolean;
      }
    | Refusal
    | Unreachable
  >;
  offer(
    sessionId: string,
    municipality: MunicipalityCode,
  ): Promise<{ readonly kind: 'offer'; readonly kinds: readonly OfferedKind[] } | Refusal | Unreachable>;
  prepare(
    sessionId: string,
    requestId: string,
    certificate: CertificateRequest,
  ): Promise<PreparedCertificate | Refusal | Unreachable>;
  /** 領収書 of certificates of this session; whatever the answer, money and certificates stay as they are. */
  receipt(sessionId: string, body: ReceiptRequest): Promise<MadeReceipt | Refusal | Unreachable>;
  /** Idempotent; the caller repeats it until it is acknowledged. */
  confirm(issueNumber: IssueNumber, body: z.infer<typeof confirmRequest>): Promise<SettleAnswer>;
  void(issueNumber: IssueNumber, body: z.infer<typeof voidRequest>): Promise<SettleAnswer>;
  /** 見本 that wait for this kiosk. */
  testIssues(): Promise<
    { readonly kind: 'test-issues'; readonly items: readonly WaitingTestIssue[] } | Unreachable
  >;
  /** Handed out once. */
  fetchTestIssue(id: string): Promise<FetchedSpecimen | { readonly kind: 'not-there' } | Unreachable>;
  /** Idempotent. */
  endTestIssue(
    id: string,
    outcome: TestIssueOutcome,
  ): Promise<{ readonly kind: 'noted' | 'unknown-test-issue' } | Unreachable>;
  /** What the kiosk says of itself; the next word replaces it. */
  status(body: KioskStatus): Promise<{ readonly kind: 'noted' } | Unreachable>;
  alarm(body: z.infer<typeof alarmRequest>): Promise<{ readonly kind: 'raised' } | Unreachable>;
  readonly domicile: DomicileCenter;
}
