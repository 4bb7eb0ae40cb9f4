/** The words of a notice at home: those of the catalogue, but for what speaks of a machine in a store, its staff or money. */
import { noticeByCode, type NoticeCode } from '#templates/notices/notices.ts';
import type { NoticeWords } from './consentContract.ts';

const AT_HOME: Readonly<Record<string, Partial<Omit<NoticeWords, 'code'>>>> = {
  'CARD-05': {
    text: '署名のとちゅうで、カードが読み取り台からはなれました。何も署名していません。',
    todo: 'カードを置いて、もう一度おためしください。申請の内容は残っています。',
  },
  'CARD-07': { text: 'スマートフォンの電子証明書は使えません。' },
  'CARD-10': {
    title: 'カードリーダーが使えません',
    text: 'カードリーダーがみつからないか、とちゅうで外れました。何も署名していません。',
    todo: 'カードリーダーをパソコンにつないで、もう一度おためしください。',
  },
  'SYS-01': {
    text: '手続きを続けられなくなりました。何も送っていません。',
    todo: '申請のページにもどって、もう一度おためしください。',
  },
};

export function homeWords(code: NoticeCode): NoticeWords {
  const { title, text, todo } = noticeByCode(code);
  return { code, title: title.ja, text: text.ja, todo: todo.ja, ...AT_HOME[code] };
}
