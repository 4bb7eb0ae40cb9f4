/** Why a printed certificate may be withdrawn (取消). */
/** Closed on purpose: a reason in words of one's own could name a person. */
export const withdrawalReasons = {
  'wrong-person': '別の人の証明書が交付された',
  'wrong-content': '記載に誤りがあった',
  'print-defect': '印刷に不備があった',
  lost: '紛失または盗難の届け出があった',
  'obtained-improperly': '不正な手段で交付を受けていた',
} as const;
export type WithdrawalReason = keyof typeof withdrawalReasons;
export const withdrawalReasonIds = Object.keys(withdrawalReasons) as [
  WithdrawalReason,
  ...WithdrawalReason[],
];
