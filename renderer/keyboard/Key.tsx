import { memo } from 'react';
import { Button } from 'react-aria-components';
import type { EditAct } from './editing.ts';
import type { KanaMark } from './kana.ts';

interface KeyProps {
  readonly text: string;
  /** what the key does; one and the same object at every render, so that a touch draws no other key anew */
  readonly one: EditAct;
  readonly act: (act: EditAct) => void;
  readonly waiting: boolean;
  readonly off?: boolean;
  readonly look?: string;
  /** read aloud instead of the text */
  readonly label?: string;
  readonly mark?: KanaMark;
}

/** One key, one act. */
export const Key = memo(function Key({ text, one, act, waiting, off, look = '', label, mark }: KeyProps) {
  return (
    <Button
      className={`button button-key ${look}`}
      isDisabled={waiting || off}
      data-resting={(waiting && !off) || undefined}
      data-mark={mark}
      aria-label={label}
      onPress={() => act(one)}
    >
      {text}
    </Button>
  );
});
