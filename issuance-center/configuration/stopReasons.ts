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

/** What can be stopped apart from certificates: a channel of 本籍地証明書利用登録申請. They stand among the stopped kinds. */
export const channelStops = {
  'domicile-kiosk': '本籍地の利用登録の受付（店の機械）',
  'domicile-internet': '本籍地の利用登録の受付（インターネット）',
} as const;
export type ChannelStop = keyof typeof channelStops;
export const isChannelStop = (kind: string | null): kind is ChannelStop =>
  kind !== null && Object.hasOwn(channelStops, kind);
