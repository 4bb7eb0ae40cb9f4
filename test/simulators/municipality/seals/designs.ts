/**
 * The seals of the demo residents: what is cut into them, in columns from right to left, and how large they are. Fictional;
 * `make.ts` draws them. Two residents of one name and birth date have seals that cannot be mistaken for each other.
 */
export interface SealDesign {
  /** file name without .png */
  readonly name: string;
  /** columns from right to left, each read downwards */
  readonly columns: readonly string[];
  readonly shape: 'round' | 'square' | 'oval';
  /** width on paper, mm */
  readonly widthMm: number;
}

/** Dots per inch of every picture. */
export const SEAL_DPI = 600;

export const sealDesigns: readonly SealDesign[] = [
  { name: 'watanabe-taro', columns: ['渡邉', '太郎'], shape: 'round', widthMm: 16.5 },
  { name: 'yanagida', columns: ['栁田'], shape: 'round', widthMm: 13.5 },
  { name: 'maria', columns: ['マリ', 'ア印'], shape: 'round', widthMm: 15 },
  { name: 'tsuji-jo', columns: ['辻𠀋', '之印'], shape: 'square', widthMm: 18 },
  { name: 'saito', columns: ['齋藤'], shape: 'oval', widthMm: 10 },
  { name: 'yanagi', columns: ['栁'], shape: 'round', widthMm: 10.5 },
  { name: 'hajime', columns: ['一一'], shape: 'round', widthMm: 12 },
  { name: 'kadenokoji', columns: ['勘解由', '小路之', '実印章'], shape: 'square', widthMm: 24 },
  { name: 'mihon-junko', columns: ['見本', '順子'], shape: 'round', widthMm: 15 },
  { name: 'jin-miyako', columns: ['神\u{FA26}', '子印'], shape: 'round', widthMm: 13.5 },
  { name: 'mihon', columns: ['見本'], shape: 'round', widthMm: 12 },
  { name: 'mihon-kaoru', columns: ['見本', '薫印'], shape: 'square', widthMm: 15 },
  { name: 'saiki', columns: ['齊木'], shape: 'round', widthMm: 12 },
  { name: 'kako', columns: ['架空'], shape: 'round', widthMm: 12 },
  { name: 'hashimoto', columns: ['𣘺本', '梓印'], shape: 'round', widthMm: 13.5 },
  { name: 'watanabe-kotaro', columns: ['渡邊', '幸太郎'], shape: 'round', widthMm: 18 },
  { name: 'watanabe-manabu', columns: ['渡辺', '学印'], shape: 'square', widthMm: 12 },
];
