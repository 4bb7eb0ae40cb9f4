import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useWaiting } from '../mirror.ts';
import { useSay } from '../words.ts';

/** 署名用パスワード: six to sixteen capital letters and digits (公的個人認証サービス). */
export const SHORTEST_PASSWORD = 6;
export const LONGEST_PASSWORD = 16;

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const DIGITS = [...'1234567890'];

export interface Password {
  readonly count: number;
  readonly add: (character: string) => void;
  readonly removeLast: () => void;
  readonly clear: () => void;
  /** hands the characters over once and forgets them */
  readonly take: () => string;
  /** for the pad only, while the resident asks to see them */
  readonly peek: () => string;
}

/**
 * Characters of a secret, like `useDigits` of parts/DigitPad.tsx: in a ref of the component, only their number is state,
 * and leaving the screen forgets them. `password.take()` goes straight into the command.
 */
export function usePassword(): Password {
  const secret = useRef('');
  const [count, setCount] = useState(0);
  const keep = (characters: string) => {
    secret.current = characters;
    setCount(characters.length);
  };
  useEffect(
    () => () => {
      secret.current = '';
    },
    [],
  );
  return {
    count,
    add: (character) => keep((secret.current + character).slice(0, LONGEST_PASSWORD)),
    removeLast: () => keep(secret.current.slice(0, -1)),
    clear: () => keep(''),
    take: () => {
      const taken = secret.current;
      keep('');
      return taken;
    },
    peek: () => secret.current,
  };
}

interface PasswordPadProps {
  readonly password: Password;
  /** Enter on a keyboard, like the main action */
  readonly onEnter: () => void;
}

/**
 * Dots, how many there are, and large keys that always lie in the same order. Read aloud is how many characters there are,
 * never which. Shown they are only while the resident wants it, and never at the beginning.
 */
export function PasswordPad({ password, onEnter }: PasswordPadProps) {
  const say = useSay();
  const waiting = useWaiting();
  const [wanted, setWanted] = useState(false);
  usePasswordKeys(password, waiting, onEnter);
  const shown = wanted && password.count > 0 && !waiting;
  useEffect(() => {
    if (password.count === 0) setWanted(false); // taken or deleted: the next ones are hidden again
  }, [password.count]);
  const key = (character: string) => (
    <Button
      key={character}
      className="button button-key"
      isDisabled={waiting}
      data-resting={waiting || undefined}
      preventFocusOnPress // the ring would tell which key was last
      onPress={() => password.add(character)}
    >
      {character}
    </Button>
  );
  const word = (label: string, act: () => void, pressed?: boolean) => (
    <Button
      className="button button-key button-key-word"
      isDisabled={waiting || password.count === 0}
      aria-pressed={pressed}
      onPress={act}
    >
      {label}
    </Button>
  );
  return (
    <div className="password">
      <div className="password-entry">
        <p className="visually-hidden" aria-live="polite">
          {say('password.entered', { count: password.count })}
        </p>
        <div className="password-dots" aria-hidden="true">
          {Array.from({ length: LONGEST_PASSWORD }, (_, index) => (
            <span key={index} className="password-place" data-filled={index < password.count || undefined}>
              {shown ? password.peek().charAt(index) : ''}
            </span>
          ))}
        </div>
        <p className="password-count" aria-hidden="true">
          {say('password.count', { count: password.count })}
        </p>
      </div>
      <div className="password-keys" role="group" aria-label={say('password.pad')}>
        <div className="password-letters">{LETTERS.map(key)}</div>
        <div className="password-digits">{DIGITS.map(key)}</div>
        <div className="password-words">
          {word(shown ? say('password.hide') : say('password.show'), () => setWanted(!shown), shown)}
          {word(say('pin.delete'), password.removeLast)}
          {word(say('pin.deleteAll'), password.clear)}
        </div>
      </div>
    </div>
  );
}

function usePasswordKeys(password: Password, waiting: boolean, onEnter: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (waiting || event.repeat || document.querySelector('[role="alertdialog"]')) return;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const onButton = event.target instanceof HTMLButtonElement;
      if (/^[0-9A-Za-z]$/.test(event.key)) password.add(event.key.toUpperCase());
      else if (event.key === 'Backspace') password.removeLast();
      else if (event.key === 'Enter' && !onButton) onEnter();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  });
}
