/**
 * Letters of one name in more than one form: a group holds the usual form first, then what registers also hold. Offered
 * beside the usual form for names. The last lines are compatibility ideographs,
 * written by code point because editors normalise them away. Forms that differ by a variation sequence only (IVS) look alike here: staff compare.
 */
const GROUPS =
  '高髙 崎﨑嵜碕埼 辺邉邊 浜濱濵 沢澤 斎齋斉齊 柳栁桺 橋𣘺槗 吉𠮷 桜櫻 国國圀 島嶋嶌 広廣 富冨 恵惠 徳德 ' +
  '沖冲 塚塜 凛凜 真眞 竜龍 滝瀧 栄榮 桑桒 館舘 関關 増增 郎郞 曽曾 蔵藏 与與 円圓 実實 寿壽 条條 芦蘆 ' +
  '豊豐 来來 稲稻 穂穗 静靜 清淸 緑綠 絵繪 礼禮 学學 宝寶 弥彌 亀龜 万萬 秋穐 峰峯 杉椙 村邨 土圡 梅楳 ' +
  '船舩 野埜 昇曻 淵渕渊 剣劔劒 桧檜 薮藪 籠篭 鉄鐵銕 歳歲 暁曉 巌巖 応應 奥奧 会會 覚覺 気氣 駆驅 経經 ' +
  '権權 厳嚴 黄黃 黒黑 児兒 釈釋 収收 従從 渋澁 縦縱 叙敍 将將 焼燒 奨奬 畳疊 嬢孃 譲讓 尽盡 粋粹 瀬瀨 ' +
  '摂攝 専專 戦戰 繊纖 禅禪 壮壯 荘莊 総總 聡聰 蔵藏 帯帶 対對 台臺 団團 庁廳 聴聽 鎮鎭 転轉 伝傳 灯燈 ' +
  '当當 闘鬪 読讀 悩惱 脳腦 拝拜 売賣 発發 抜拔 仏佛 払拂 変變 歩步 舗舖 褒襃 翻飜 槙槇 満滿 黙默 薬藥 ' +
  '誉譽 様樣 謡謠 乱亂 覧覽 涼凉 猟獵 塁壘 励勵 歴歷 恋戀 錬鍊 労勞 楼樓 録錄 脇脅 鯵鰺 鴬鶯 鴎鷗 蛎蠣 ' +
  '頼賴 頬頰 祷禱 蝋蠟 糸絲 蕊蘂 遥遙 尭堯 晋晉 莱萊 昂昻 亘亙 槇槙 髪髮 鶴靏靍鸖 曳曵 穣穰 証證 仙僊 ' +
  '体體 号號 声聲 点點 区區 仮假 県縣 間閒 両兩 並竝 余餘 写寫 処處 参參 双雙 図圖 壱壹 弐貳 売賣 霊靈 ' +
  '茎莖 丈𠀋 ' +
  '神\uFA19 都\uFA26 祐\uFA4F 晴\uFA12 猪\uFA16 益\uFA17 礼\uFA18 祥\uFA1A 福\uFA1B 靖\uFA1C ' +
  '羽\uFA1E 諸\uFA22 逸\uFA25 館\uFA2C 鶴\uFA2D 隆\uF9DC 朗\uF929 海\uFA45 渚\uFA46 琢\uFA4A ' +
  '祖\uFA50 祝\uFA51 禎\uFA53 穀\uFA54 節\uFA56 繁\uFA59 謹\uFA63 賓\uFA64 響\uFA69 塚\uFA10';

interface Form {
  readonly letter: string;
  /** the lower, the more usual: the place of its group */
  readonly rank: number;
}
const FORMS: ReadonlyMap<string, readonly Form[]> = readGroups(GROUPS);

function readGroups(text: string): ReadonlyMap<string, readonly Form[]> {
  const forms = new Map<string, readonly Form[]>();
  text.split(' ').forEach((group, rank) => {
    const letters = [...group];
    for (const letter of letters) {
      const others = letters.filter((each) => each !== letter).map((other) => ({ letter: other, rank }));
      forms.set(letter, [...(forms.get(letter) ?? []), ...others]);
    }
  });
  return forms;
}

const MOST_VARIANTS = 12;
const MOST_SPELLINGS = 64;

interface Spelling {
  readonly text: string;
  readonly changes: number;
  readonly rank: number;
}

/** The word with one letter, then with several letters, in their other forms, the usual ones first; without itself. */
export function variantsOf(word: string): readonly string[] {
  const spellings = [...word].reduce<readonly Spelling[]>(
    (begun, letter) =>
      begun
        .flatMap(({ text, changes, rank }) => [
          { text: text + letter, changes, rank },
          ...(FORMS.get(letter) ?? []).map((form) => ({
            text: text + form.letter,
            changes: changes + 1,
            rank: rank + form.rank,
          })),
        ])
        .slice(0, MOST_SPELLINGS),
    [{ text: '', changes: 0, rank: 0 }],
  );
  return spellings
    .filter(({ changes }) => changes > 0)
    .sort((left, right) => left.changes - right.changes || left.rank - right.rank)
    .slice(0, MOST_VARIANTS)
    .map(({ text }) => text);
}
