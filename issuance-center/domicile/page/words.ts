/** Words of the page for instants and notices. */
import { noticeByCode, type NoticeCode } from '#templates/notices/notices.ts';
import { warekiDate } from '#templates/civilTime.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { ApplicationState } from '../../contract/domicileApplication.ts';

const moment = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
  hour: 'numeric',
  minute: '2-digit',
});
/** e.g. 11月20日(金) 10:05, in Japan. @param instant ISO 8601 */
export const momentWords = (instant: string): string => moment.format(new Date(instant));
export const dayWords = (day: CivilDate): string => warekiDate(day);

interface NoticeWords {
  readonly title: string;
  readonly text: string;
  readonly todo: string;
}
/** What the catalogue says of a machine in a store is said of a computer here. */
const AT_HOME: Readonly<Record<string, Partial<NoticeWords>>> = {
  'CARD-10': {
    title: 'カードリーダーが使えません',
    text: 'カードリーダーがみつからないか、とちゅうで外れました。申請は送られていません。',
    todo: 'カードリーダーをつないで、もう一度おためしください。',
  },
  'CARD-05': { text: '署名のとちゅうで、カードが読み取り台からはなれました。申請は送られていません。' },
  'CARD-07': { text: 'スマートフォンの電子証明書は使えません。' },
  'APPL-04': { todo: '本籍地の証明書は、コンビニの機械で、このカードを使ってお取りください。' },
  'APPL-05': { todo: 'お住まいの市区町村の証明書は、コンビニの機械で、利用登録なしでお取りください。' },
  'APPL-06': { todo: 'このページから、もう一度、利用登録を申請してください。' },
  'SYS-01': {
    text: '手続きを続けられなくなりました。申請は送られていません。',
    todo: 'しばらくしてから、もう一度おためしください。',
  },
};
export function noticeWords(code: NoticeCode): NoticeWords {
  const { title, text, todo } = noticeByCode(code);
  return { title: title.ja, text: text.ja, todo: todo.ja, ...AT_HOME[code] };
}

export const stateWords: Readonly<Record<ApplicationState, string>> = {
  received: '受け付けました',
  checking: '本籍地の市区町村が確認しています',
  accepted: '登録ずみです',
  refused: '登録できません',
  withdrawn: '取り下げられました',
  expired: '期限が過ぎました',
};
export const QUESTION_WORDS =
  '本籍地の市区町村が、たずねています。下の「おたずね」を読んで、市区町村へ連絡してください。';
export const nextWords: Readonly<Record<ApplicationState, string>> = {
  received: '本籍地の市区町村が確認するまで、お待ちください。',
  checking: '決まるまで、お待ちください。',
  accepted: 'コンビニの機械で、本籍地の証明書を受け取れます。申請したときのカードをお使いください。',
  refused: '理由をたしかめてください。なおせるときは、もう一度申請できます。',
  withdrawn: '必要なときは、もう一度申請できます。',
  expired: 'もう一度申請するか、本籍地の市区町村へおたずねください。',
};
