/** Why a person cannot be registered, and items, for staff. Pure; read by server and page. */
import type { ComparedItemId, Obstacle } from '../../contract/console/applications.ts';

export const obstacleWords: Readonly<Record<Obstacle, string>> = {
  'nobody-on-register': 'この戸籍に、申請した人がいません',
  'birth-date-differs': '生年月日がちがいます。登録できません',
  'given-name-differs': '名がちがいます。登録できません',
  'domicile-differs': '申請の本籍と、この戸籍の本籍がちがいます。登録できません',
  removed: 'この戸籍から除かれた人です',
  'register-closed': '除籍または改製原戸籍です',
  'notification-pending': '届出の反映待ちです。反映されてから登録してください',
  'not-one-person': 'この戸籍の、名と生年月日が合う人が、1人だけではありません',
  'another-resident': 'このカードの持ち主は、台帳では別の人です。登録できません',
  'row-in-doubt': 'この人の台帳の記録が、元の台帳と食いちがっています。直ってから登録してください',
};

export const itemNames: Readonly<Record<ComparedItemId, string>> = {
  'family-name': '氏',
  'given-name': '名',
  'birth-date': '生年月日',
  domicile: '本籍',
  'head-of-register': '筆頭者',
  address: '住所',
};
