/**
 * Who may do what in the municipal console. A staff member has one or more roles, in one municipality, and never acts for
 * another. Pure data: the page hides what the server refuses, the server decides.
 */
import { z } from 'zod';

export const roles = [
  /** 閲覧 */
  'viewer',
  /** 編集 */
  'editor',
  /** 承認 */
  'approver',
  /** 戸籍担当 */
  'family-register-officer',
  /** 管理 */
  'administrator',
] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

const EVERYONE = roles;

/** Every act that a route can ask for, with the roles that may. */
export const acts = {
  /** own account: second factors, password, signing out */
  'use-own-account': EVERYONE,
  'view-watch': EVERYONE,
  'view-issued': EVERYONE,
  'view-reports': EVERYONE,
  'view-registers': EVERYONE,
  'view-configuration': EVERYONE,
  /** drafts, seals, fonts, previews, proposing */
  'edit-configuration': ['editor'],
  'test-issue': ['editor', 'approver'],
  /** approving or rejecting what somebody else has proposed; taking back what is approved and not yet in force */
  'approve-configuration': ['approver'],
  /** 緊急停止: whoever sees something wrong may stop */
  'stop-issuing': ['editor', 'approver', 'family-register-officer', 'administrator'],
  'lift-stop': ['approver'],
  'close-alarm': ['approver', 'administrator'],
  'withdraw-certificate': ['editor', 'approver', 'family-register-officer'],
  /** 誤交付の報告とその後の手順 */
  'handle-wrong-certificate': ['editor', 'approver', 'family-register-officer', 'administrator'],
  /** rows of the registers that differ from the source, by opaque id */
  'view-differences': ['editor', 'approver', 'family-register-officer', 'administrator'],
  'manage-feed': ['administrator'],
  /** names of residents are shown: each look is audited */
  'make-disclosure': ['approver', 'family-register-officer'],
  'link-seal-card': ['editor'],
  /** 本籍地の申請: names and 戸籍 are shown, each look is audited */
  'view-applications': ['family-register-officer', 'approver'],
  /** taking, asking, accepting, refusing, ending */
  'handle-applications': ['family-register-officer'],
  'view-audit': ['approver', 'administrator'],
  'manage-staff': ['administrator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type Act = keyof typeof acts;

export function mayAct(own: readonly Role[], act: Act): boolean {
  const allowed: readonly Role[] = acts[act];
  return own.some((one) => allowed.includes(one));
}
