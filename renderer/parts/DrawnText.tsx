import { OUTLINE_BASELINE, OUTLINE_EM } from '#templates/graphemeOutline.ts';
import type { GraphemeOutline, GraphemeOutlines } from '#templates/graphemeOutline.ts';

interface DrawnTextProps {
  readonly text: string;
  /** by grapheme; absent or empty: the font shows everything */
  readonly outlines?: GraphemeOutlines;
}

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/**
 * Text with names in it: what the screen's font cannot show as registered is drawn from the outlines that came along,
 * the rest is set in the font. Read aloud and found by its text, as if it were all letters.
 */
export function DrawnText({ text, outlines }: DrawnTextProps) {
  if (!outlines || Object.keys(outlines).length === 0) return text;
  return (
    <>
      <span className="visually-hidden">{text}</span>
      <span aria-hidden="true">
        {piecesOf(text, outlines).map((piece, index) =>
          typeof piece === 'string' ? piece : <Drawn key={index} outline={piece} />,
        )}
      </span>
    </>
  );
}

/** Runs of text and the outlines between them. */
function piecesOf(text: string, outlines: GraphemeOutlines): readonly (string | GraphemeOutline)[] {
  const pieces: (string | GraphemeOutline)[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const outline = Object.hasOwn(outlines, segment) ? outlines[segment] : undefined;
    const last = pieces.at(-1);
    if (outline) pieces.push(outline);
    else if (typeof last === 'string') pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
  }
  return pieces;
}

/** One character as large as the letters around it, standing on their line; coloured as they are. */
function Drawn({ outline: { advance, path } }: { readonly outline: GraphemeOutline }) {
  return (
    <svg
      className="drawn"
      viewBox={`0 0 ${advance} ${OUTLINE_EM}`}
      width={`${advance / OUTLINE_EM}em`}
      height="1em"
      style={{ verticalAlign: `${(OUTLINE_BASELINE - OUTLINE_EM) / OUTLINE_EM}em` }}
    >
      <path d={path} />
    </svg>
  );
}
