import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useWaiting } from '../mirror.ts';
import { makeEngine, type Town } from './engine.ts';
import {
  edit,
  editingOf,
  pendingText,
  wholeText,
  type EditAct,
  type Editing,
  type EditRules,
} from './editing.ts';
import { KeyboardView } from './KeyboardView.tsx';
import { useLexicon } from './lexiconStore.ts';
import { useHardwareKeys } from './useHardwareKeys.ts';

export type { Town } from './engine.ts';

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

/** Characters where the screen does not say: a long 本籍 (two lines), a long name, the longest telephone number. */
const LONGEST: Readonly<Record<KeyboardKind, number>> = { address: 40, name: 30, kana: 30, telephone: 11 };
const NO_TOWNS: readonly Town[] = [];

/**
 * Field, candidates and keys for Japanese; for frames with arrangement `keyboard`. The state is its own, a screen keeps
 * only the text: what is reported is always what stands in the field, settled or not.
 */
export function JapaneseKeyboard(props: JapaneseKeyboardProps) {
  const { kind, towns = NO_TOWNS, longest = LONGEST[kind], onDone } = props;
  const waiting = useWaiting();
  const lexicon = useLexicon();
  const rules = useMemo<EditRules>(() => {
    const converts = kind === 'address' || kind === 'name';
    return { engine: converts ? makeEngine(lexicon, kind, towns) : null, longest };
  }, [kind, lexicon, towns, longest]);
  const { editing, perform } = useEditing(props, rules);
  const act = useSteady((one: EditAct) => {
    if (!waiting) perform(one);
  });
  useHardwareKeys({ kind, editing, act, onDone: () => (waiting ? undefined : onDone()) });
  return (
    <KeyboardView
      kind={kind}
      label={props.label}
      editing={editing}
      pending={pendingText(editing, rules)}
      waiting={waiting}
      act={act}
      onTurn={() => props.onTouch?.()}
    />
  );
}

/** The newest state is in a ref: two keys in one frame of the screen must not build on the same old one. */
function useEditing({ value, onChange, onTouch }: JapaneseKeyboardProps, rules: EditRules) {
  const [editing, setEditing] = useState(() => editingOf(value));
  const current = useRef<Editing>(editing);
  const reported = useRef(value);
  const keep = (next: Editing) => {
    current.current = next;
    setEditing(next);
  };
  useEffect(() => {
    if (value === reported.current) return;
    reported.current = value;
    keep(editingOf(value));
  }, [value]);
  const perform = (act: EditAct) => {
    const next = edit(current.current, act, rules);
    keep(next);
    onTouch?.();
    const text = wholeText(next, rules);
    if (text === reported.current) return;
    reported.current = text;
    onChange(text);
  };
  return { editing, perform };
}

/** The same function at every render, doing what the last render's would. */
function useSteady<Argument>(newest: (argument: Argument) => void): (argument: Argument) => void {
  const latest = useRef(newest);
  useLayoutEffect(() => {
    latest.current = newest;
  });
  return useCallback((argument) => latest.current(argument), []);
}
