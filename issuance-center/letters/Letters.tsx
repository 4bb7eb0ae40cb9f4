/** A registered text: set in the page's font where that shows it right, drawn from the certificate's outlines elsewhere. */
import { createContext, useContext, useEffect, useState } from 'react';
import { OUTLINE_BASELINE, OUTLINE_EM, type GraphemeOutline } from '#templates/graphemeOutline.ts';
import { outlineOf, partsOf, type LetterSource } from './letters.ts';

/** Whose certificate is shown, by which page. */
export const LettersFrom = createContext<LetterSource>({ municipality: '', base: './' });

export function Letters({ text }: { readonly text: string }) {
  const parts = partsOf(text);
  if (parts.every(({ kind }) => kind === 'text')) return text;
  return parts.map((part, index) =>
    part.kind === 'text' ? part.text : <Letter key={`${index} ${part.letter}`} letter={part.letter} />,
  );
}

/** Until the outline is there, or where there is none, the font does what it can. */
function Letter({ letter }: { readonly letter: string }) {
  const { municipality, base } = useContext(LettersFrom);
  const [outline, setOutline] = useState<GraphemeOutline>();
  useEffect(() => {
    let gone = false;
    void outlineOf(fetch, letter, { municipality, base }).then((found) => void (gone || setOutline(found)));
    return () => void (gone = true);
  }, [letter, municipality, base]);
  if (!outline) return <span className="letter-missing">{letter}</span>;
  return (
    <svg
      className="letter"
      role="img"
      aria-label={letter}
      viewBox={`0 0 ${outline.advance} ${OUTLINE_EM}`}
      width={`${outline.advance / OUTLINE_EM}em`}
      height="1em"
      style={{ verticalAlign: `${(OUTLINE_BASELINE - OUTLINE_EM) / OUTLINE_EM}em` }}
    >
      <path d={outline.path} fill="currentColor" />
    </svg>
  );
}
