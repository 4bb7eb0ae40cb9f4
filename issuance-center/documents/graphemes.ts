/** Splitting text into user-perceived characters; the only unit in which text is measured, broken or counted. */

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** Text in which every UTF-16 unit is a grapheme of its own: ASCII, kana, unified ideographs, common punctuation. */
const SIMPLE = /^[\u0020-\u007e\u3000-\u3029\u3030-\u3098\u309b-\u30ff\u4e00-\u9fff\uff01-\uff9d]*$/;
/** The same with ideographs of every block, each with at most one variation selector: nearly every other name. */
const NAME =
  /^(?:[\u0020-\u007e\u3000-\u3029\u3030-\u3098\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff9d\u{20000}-\u{323af}][\u{e0100}-\u{e01ef}]?)*$/u;
const BASE_AND_SELECTOR = /.[\u{e0100}-\u{e01ef}]?/gu;

/**
 * A base keeps its variation selector and its combining marks. The two patterns only spare the segmenter's time: it
 * would split such text at the same places.
 */
export function graphemes(text: string): readonly string[] {
  if (SIMPLE.test(text)) return text.split('');
  if (NAME.test(text)) return text.match(BASE_AND_SELECTOR) ?? [];
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
