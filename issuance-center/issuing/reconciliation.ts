/**
 * 作成数, 納付数, 印刷数 are three numbers, and every certificate must end in one of the ways they agree (operations.md 1, row
 * 2): printed and paid, or void with nothing taken, or void with all of it given back. Whatever did not is named. Pure.
 */
export interface Ended {
  readonly state: 'prepared' | 'printed' | 'void';
  readonly fee: number;
  readonly pages: number;
  /** yen the kiosk reported */
  readonly paid: number | null;
  readonly refunded: number | null;
  readonly sheets: number | null;
  readonly isOverdue: boolean;
  /** the kiosk said two different things about its end */
  readonly hasConflict: boolean;
}

export const exceptionWords = {
  'printed-unpaid': '印刷されたが、手数料が納められていない',
  'printed-other-amount': '印刷されたが、納められた額が手数料とちがう',
  'sheets-differ': '印刷された枚数が、証明書の枚数とちがう',
  'refund-differs': '取り消されたが、返した額が手数料とちがう',
  overdue: '作られたまま、印刷も取り消しも報告されていない',
  conflict: '機械の報告が、前の報告と食いちがっている',
} as const;
export type Exception = keyof typeof exceptionWords;

export function exceptionsOf(certificate: Ended): readonly Exception[] {
  const { state, fee, pages, paid, refunded, sheets, isOverdue, hasConflict } = certificate;
  const found: Exception[] = [];
  if (state === 'printed') {
    if (fee > 0 && (paid ?? 0) === 0) found.push('printed-unpaid');
    else if ((paid ?? 0) !== fee) found.push('printed-other-amount');
    // a front and its back are one sheet
    if (sheets !== pages / 2) found.push('sheets-differ');
  }
  if (state === 'void' && (refunded ?? 0) !== 0 && refunded !== fee) found.push('refund-differs');
  if (state === 'prepared' && isOverdue) found.push('overdue');
  if (hasConflict) found.push('conflict');
  return found;
}
