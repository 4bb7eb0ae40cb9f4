/** Names with their readings. Family names stand with a share; rare letters and variation sequences are among them. */
import type { Random } from './random.ts';

export type Name = readonly [written: string, reading: string];

const FAMILY: readonly Name[] =
  `佐藤サトウ 鈴木スズキ 高橋タカハシ 田中タナカ 伊藤イトウ 渡辺ワタナベ 山本ヤマモト 中村ナカムラ 小林コバヤシ 加藤カトウ
吉田ヨシダ 山田ヤマダ 佐々木ササキ 山口ヤマグチ 松本マツモト 井上イノウエ 木村キムラ 林ハヤシ 斎藤サイトウ 清水シミズ 山崎ヤマザキ 阿部アベ 森モリ
池田イケダ 橋本ハシモト 石川イシカワ 山下ヤマシタ 小川オガワ 石井イシイ 長谷川ハセガワ 後藤ゴトウ 岡田オカダ 近藤コンドウ 前田マエダ 藤田フジタ
遠藤エンドウ 青木アオキ 坂本サカモト 村上ムラカミ 太田オオタ 金子カネコ 藤井フジイ 福田フクダ 西村ニシムラ 三浦ミウラ 竹内タケウチ 中川ナカガワ
岡本オカモト 松田マツダ 原田ハラダ 中野ナカノ 小野オノ 田村タムラ 藤原フジワラ 中山ナカヤマ 石田イシダ 小島コジマ 和田ワダ 森田モリタ 内田ウチダ
柴田シバタ 酒井サカイ 原ハラ 高木タカギ 横山ヨコヤマ 安藤アンドウ 宮崎ミヤザキ 上田ウエダ 島田シマダ 工藤クドウ 大野オオノ 宮本ミヤモト 杉山スギヤマ
今井イマイ 丸山マルヤマ 増田マスダ 高田タカダ 村田ムラタ 平野ヒラノ 大塚オオツカ 菅原スガワラ 武田タケダ 新井アライ 小山コヤマ 野口ノグチ 桜井サクライ
千葉チバ 岩崎イワサキ 久保クボ 木下キノシタ 佐野サノ 野村ノムラ 松尾マツオ 市川イチカワ 菊地キクチ 杉本スギモト 古川フルカワ 大西オオニシ 島シマ 水野ミズノ`
    .split(/\s+/)
    .map(nameOf);
/** 異体字, IVS, supplementary plane: about one household in fifty. */
const RARE: readonly Name[] =
  `渡邉ワタナベ 渡邊ワタナベ 渡邉󠄗ワタナベ 髙橋タカハシ 﨑山サキヤマ 山﨑ヤマザキ 濵田ハマダ 𠮷田ヨシダ 齋藤サイトウ 齊藤サイトウ 櫻井サクライ 德永トクナガ 瀨戸セト
辻󠄃ツジ 廣瀨ヒロセ 眞鍋マナベ 𣘺本ハシモト 勅使河原テシガワラ 小比類巻コヒルイマキ`
    .split(/\s+/)
    .map(nameOf);
const MALE: readonly Name[] =
  `翔ショウ 健太ケンタ 大輔ダイスケ 拓也タクヤ 誠マコト 隆タカシ 博ヒロシ 進ススム 一郎イチロウ 正マサ 勇イサム 稔ミノル 清キヨシ 茂シゲル 和夫カズオ 弘ヒロム
蓮レン 湊ミナト 陽翔ハルト 蒼アオ 樹イツキ 悠真ユウマ 颯太ソウタ 直樹ナオキ 学マナブ 剛ツヨシ 浩二コウジ 修一シュウイチ 亮リョウ 達也タツヤ 啓介ケイスケ 俊シュン`
    .split(/\s+/)
    .map(nameOf);
const FEMALE: readonly Name[] =
  `陽葵ヒマリ 凛リン 結菜ユイナ 芽依メイ 紬ツムギ 葵アオイ 咲良サクラ 美咲ミサキ 愛アイ 彩アヤ 恵メグミ 直美ナオミ 裕子ユウコ 由美子ユミコ 久美子クミコ 京子キョウコ
和子カズコ 幸子サチコ 節子セツコ 文フミ 千代チヨ 梓アズサ 香織カオリ 麻衣マイ 友美トモミ 真由美マユミ 明美アケミ 洋子ヨウコ 静香シズカ 雅ミヤビ 櫻サクラ`
    .split(/\s+/)
    .map(nameOf);

/** Given name in roman letters, family name, country. */
const FOREIGN: readonly (readonly [string, string, string])[] = [
  ['NGUYEN THI MAI', 'グエン　マイ', 'ベトナム'],
  ['TRAN VAN HUNG', 'チャン　フン', 'ベトナム'],
  ['SILVA LUCAS', 'シルバ　ルーカス', 'ブラジル'],
  ['SAMPLE MARIA', '見本　マリア', 'フィリピン'],
  ['RAI SITA', 'ライ　シタ', 'ネパール'],
  ['JOHNSON EMILY', 'ジョンソン　エミリー', '米国'],
  ['WIJAYA BUDI', 'ウィジャヤ　ブディ', 'インドネシア'],
];

function nameOf(entry: string): Name {
  const [, written = '', reading = ''] = /^(.*?)([ァ-ヶー]+)$/u.exec(entry) ?? [];
  return [written, reading];
}

const RARE_SHARE = 0.02;

export const familyName = (random: Random): Name => random.pick(random.chance(RARE_SHARE) ? RARE : FAMILY);
export const givenName = (random: Random, sex: 'male' | 'female'): Name =>
  random.pick(sex === 'male' ? MALE : FEMALE);
/** Somebody else of the family: no two of a household have the same given name. */
export function otherGivenName(random: Random, sex: 'male' | 'female', taken: readonly string[]): Name {
  const pool = sex === 'male' ? MALE : FEMALE;
  const free = pool.filter(([written]) => !taken.includes(written));
  return random.pick(free);
}
export const foreignName = (random: Random) => random.pick(FOREIGN);
