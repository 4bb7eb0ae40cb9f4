/** What an applicant reads when the 本籍地 has refused, or nobody can decide any more: fixed words, so that nothing of a 戸籍 is told by accident. */
import type { ApplicationRefusal } from '../contract/domicileApplication.ts';

export const refusalWords: Readonly<Record<ApplicationRefusal, string>> = {
  'register-not-found':
    '書かれた本籍と筆頭者の戸籍が、みつかりませんでした。本籍と筆頭者をたしかめて、もう一度申請してください。',
  'person-not-on-register':
    '書かれた戸籍に、申請した方がいませんでした。いまの本籍をたしかめて、もう一度申請してください。',
  'items-differ':
    '申請の氏名・生年月日・住所が、戸籍や附票の記録と合いませんでした。本籍地の市区町村へお問い合わせください。',
  'head-differs': '書かれた筆頭者が、戸籍と合いませんでした。筆頭者をたしかめて、もう一度申請してください。',
  'register-closed': 'その戸籍は、いまは使われていません。いまの本籍地の市区町村へ申請してください。',
  'notification-pending': '戸籍の届出を、いま反映しています。終わってから、もう一度申請してください。',
  'ask-at-the-counter': '本籍地の市区町村へ、お問い合わせください。',
};

export const expiryWords = {
  'not-decided': '決められた期間のうちに、結果が出ませんでした。',
  'card-over':
    '結果が出る前に、カードの電子証明書が新しくなったか、使えなくなりました。いまの電子証明書で、もう一度申請してください。',
} as const;
