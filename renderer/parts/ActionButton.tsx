import { useId } from 'react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { Command } from '#agent/contract/deviceLink.ts';
import { touch, useWaiting } from '../mirror.ts';

export interface ActionProps {
  readonly command: Command;
  readonly children: ReactNode;
  /** one of the looks in styles/buttons.css */
  readonly look?: 'main' | 'plain' | 'quiet' | 'choice' | 'stepper';
  /** a sentence that says why the action is not possible now; null or absent: it is possible */
  readonly why?: string | null;
  /** marks the chosen one of several */
  readonly selected?: boolean;
  /** read aloud instead of the content */
  readonly label?: string;
  /** nothing more in this direction; the screen itself says so */
  readonly atLimit?: boolean;
  /** after the command is on its way */
  readonly onTouched?: () => void;
}

/** One button, one command. It rests after the one touch until the agent's next view. */
export function ActionButton(props: ActionProps) {
  const { command, children, look = 'plain', why, selected, label, atLimit, onTouched } = props;
  const waiting = useWaiting();
  const reason = useId();
  return (
    <>
      <Button
        className={`button button-${look}`}
        isDisabled={waiting || Boolean(why) || atLimit}
        data-resting={waiting || undefined}
        aria-pressed={selected}
        aria-label={label}
        aria-describedby={why ? reason : undefined}
        onPress={() => {
          touch(command);
          onTouched?.();
        }}
      >
        {children}
      </Button>
      {why ? (
        <p id={reason} className="why">
          {why}
        </p>
      ) : null}
    </>
  );
}
