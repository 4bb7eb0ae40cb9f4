import { useEffect, useRef } from 'react';
import type { EditAct, Editing } from './editing.ts';
import { inHiragana, isReading } from './kana.ts';
import type { KeyboardKind } from './JapaneseKeyboard.tsx';
import { romaji } from './romaji.ts';

interface HardwareKeys {
  readonly kind: KeyboardKind;
  readonly editing: Editing;
  readonly act: (act: EditAct) => void;
  readonly onDone: () => void;
}

/**
 * The same by a keyboard: kana or their letters, digits, Space 変換, Enter 確定 (and done when nothing waits), arrows from
 * 文節 to 文節, with Shift longer and shorter, Backspace, Escape. Keys on a focused button press that button.
 */
export function useHardwareKeys(keys: HardwareKeys): void {
  const open = useRef('');
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.isComposing || document.querySelector('[role="alertdialog"]')) return;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const onButton = event.target instanceof HTMLButtonElement;
      if (onButton && (event.key === 'Enter' || event.key === ' ' || event.key === 'Tab')) return;
      const acts = keys.kind === 'telephone' ? [] : lettersOf(event.key, open);
      const other = acts.length === 0 ? otherAct(event, keys) : null;
      for (const act of other ? [other] : acts) keys.act(act);
      if (other || acts.length > 0) event.preventDefault();
      else if (event.key === 'Enter' && !event.repeat) keys.onDone();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  });
}

function lettersOf(key: string, open: { current: string }): readonly EditAct[] {
  const hiragana = inHiragana(key);
  if (isReading(hiragana) && !/\d/.test(hiragana)) return [{ type: 'kana', kana: hiragana }];
  if (!/^[a-z'-]$/i.test(key)) {
    open.current = '';
    return [];
  }
  const { kana, open: rest } = romaji(open.current, key.toLowerCase());
  open.current = rest;
  return [...kana].map((each): EditAct => ({ type: 'kana', kana: each }));
}

function otherAct(event: KeyboardEvent, { kind, editing }: HardwareKeys): EditAct | null {
  const pending = editing.reading !== '';
  const by = event.key === 'ArrowRight' ? 1 : -1;
  switch (event.key) {
    case 'Backspace':
      return { type: 'deleteOne' };
    case 'Escape':
      return editing.pieces ? { type: 'deleteOne' } : null;
    case 'Enter':
      return pending ? { type: 'settle' } : null;
    case ' ':
      if (pending) return { type: 'convert' };
      return kind === 'name' || kind === 'kana' ? { type: 'space' } : null;
    case 'ArrowLeft':
    case 'ArrowRight':
      return event.shiftKey ? { type: 'resize', by } : { type: 'move', by };
    default:
      return /^\d$/.test(event.key) && (kind === 'address' || kind === 'telephone')
        ? { type: 'digit', digit: event.key }
        : null;
  }
}
