/** Why issuing is stopped at once. Closed on purpose: a reason in words of one's own could name a person. */
export const stopReasons = {
  'wrong-certificate': '誤った証明書が交付されたおそれ',
  'register-fault': '台帳の連携の不具合',
  'print-fault': '印刷の不具合',
  'configuration-fault': '設定の誤り',
  'operator-request': '運用者からの依頼',
  other: 'そのほかの事情',
} as const;
export type StopReason = keyof typeof stopReasons;
export const stopReasonIds = Object.keys(stopReasons) as [StopReason, ...StopReason[]];
