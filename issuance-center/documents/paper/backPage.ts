/**
 * The back of one front: the signed codes, the number, and how to verify, in Japanese and English. Its fixed words are a
 * block, so that their operators and glyphs are made once per sheet.
 */
import { warekiDate } from '#templates/civilTime.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { CodeMatrix } from '../../verification/codeMatrix.ts';
import type { Block, Frame, LaidOutPage, PlacedImage, TextRun } from '../laidOut.ts';
import { fitText, type Measure } from '../layoutFit.ts';
import { placeLines } from '../layoutPlace.ts';
import type { TaggedItem } from '../pdfTags.ts';
import { placeCodes } from './pageCodes.ts';

export interface BackWords {
  readonly municipalityName: string;
  readonly title: string;
  readonly issueNumberLabel: string;
  readonly issueNumber: string;
  readonly issueDate: CivilDate;
  readonly verificationUrl: string;
  /** from 1 */
  readonly page: number;
  readonly of: number;
  readonly codes: readonly CodeMatrix[];
}

export interface BackPage {
  readonly page: LaidOutPage & { readonly reading: readonly TaggedItem[] };
  /** where the tint does not run: the codes with their quiet zones */
  readonly white: readonly Frame[];
}

const LEFT = 42;
const WIDTH = 511;
const CODES_TOP = 118;

interface FixedText {
  readonly text: string;
  readonly baseline: number;
  readonly sizePt: number;
  readonly lang?: 'en';
}
const DATE_LABEL: FixedText = { text: '発行日', baseline: 92.5, sizePt: 9 };
const HEADING: FixedText = { text: 'この証明書の確かめかた', baseline: 515, sizePt: 13 };
const BEFORE_ADDRESS: readonly FixedText[] = [
  {
    text: '下のアドレスをスマートフォンなどで開き、上の2次元コードをすべて読み取ってください。',
    baseline: 536,
    sizePt: 11,
  },
  {
    text: 'おもて面の内容が変えられていないこと、取り消されていないことを確かめられます。',
    baseline: 553,
    sizePt: 11,
  },
];
const AFTER_ADDRESS: readonly FixedText[] = [
  {
    text: 'To verify this certificate, open the address above on a phone or computer and scan every',
    baseline: 606,
    sizePt: 11,
    lang: 'en',
  },
  {
    text: 'code on this page: it shows whether the front is unaltered and still valid.',
    baseline: 622,
    sizePt: 11,
    lang: 'en',
  },
  { text: 'コピーをとると、紙の地に「複写」の文字が現れます。', baseline: 648, sizePt: 11 },
  {
    text: 'On a photocopy the word 複写 (copy) appears in the background.',
    baseline: 664,
    sizePt: 11,
    lang: 'en',
  },
];
const FIXED: readonly FixedText[] = [DATE_LABEL, HEADING, ...BEFORE_ADDRESS, ...AFTER_ADDRESS];

export const BACK_FIXED_TEXTS: readonly string[] = FIXED.map(({ text }) => text);

const block: Block = {
  texts: FIXED.map(({ text, baseline, sizePt }, mark) => ({ x: LEFT, baseline, sizePt, text, mark })),
  rules: [],
};

/** Throws RangeError when a code is too fine or a word of the municipality does not fit. */
export function backPage(words: BackWords, measure: Measure, paperWidthPt: number): BackPage {
  const writer = runWriter(measure);
  const { municipalityName, title, issueNumberLabel, issueNumber, issueDate } = words;
  const named = writer.put(`${municipalityName}　${title}`, 15, { y: 34, width: 400 });
  const placed = writer.put(`${words.page}／${words.of}　うら`, 11, {
    y: 34,
    x: LEFT + 400,
    width: 111,
    align: 'right',
  });
  const label = writer.put(issueNumberLabel, 9, { y: 62, width: 66 });
  const number = writer.put(issueNumber, 16, { y: 56, x: LEFT + 70, width: 400 });
  const date = writer.put(warekiDate(issueDate), 11, { y: 83, x: LEFT + 70, width: 400 });
  const address = writer.put(words.verificationUrl, 14, { y: 564, width: WIDTH });
  const codes = placeCodes(words.codes, CODES_TOP, paperWidthPt);
  const images = codes.map(({ image, frame }, index): PlacedImage => {
    const alt = `2次元コード　${index + 1}／${codes.length}　おもて面の内容と電子署名`;
    return { kind: 'picture', image, ...frame, alt, mark: writer.nextMark() };
  });
  const reading: TaggedItem[] = [
    item('title', `${municipalityName}　${title}`, named),
    item('pair', issueNumber, [...label, ...number], issueNumberLabel),
    item('pair', warekiDate(issueDate), [FIXED.indexOf(DATE_LABEL), ...date], DATE_LABEL.text),
    item('paragraph', `${words.page}／${words.of}　うら`, placed),
    ...images.map(({ alt, mark }) => item('figure', alt, [mark])),
    ...[HEADING, ...BEFORE_ADDRESS].map(fixedItem),
    item('paragraph', words.verificationUrl, address),
    ...AFTER_ADDRESS.map(fixedItem),
  ];
  const page = {
    blocks: [block],
    texts: writer.runs,
    rules: [],
    images,
    reading,
    markCount: writer.nextMark(),
  };
  return { page, white: codes.map(({ quiet }) => quiet) };
}

const item = (role: TaggedItem['role'], value: string, marks: readonly number[], label = ''): TaggedItem => ({
  role,
  section: '',
  label,
  value,
  field: 'back',
  marks,
});

const fixedItem = (fixed: FixedText): TaggedItem => ({
  ...item('paragraph', fixed.text, [FIXED.indexOf(fixed)]),
  ...(fixed.lang ? { lang: fixed.lang } : {}),
});

interface Spot {
  readonly x?: number;
  readonly y: number;
  readonly width: number;
  readonly align?: 'left' | 'right';
}

/** Runs with marks after those of the block. */
function runWriter(measure: Measure) {
  const runs: TextRun[] = [];
  let mark = FIXED.length;
  return {
    runs,
    nextMark: () => mark++,
    put: (text: string, sizePt: number, { x = LEFT, y, width, align = 'left' }: Spot): readonly number[] => {
      const frame = { x, y, widthPt: width, heightPt: sizePt };
      const fit = fitText(text, { ...frame, heightPt: sizePt * 1.1 }, sizePt, measure);
      if (fit.kind === 'does-not-fit') throw new RangeError('a word of the back does not fit');
      const lines = placeLines(fit, frame, align, measure, mark);
      mark += lines.length;
      runs.push(...lines);
      return lines.map((line) => line.mark!);
    },
  };
}
