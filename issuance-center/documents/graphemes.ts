/** Splitting text into user-perceived characters; the only unit in which text is measured, broken or counted. */

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });
/** Text in which every UTF-16 unit is a grapheme of its own: ASCII, kana, unified ideographs, common punctuation. */
const SIMPLE = /^[\u0020-\u007e\u3000-\u3029\u3030-\u3098\u309b-\u30ff\u4e00-\u9fff\uff01-\uff9d]*$/;

/** A base keeps its variation selector and its combining marks. */
export function graphemes(text: string): readonly string[] {
  if (SIMPLE.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
