import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useWaiting } from '../mirror.ts';
import { useSay } from '../words.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

export interface Digits {
  readonly count: number;
  readonly add: (digit: string) => void;
  readonly removeLast: () => void;
  readonly clear: () => void;
  /** hands the digits over once and forgets them */
  readonly take: () => string;
}

/**
 * Digits of a secret. They live in a ref of the component, never in the page: only their number is state, and leaving
 * the screen forgets them.
 */
export function useDigits(longest: number): Digits {
  const secret = useRef('');
  const [count, setCount] = useState(0);
  const keep = (digits: string) => {
    secret.current = digits;
    setCount(digits.length);
  };
  useEffect(
    () => () => {
      secret.current = '';
    },
    [],
  );
  return {
    count,
    add: (digit) => keep((secret.current + digit).slice(0, longest)),
    removeLast: () => keep(secret.current.slice(0, -1)),
    clear: () => keep(''),
    take: () => {
      const taken = secret.current;
      keep('');
      return taken;
    },
  };
}

interface DigitPadProps {
  readonly digits: Digits;
  readonly longest: number;
  /** Enter on a keyboard, like the main action */
  readonly onEnter: () => void;
}

/** Dots and keys; works by touch and by keyboard. Read aloud is how many digits there are, never which. */
export function DigitPad({ digits, longest, onEnter }: DigitPadProps) {
  const say = useSay();
  const waiting = useWaiting();
  useKeyboard(digits, waiting, onEnter);
  const key = (digit: string) => (
    <Button
      key={digit}
      className="button button-key"
      isDisabled={waiting}
      data-resting={waiting || undefined}
      preventFocusOnPress // the ring would tell which key was last
      onPress={() => digits.add(digit)}
    >
      {digit}
    </Button>
  );
  return (
    <div className="pad">
      <p className="visually-hidden" aria-live="polite">
        {say('pin.entered', { count: digits.count })}
      </p>
      <div className="dots" aria-hidden="true">
        {Array.from({ length: longest }, (_, index) => (
          <span key={index} className="dot" data-filled={index < digits.count || undefined} />
        ))}
      </div>
      <div className="keys" role="group" aria-label={say('pin.pad')}>
        {KEYS.map(key)}
        <Button className="button button-key button-key-word" isDisabled={waiting} onPress={digits.clear}>
          {say('pin.deleteAll')}
        </Button>
        {key('0')}
        <Button
          className="button button-key button-key-word"
          isDisabled={waiting}
          onPress={digits.removeLast}
        >
          {say('pin.delete')}
        </Button>
      </div>
    </div>
  );
}

function useKeyboard(digits: Digits, waiting: boolean, onEnter: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (waiting || event.repeat || document.querySelector('[role="alertdialog"]')) return;
      const onButton = event.target instanceof HTMLButtonElement;
      if (/^[0-9]$/.test(event.key)) digits.add(event.key);
      else if (event.key === 'Backspace') digits.removeLast();
      else if (event.key === 'Enter' && !onButton) onEnter();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  });
}
