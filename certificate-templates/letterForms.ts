/**
 * Letters that are written in more than one form in names and places: a group holds the usual form first, then what registers
 * also hold (旧字体, 異体字). The last lines are compatibility ideographs, written by code point because editors normalise them
 * away. Pure; used by the keyboard, which offers the other forms, and by whoever compares a name with a register.
 */
export const letterForms =
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

const usual: ReadonlyMap<string, string> = usualForms(letterForms);

/** A letter may stand in two groups: they are one. */
function usualForms(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const headOf = (letter: string): string => {
    const next = found.get(letter);
    return next === undefined || next === letter ? letter : headOf(next);
  };
  for (const group of text.split(' ')) {
    const [first, ...others] = [...group] as [string, ...string[]];
    for (const other of others) {
      const [head, joined] = [headOf(first), headOf(other)];
      found.set(joined, head);
    }
  }
  return new Map([...found.keys()].map((letter) => [letter, headOf(letter)]));
}

/** The usual form of a letter; the letter itself where none is known. */
export const usualForm = (letter: string): string => usual.get(letter) ?? letter;
