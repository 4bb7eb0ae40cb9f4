import { useId } from 'react';
import { Button } from 'react-aria-components';
import { useWaiting } from '../mirror.ts';

interface SecretActionProps {
  readonly label: string;
  readonly why: string | null;
  readonly onPress: () => void;
}

/** The main action of a screen with a digit pad: the digits are taken when it is pressed, not before. */
export function SecretAction({ label, why, onPress }: SecretActionProps) {
  const waiting = useWaiting();
  const reason = useId();
  return (
    <>
      <Button
        className="button button-main"
        isDisabled={waiting || why !== null}
        data-resting={waiting || undefined}
        aria-describedby={why ? reason : undefined}
        onPress={onPress}
      >
        {label}
      </Button>
      {why ? (
        <p id={reason} className="why">
          {why}
        </p>
      ) : null}
    </>
  );
}
