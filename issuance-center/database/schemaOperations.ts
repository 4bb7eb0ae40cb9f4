/** Whose data a certificate shows, kiosks in trouble, reports of wrong certificates. */
import type { Generated } from 'kysely';

/** Everybody whose data is printed, by opaque id: for 開示 and for what was issued too late. */
export interface CertificateSubjectTable {
  issue_number: string;
  resident_id: string;
}

/** A certificate that was made after the instant from which it should not have been. */
export interface LateIssueTable {
  municipality: string;
  issue_number: string;
  effective_at: Date;
  found_at: Date;
  alarm_id: number | null;
}

/** What a kiosk said of itself last. */
export interface KioskStatusTable {
  kiosk_id: string;
  at: Date;
  reader: string;
  printer: string;
  printer_reasons: string[];
  payment: string;
  /** notice code */
  out_of_service: string | null;
  unsettled: number;
  build: string;
  clock_difference_ms: number;
}

/** 誤交付: one report and its course. */
export interface WrongCertificateCaseTable {
  id: string;
  municipality: string;
  /** of this municipality, from 1 */
  number: number;
  opened_at: Date;
  opened_by: string;
  reported_by: string;
  happened_at: Date | null;
  kiosk_id: string | null;
  issue_number: string | null;
  closed_at: Date | null;
  closed_by: string | null;
}

export interface WrongCertificateStepTable {
  id: Generated<number>;
  case_id: string;
  step: string;
  /** an id of a closed list */
  value: string;
  issue_number: string | null;
  at: Date;
  by: string;
}

export interface OperationsTables {
  certificate_subject: CertificateSubjectTable;
  late_issue: LateIssueTable;
  kiosk_status: KioskStatusTable;
  wrong_certificate_case: WrongCertificateCaseTable;
  wrong_certificate_step: WrongCertificateStepTable;
}
