/**
 * The words of a notice for somebody at a computer at home: those of the catalogue, but for what speaks of a machine in a store,
 * its staff or money. Pure; for the page of the 利用登録 and for the consent page of the home agent alike.
 */
import { noticeByCode, type NoticeCode } from './notices.ts';

export interface WordsAtHome {
  readonly title: string;
  readonly text: string;
  readonly todo: string;
}

const AT_HOME: Readonly<Record<string, Partial<WordsAtHome>>> = {
  'CARD-05': {
    text: '署名のとちゅうで、カードが読み取り台からはなれました。何も署名していません。申請は送られていません。',
    todo: 'カードを置いて、もう一度おためしください。申請の内容は残っています。',
  },
  'CARD-07': { text: 'スマートフォンの電子証明書は使えません。' },
  'CARD-10': {
    title: 'カードリーダーが使えません',
    text: 'カードリーダーがみつからないか、とちゅうで外れました。何も署名していません。申請は送られていません。',
    todo: 'カードリーダーをパソコンにつないで、もう一度おためしください。',
  },
  'APPL-04': { todo: '本籍地の証明書は、コンビニの機械で、このカードを使ってお取りください。' },
  'APPL-05': { todo: 'お住まいの市区町村の証明書は、コンビニの機械で、利用登録なしでお取りください。' },
  'APPL-06': { todo: '申請のページから、もう一度、利用登録を申請してください。' },
  'SYS-01': {
    text: '手続きを続けられなくなりました。申請は送られていません。',
    todo: 'しばらくしてから、申請のページで、もう一度おためしください。',
  },
};

export function wordsAtHome(code: NoticeCode): WordsAtHome {
  const { title, text, todo } = noticeByCode(code);
  return { title: title.ja, text: text.ja, todo: todo.ja, ...AT_HOME[code] };
}
