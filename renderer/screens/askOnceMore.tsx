import { Button } from 'react-aria-components';
import type { Command } from '#agent/contract/deviceLink.ts';
import { QuestionDialog } from '../frame/Dialogs.tsx';
import { useWaiting } from '../mirror.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { useSay } from '../words.ts';
import type { TextKey } from '../words.ts';

/** A command that is asked about once more before it is sent. */
export interface Asked {
  readonly command: Command;
  /** what will happen, as a sentence */
  readonly words: string;
}
export type Ask = (asked: Asked) => void;

interface AskButtonProps extends Asked {
  readonly label: TextKey;
  readonly ask: Ask;
}

/** A button that asks before anything is sent. */
export function AskButton({ label, command, words, ask }: AskButtonProps) {
  const say = useSay();
  const waiting = useWaiting();
  return (
    <Button
      className="button button-plain"
      isDisabled={waiting}
      data-resting={waiting || undefined}
      onPress={() => ask({ command, words })}
    >
      {say(label)}
    </Button>
  );
}

/** The question itself: names what will happen. */
export function AskOnceMore({ asked, onClose }: { readonly asked: Asked; readonly onClose: () => void }) {
  const say = useSay();
  return (
    <QuestionDialog
      heading={say('staff.confirm.heading')}
      onClose={onClose}
      actions={
        <>
          <Button className="button button-plain" onPress={onClose}>
            {say('staff.confirm.no')}
          </Button>
          <ActionButton look="main" command={asked.command} onTouched={onClose}>
            {say('staff.confirm.yes')}
          </ActionButton>
        </>
      }
    >
      <Sentence text={asked.words} />
    </QuestionDialog>
  );
}
