/**
 * What changes from one version of a profile to another, in the words of the people who decide about it. Works on any JSON:
 * a draft need not be complete. Pure.
 */
import { entryName, labelOf, namingField, type ProfileWords } from './profileWords.ts';
import { valueWords } from './profileValueWords.ts';

export interface ProfileChange {
  /** e.g. kinds.resident-record-copy.fees.2027-04-01.fee */
  readonly path: string;
  /** e.g. 住民票の写し・手数料（令和9年4月1日から） */
  readonly label: string;
  /** null: was not there, is no longer there */
  readonly before: string | null;
  readonly after: string | null;
}

export function profileDiff(before: unknown, after: unknown, words: ProfileWords): readonly ProfileChange[] {
  const left = leaves(before, words);
  const right = leaves(after, words);
  const paths = [...new Set([...left.keys(), ...right.keys()])];
  return paths.flatMap((path) => {
    const [was, is] = [left.get(path), right.get(path)];
    if (was?.value === is?.value) return [];
    const steps = (is ?? was)!.steps;
    return [{ path, label: labelOf(steps, words), before: was?.text ?? null, after: is?.text ?? null }];
  });
}

interface Leaf {
  readonly steps: readonly string[];
  readonly text: string;
  /** JSON: two values of the same words are still two */
  readonly value: string;
}
type Leaves = Map<string, Leaf>;

/** Every value by its place; entries of a list are named by what tells them apart, not by where they stand. */
function leaves(value: unknown, words: ProfileWords): Leaves {
  const found: Leaves = new Map();
  walk(value, [], words, found);
  return found;
}

function walk(value: unknown, steps: readonly string[], words: ProfileWords, found: Leaves): void {
  const text = valueWords(steps, value, words);
  if (text !== undefined) {
    found.set(steps.join('.'), { steps, text, value: JSON.stringify(value) ?? '' });
    return;
  }
  if (Array.isArray(value)) return walkList(value, steps, words, found);
  const naming = namingField(value);
  for (const [key, part] of Object.entries(value as Record<string, unknown>)) {
    if (key !== naming) walk(part, [...steps, key], words, found);
  }
}

/** A closed day or a maintenance is one value and named by itself: taking the first out changes no other. */
function walkList(list: readonly unknown[], steps: readonly string[], words: ProfileWords, found: Leaves) {
  list.forEach((entry, index) => {
    const whole = valueWords([...steps, ''], entry, words);
    const name = entryName(entry, index);
    walk(entry, [...steps, whole !== undefined && name === String(index + 1) ? whole : name], words, found);
  });
}
