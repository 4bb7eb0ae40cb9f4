/** Alarms in words: what the kiosk's check before printing found, and what the registers' feed found. */
const WORDS: Readonly<Record<string, string>> = {
  signature: '証明書の控えの署名が合わなかった',
  session: 'ほかの手続きの証明書だった',
  kiosk: 'ほかの機械の証明書だった',
  holder: 'カードの持ち主と証明書の持ち主がちがった',
  hash: '証明書の中身が控えとちがった',
  pages: '証明書の枚数が控えとちがった',
  expired: '証明書が古くなっていた',
  replayed: '一度使われた証明書だった',
  kind: '頼んだ種類とちがう証明書だった',
  request: '頼んだものとちがう証明書だった',
  late: '交付できなくなったあとに作られた証明書がある',
};

export const alarmWords = (finding: string): string => WORDS[finding] ?? finding;
