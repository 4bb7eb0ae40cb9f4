/**
 * Letters of one name in more than one form, offered beside the usual form for names. Forms that differ by a variation
 * sequence only (IVS) look alike here: staff compare.
 */
import { letterForms } from '#templates/letterForms.ts';

interface Form {
  readonly letter: string;
  /** the lower, the more usual: the place of its group */
  readonly rank: number;
}
const FORMS: ReadonlyMap<string, readonly Form[]> = readGroups(letterForms);

function readGroups(text: string): ReadonlyMap<string, readonly Form[]> {
  const forms = new Map<string, readonly Form[]>();
  text.split(' ').forEach((group, rank) => {
    const letters = [...group];
    for (const letter of letters) {
      const others = letters.filter((each) => each !== letter).map((other) => ({ letter: other, rank }));
      forms.set(letter, [...(forms.get(letter) ?? []), ...others]);
    }
  });
  return forms;
}

const MOST_VARIANTS = 12;
const MOST_SPELLINGS = 64;

interface Spelling {
  readonly text: string;
  readonly changes: number;
  readonly rank: number;
}

/** The word with one letter, then with several letters, in their other forms, the usual ones first; without itself. */
export function variantsOf(word: string): readonly string[] {
  const spellings = [...word].reduce<readonly Spelling[]>(
    (begun, letter) =>
      begun
        .flatMap(({ text, changes, rank }) => [
          { text: text + letter, changes, rank },
          ...(FORMS.get(letter) ?? []).map((form) => ({
            text: text + form.letter,
            changes: changes + 1,
            rank: rank + form.rank,
          })),
        ])
        .slice(0, MOST_SPELLINGS),
    [{ text: '', changes: 0, rank: 0 }],
  );
  return spellings
    .filter(({ changes }) => changes > 0)
    .sort((left, right) => left.changes - right.changes || left.rank - right.rank)
    .slice(0, MOST_VARIANTS)
    .map(({ text }) => text);
}
