/** First version: the contract; candidates and keys follow. */
import { useState } from 'react';

/** A name of a place with how it is read, in hiragana: the municipality's own 町字. */
export interface Town {
  readonly name: string;
  readonly reading: string;
}

/** What is asked for: decides which words come first, and which keys there are. */
export type KeyboardKind = 'address' | 'name' | 'kana' | 'telephone';

export interface JapaneseKeyboardProps {
  /** what stands in the field; another text than the last one reported begins the field anew */
  readonly value: string;
  /** the whole field as the resident sees it, after every touch; what is not converted yet is in it as kana */
  readonly onChange: (value: string) => void;
  /** Enter on a keyboard while nothing waits to be settled; the frame's main action does the same by touch */
  readonly onDone: () => void;
  readonly kind: KeyboardKind;
  /** names the field to a screen reader, e.g. 本籍 */
  readonly label: string;
  /** the municipality's own list, before all other words; only for addresses */
  readonly towns?: readonly Town[];
  /** at most so many characters */
  readonly longest?: number;
  /** after every touch: the resident is still there although the agent gets no command */
  readonly onTouch?: () => void;
}

/** Field, candidates and keys. Its state is its own: a screen keeps only the text. */
export function JapaneseKeyboard({ value, onChange, label }: JapaneseKeyboardProps) {
  const [text, setText] = useState(value);
  return (
    <input
      aria-label={label}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        onChange(event.target.value);
      }}
    />
  );
}
