import { useState } from 'react';
import { Button } from 'react-aria-components';
import { QuestionDialog } from '../frame/Dialogs.tsx';
import { Frame } from '../frame/Frame.tsx';
import { touch, useWaiting } from '../mirror.ts';
import { DigitPad, useDigits } from '../parts/DigitPad.tsx';
import { SecretAction } from '../parts/SecretAction.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { useSay } from '../words.ts';
import type { ViewOf } from './Screen.tsx';

/** The PIN of the user authentication certificate: four digits (operations.md 2.1 step 6). */
const PIN_LENGTH = 4;
/** Tries of a card on which nothing was mistaken. */
const ALL_TRIES = 3;

/** Four digits, as dots. The digits leave this component once, in the command. */
export function EnteringPin({ view }: { readonly view: ViewOf<'enteringPin'> }) {
  const say = useSay();
  const waiting = useWaiting();
  const digits = useDigits(PIN_LENGTH);
  const complete = digits.count === PIN_LENGTH;
  const enter = () => {
    if (complete && !waiting) touch({ type: 'enterPin', pin: digits.take() });
  };
  return (
    <Frame
      heading={say('pin.heading')}
      explanation={mistaken(view) ? null : <Sentence text={say('pin.explanation')} />}
      aside={
        <>
          <Tries view={view} />
          <Forgot />
        </>
      }
      mainSlot={
        <SecretAction label={say('pin.enter')} why={complete ? null : say('pin.why')} onPress={enter} />
      }
    >
      <DigitPad digits={digits} longest={PIN_LENGTH} onEnter={enter} />
    </Frame>
  );
}

/** A mistake was made on this card, now or earlier: the tries left are shown. */
function mistaken({ wrong, triesLeft }: ViewOf<'enteringPin'>): boolean {
  return wrong || (triesLeft !== null && triesLeft < ALL_TRIES);
}

function Tries({ view }: { readonly view: ViewOf<'enteringPin'> }) {
  const say = useSay();
  const { wrong, triesLeft } = view;
  if (!mistaken(view)) return null;
  return (
    <div className="callout callout-warning" role="alert">
      {wrong ? <Sentence className="large" text={say('pin.wrong')} /> : null}
      {triesLeft !== null ? (
        <p>{triesLeft === 1 ? say('pin.lastTry') : say('pin.tries', { count: triesLeft })}</p>
      ) : null}
    </div>
  );
}

function Forgot() {
  const say = useSay();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <div>
      <Button className="button button-quiet" onPress={() => setOpen(true)}>
        {say('pin.forgot')}
      </Button>
      {open ? (
        <QuestionDialog
          heading={say('pin.forgot.heading')}
          onClose={close}
          actions={
            <Button className="button button-main" onPress={close}>
              {say('pin.forgot.close')}
            </Button>
          }
        >
          <Sentence text={say('pin.forgot.todo')} />
          <Sentence text={say('pin.forgot.lock')} />
          <Sentence text={say('notice.call.desk')} />
        </QuestionDialog>
      ) : null}
    </div>
  );
}
