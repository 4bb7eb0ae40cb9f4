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
/** Upper edge of the codes' places. */
export const CODES_TOP = 118;

interface FixedText {
  readonly lines: readonly string[];
  readonly baseline: number;
  readonly sizePt: number;
  readonly lang?: 'en';
}
const LINE_PT = 16.5;
const DATE_LABEL: FixedText = { lines: ['発行日'], baseline: 92.5, sizePt: 9 };
const BEFORE_ADDRESS: readonly FixedText[] = [
  { lines: ['この証明書の確かめかた'], baseline: 515, sizePt: 13 },
  {
    lines: [
      '下のアドレスをスマートフォンなどで開き、上の2次元コードをすべて読み取ってください。',
      'おもて面の内容が変えられていないこと、取り消されていないことを確かめられます。',
    ],
    baseline: 536.5,
    sizePt: 11,
  },
];
const AFTER_ADDRESS: readonly FixedText[] = [
  {
    lines: [
      'To verify this certificate, open the address above on a phone or computer and scan every',
      'code on this page: it shows whether the front is unaltered and still valid.',
    ],
    baseline: 606,
    sizePt: 11,
    lang: 'en',
  },
  { lines: ['コピーをとると、紙の地に「複写」の文字が現れます。'], baseline: 648, sizePt: 11 },
  {
    lines: ['On a photocopy the word 複写 (copy) appears in the background.'],
    baseline: 664.5,
    sizePt: 11,
    lang: 'en',
  },
];
const FIXED: readonly FixedText[] = [DATE_LABEL, ...BEFORE_ADDRESS, ...AFTER_ADDRESS];

export const BACK_FIXED_TEXTS: readonly string[] = FIXED.flatMap(({ lines }) => lines);

const block: Block = {
  texts: FIXED.flatMap(({ lines, baseline, sizePt }) =>
    lines.map((text, index) => ({ x: LEFT, baseline: baseline + index * LINE_PT, sizePt, text })),
  ).map((run, mark) => ({ ...run, mark })),
  rules: [],
};

/** Marks of a fixed text's lines: they are counted through the block. */
function marksOf({ lines }: FixedText): readonly number[] {
  const first = BACK_FIXED_TEXTS.indexOf(lines[0]!);
  return lines.map((_, index) => first + index);
}

/** Throws RangeError when a code is too fine or a word of the municipality does not fit. */
export function backPage(words: BackWords, measure: Measure, paperWidthPt: number): BackPage {
  const writer = runWriter(measure);
  const placed = writeWords(words, writer);
  const codes = placeCodes(words.codes, CODES_TOP, paperWidthPt);
  const firstMark = writer.markCount();
  const images = codes.map(({ image, frame }, index): PlacedImage => {
    const alt = `2次元コード　${index + 1}／${codes.length}　おもて面の内容と電子署名`;
    return { kind: 'picture', image, ...frame, alt, mark: firstMark + index };
  });
  const reading: readonly TaggedItem[] = [
    ...placed.head,
    ...images.map(({ alt, mark }) => item('figure', alt, [mark])),
    ...BEFORE_ADDRESS.map(fixedItem),
    placed.address,
    ...AFTER_ADDRESS.map(fixedItem),
  ];
  const markCount = firstMark + images.length;
  const page = { blocks: [block], texts: writer.runs, rules: [], images, reading, markCount };
  return { page, white: codes.map(({ quiet }) => quiet) };
}

/** What differs from back to back; the items of the head in reading order, and the address. */
function writeWords(words: BackWords, { put }: RunWriter) {
  const name = `${words.municipalityName}　${words.title}`;
  const place = `${words.page}／${words.of}　うら`;
  const date = warekiDate(words.issueDate);
  const beside = { x: LEFT + 70, width: 400 };
  const label = put(words.issueNumberLabel, 9, { y: 62, width: 66 });
  const number = put(words.issueNumber, 16, { y: 56, ...beside });
  const dated = [...marksOf(DATE_LABEL), ...put(date, 11, { y: 83, ...beside })];
  const head = [
    item('title', name, put(name, 15, { y: 34, width: 400 })),
    item('pair', words.issueNumber, [...label, ...number], words.issueNumberLabel),
    item('pair', date, dated, DATE_LABEL.lines[0]),
    item('paragraph', place, put(place, 11, { y: 34, x: LEFT + 400, width: 111, align: 'right' })),
  ];
  const address = item(
    'paragraph',
    words.verificationUrl,
    put(words.verificationUrl, 14, { y: 564, width: WIDTH }),
  );
  return { head, address };
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
  ...item('paragraph', fixed.lines.join(fixed.lang ? ' ' : ''), marksOf(fixed)),
  ...(fixed.lang ? { lang: fixed.lang } : {}),
});

interface Spot {
  readonly x?: number;
  readonly y: number;
  readonly width: number;
  readonly align?: 'left' | 'right';
}

interface RunWriter {
  readonly runs: readonly TextRun[];
  readonly markCount: () => number;
  /** Writes one line; its mark. */
  readonly put: (text: string, sizePt: number, spot: Spot) => readonly number[];
}

/** Runs with marks after those of the block. */
function runWriter(measure: Measure): RunWriter {
  const runs: TextRun[] = [];
  const markCount = () => BACK_FIXED_TEXTS.length + runs.length;
  return {
    runs,
    markCount,
    put: (text, sizePt, { x = LEFT, y, width, align = 'left' }) => {
      const frame = { x, y, widthPt: width, heightPt: sizePt };
      const fit = fitText(text, frame, sizePt, measure);
      if (fit.kind === 'does-not-fit') throw new RangeError('a word of the back does not fit');
      const lines = placeLines(fit, frame, align, measure, markCount());
      runs.push(...lines);
      return lines.map((line) => line.mark!);
    },
  };
}
