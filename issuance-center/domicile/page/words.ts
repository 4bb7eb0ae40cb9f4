/** Words of the page for instants and the states of an application. */
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
