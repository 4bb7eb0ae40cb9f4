/**
 * What stands in the field and what every key does to it. Pure: `edit(state, act)`; what is not settled yet is part of
 * what the resident sees, and of what is reported. Choosing a candidate never touches what it does not stand for.
 */
import type { Candidate, Engine, Piece } from './engine.ts';
import { inHiragana, inKatakana, isReading, withMark, type KanaMark } from './kana.ts';
import { inKanji } from './numerals.ts';

/** One 文節 with the candidate taken for it. */
export interface ChosenPiece extends Piece {
  readonly chosen: number;
}

export interface Editing {
  /** settled, left and right of the caret */
  readonly before: string;
  readonly after: string;
  /** kana typed and not settled, at the caret */
  readonly reading: string;
  /** the reading cut into 文節 after 変換 */
  readonly pieces: readonly ChosenPiece[] | null;
  /** the 文節 the candidates are for */
  readonly focus: number;
  readonly candidates: readonly Candidate[];
}

export type EditAct =
  | { readonly type: 'kana'; readonly kana: string }
  /** 0 to 9, or the － between two numbers */
  | { readonly type: 'digit'; readonly digit: string }
  | { readonly type: 'unit'; readonly unit: AddressUnit }
  | { readonly type: 'space' }
  | { readonly type: 'mark'; readonly mark: KanaMark }
  | { readonly type: 'convert' }
  | { readonly type: 'choose'; readonly candidate: Candidate }
  | { readonly type: 'settle' }
  | { readonly type: 'resize'; readonly by: 1 | -1 }
  | { readonly type: 'move'; readonly by: 1 | -1 }
  | { readonly type: 'deleteOne' }
  | { readonly type: 'deleteAll' };

/** Words that stand on the page of digits; typed into a reading they are their kana. */
export const addressUnits = {
  丁目: 'ちょうめ',
  番地: 'ばんち',
  番: 'ばん',
  号: 'ごう',
  の: 'の',
  大字: 'おおあざ',
  字: 'あざ',
  地割: 'ちわり',
} as const;
export type AddressUnit = keyof typeof addressUnits;

export interface EditRules {
  /** null: kana become katakana at once (氏名のフリガナ), nothing is converted */
  readonly engine: Engine | null;
  /** most characters the field may hold */
  readonly longest: number;
}

const SPACE = '　';
const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** A field with this text, the caret behind it. */
export function editingOf(text: string): Editing {
  return { before: text, after: '', reading: '', pieces: null, focus: 0, candidates: [] };
}

/** What is not settled, as it is seen. */
export function pendingText({ pieces, reading }: Editing, { engine }: EditRules): string {
  if (pieces) return pieces.map(textOf).join('');
  return engine ? reading : inKatakana(reading);
}

/** The whole field as the resident sees it. */
export function wholeText(editing: Editing, rules: EditRules): string {
  return editing.before + pendingText(editing, rules) + editing.after;
}

/** The taken candidate of a 文節. */
export function textOf({ candidates, chosen, reading }: ChosenPiece): string {
  return candidates[chosen]?.text ?? reading;
}

/** The field after one key. What would make it too long changes nothing. */
export function edit(editing: Editing, act: EditAct, rules: EditRules): Editing {
  const next = performed(editing, act, rules);
  const size = (state: Editing) => [...wholeText(state, rules)].length;
  if (size(next) > rules.longest && size(next) > size(editing)) return editing;
  return { ...next, candidates: offered(next, rules) };
}

function offered({ pieces, focus, reading, before }: Editing, { engine }: EditRules): readonly Candidate[] {
  if (pieces) return pieces[focus]?.candidates ?? [];
  return engine?.suggest(reading, before) ?? [];
}

function performed(editing: Editing, act: EditAct, rules: EditRules): Editing {
  switch (act.type) {
    case 'kana': {
      const open = editing.pieces ? settled(editing, rules) : editing;
      return { ...open, reading: open.reading + act.kana };
    }
    case 'digit':
      return typed(editing, act.digit, act.digit, rules);
    case 'unit':
      return unitTyped(editing, act.unit, rules);
    case 'space': {
      const open = settled(editing, rules);
      return open.before === '' || open.before.endsWith(SPACE)
        ? open
        : { ...open, before: open.before + SPACE };
    }
    case 'mark':
      return marked(editing, act.mark, rules);
    case 'convert':
      return converted(editing, rules);
    case 'choose':
      return chosen(editing, act.candidate, rules);
    case 'settle':
      return settled(editing, rules);
    case 'resize':
      return resized(editing, act.by, rules);
    case 'move':
      return moved(editing, act.by);
    case 'deleteOne':
      return deletedOne(editing);
    case 'deleteAll':
      return editingOf('');
    default:
      return act satisfies never;
  }
}

/** Into an open reading as kana, else settled at once. */
function typed(editing: Editing, text: string, kana: string, rules: EditRules): Editing {
  if (editing.reading !== '' && !editing.pieces && rules.engine && isReading(kana)) {
    return { ...editing, reading: editing.reading + kana };
  }
  const open = settled(editing, rules);
  return { ...open, before: open.before + text };
}

/** 丁目 are numbered in kanji: 3 and 丁目 make 三丁目. */
function unitTyped(editing: Editing, unit: AddressUnit, rules: EditRules): Editing {
  const next = typed(editing, unit, addressUnits[unit], rules);
  const [, start, digits] = /^(.*?)(\d+)丁目$/s.exec(next.before) ?? [];
  const kanji = digits === undefined ? null : inKanji(digits);
  return unit === '丁目' && kanji !== null ? { ...next, before: `${start}${kanji}丁目` } : next;
}

function settled(editing: Editing, rules: EditRules): Editing {
  const before = editing.before + pendingText(editing, rules);
  return { ...editing, before, reading: '', pieces: null, focus: 0 };
}

function marked(editing: Editing, mark: KanaMark, { engine }: EditRules): Editing {
  const { pieces, reading, before } = editing;
  if (pieces) return editing;
  if (reading !== '') return { ...editing, reading: withMark(reading, mark) };
  if (engine || before === '') return editing;
  const last = inKatakana(withMark(inHiragana(before.slice(-1)), mark));
  return { ...editing, before: before.slice(0, -1) + last };
}

/** 変換; again, the next candidate of the 文節. */
function converted(editing: Editing, { engine }: EditRules): Editing {
  const { reading, before, pieces, focus } = editing;
  if (!engine || reading === '') return editing;
  if (!pieces) return { ...editing, pieces: fresh(engine.convert(reading, before)), focus: 0 };
  return {
    ...editing,
    pieces: pieces.map((piece, index) =>
      index === focus ? { ...piece, chosen: (piece.chosen + 1) % piece.candidates.length } : piece,
    ),
  };
}

function fresh(pieces: readonly Piece[]): readonly ChosenPiece[] {
  return pieces.map((piece) => ({ ...piece, chosen: 0 }));
}

/** Taken while typing, a candidate is settled and the kana it does not stand for stay; after 変換 the next 文節 is asked. */
function chosen(editing: Editing, candidate: Candidate, rules: EditRules): Editing {
  const { pieces, focus, before, reading } = editing;
  if (!pieces) {
    return { ...editing, before: before + candidate.text, reading: reading.slice(candidate.length) };
  }
  const taken = pieces.map((piece, index) =>
    index === focus ? { ...piece, chosen: Math.max(piece.candidates.indexOf(candidate), 0) } : piece,
  );
  const next = { ...editing, pieces: taken, focus: focus + 1 };
  return focus + 1 < pieces.length ? next : settled(next, rules);
}

/** The 文節 takes one kana more, or gives one to the next; those before it stay as they are. */
function resized(editing: Editing, by: 1 | -1, { engine }: EditRules): Editing {
  const { pieces, focus, reading, before } = editing;
  if (!engine || !pieces || !canResize(editing, by)) return editing;
  const kept = pieces.slice(0, focus);
  const lengths = [...kept.map((piece) => piece.reading.length), pieces[focus]!.reading.length + by];
  const cut = fresh(engine.convert(reading, before, lengths));
  return { ...editing, pieces: [...kept, ...cut.slice(focus)] };
}

/** Can the 文節 be made longer or shorter? */
export function canResize({ pieces, focus, reading }: Editing, by: 1 | -1): boolean {
  if (!pieces) return false;
  const start = pieces.slice(0, focus).reduce((sum, piece) => sum + piece.reading.length, 0);
  const length = (pieces[focus]?.reading.length ?? 0) + by;
  return length >= 1 && start + length <= reading.length;
}

/** From 文節 to 文節, or the caret through what is settled. */
function moved(editing: Editing, by: 1 | -1): Editing {
  if (!canMove(editing, by)) return editing;
  const { pieces, focus, before, after } = editing;
  if (pieces) return { ...editing, focus: focus + by };
  const side = lettersOf(by === 1 ? after : before);
  const letter = by === 1 ? side[0]! : side[side.length - 1]!;
  return by === 1
    ? { ...editing, before: before + letter, after: after.slice(letter.length) }
    : { ...editing, before: before.slice(0, -letter.length), after: letter + after };
}

/** Is there anything to move to? */
export function canMove({ pieces, focus, reading, before, after }: Editing, by: 1 | -1): boolean {
  if (pieces) return pieces[focus + by] !== undefined;
  return reading === '' && (by === 1 ? after : before) !== '';
}

/** Takes a conversion back, else the last kana, else the letter before the caret. */
function deletedOne(editing: Editing): Editing {
  const { pieces, reading, before } = editing;
  if (pieces) return { ...editing, pieces: null, focus: 0 };
  if (reading !== '') return { ...editing, reading: reading.slice(0, -1) };
  const last = lettersOf(before).at(-1) ?? '';
  return { ...editing, before: before.slice(0, before.length - last.length) };
}

function lettersOf(text: string): readonly string[] {
  return [...graphemes.segment(text)].map(({ segment }) => segment);
}
