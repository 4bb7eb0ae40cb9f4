/**
 * What changes from one version of a profile to another, in the words of the people who decide about it. Works on any JSON:
 * a draft need not be complete. Pure.
 */
import { warekiDate, westernDate } from '#templates/civilTime.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { labelOf, valueWords } from './profileWords.ts';

export interface ProfileChange {
  /** e.g. kinds.resident-record-copy.fees.2027-04-01.fee */
  readonly path: string;
  /** e.g. 住民票の写し・手数料（2027年4月1日から） */
  readonly label: string;
  /** null: was not there, is no longer there */
  readonly before: string | null;
  readonly after: string | null;
}

/** `kindLabel`: a kind's name for people. */
export function profileDiff(
  before: unknown,
  after: unknown,
  kindLabel: (kind: string) => string,
): readonly ProfileChange[] {
  const left = leaves(before);
  const right = leaves(after);
  const paths = [...new Set([...left.keys(), ...right.keys()])];
  return paths.flatMap((path) => {
    const [was, is] = [left.get(path), right.get(path)];
    if (was?.text === is?.text) return [];
    const steps = (is ?? was)!.steps;
    return [{ path, label: labelOf(steps, kindLabel), before: was?.text ?? null, after: is?.text ?? null }];
  });
}

interface Leaf {
  readonly steps: readonly string[];
  readonly text: string;
}

/** Every value by its place; entries of a list are named by what tells them apart, not by where they stand. */
function leaves(value: unknown): ReadonlyMap<string, Leaf> {
  const found = new Map<string, Leaf>();
  walk(value, [], found);
  return found;
}

function walk(value: unknown, steps: readonly string[], found: Map<string, Leaf>): void {
  const whole = valueWords(steps, value);
  if (whole !== undefined) return void found.set(steps.join('.'), { steps, text: whole });
  if (Array.isArray(value)) {
    value.forEach((entry, index) => walk(entry, [...steps, nameIn(entry, index)], found));
    return;
  }
  for (const [key, part] of Object.entries(value as Record<string, unknown>)) {
    if (!(isListEntry(value) && key === naming(value as Record<string, unknown>)))
      walk(part, [...steps, key], found);
  }
}

const isListEntry = (value: unknown): boolean => naming(value as Record<string, unknown>) !== undefined;

/** The field that names an entry of a list: the kind, or the day it counts from. */
function naming(entry: Record<string, unknown>): 'kind' | 'from' | undefined {
  if (typeof entry['kind'] === 'string' && 'fees' in entry) return 'kind';
  const from = entry['from'];
  return typeof from === 'string' && civilDate.safeParse(from).success && !('to' in entry)
    ? 'from'
    : undefined;
}

function nameIn(entry: unknown, index: number): string {
  if (typeof entry !== 'object' || entry === null) return String(index);
  const key = naming(entry as Record<string, unknown>);
  return key === undefined ? String(index + 1) : String((entry as Record<string, unknown>)[key]);
}

/** `2027-04-01` as 令和9年4月1日（2027年4月1日）. */
export function dayWords(day: string): string {
  const parsed = civilDate.safeParse(day);
  return parsed.success ? `${warekiDate(parsed.data)}（${westernDate(parsed.data)}）` : day;
}
