import { useState } from 'react';
import type { ReactNode } from 'react';
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

interface Tries {
  readonly triesLeft: number | null;
  readonly wrong: boolean;
}
interface FourDigitsProps {
  readonly tries: Tries;
  readonly heading: string;
  readonly explanation: string;
  /** what the last mistake does */
  readonly lastTry: string;
  readonly onDigits: (pin: string) => void;
  /** stands where back stands */
  readonly back?: ReactNode;
  readonly aside?: ReactNode;
}

/** Four digits, as dots. The digits leave this component once, in the command. */
export function FourDigits(props: FourDigitsProps) {
  const say = useSay();
  const waiting = useWaiting();
  const digits = useDigits(PIN_LENGTH);
  const complete = digits.count === PIN_LENGTH;
  const { tries } = props;
  const enter = () => {
    if (complete && !waiting) props.onDigits(digits.take());
  };
  return (
    <Frame
      heading={props.heading}
      explanation={mistaken(tries) ? null : <Sentence text={props.explanation} />}
      aside={
        <>
          <TriesLeft tries={tries} wrong={say('pin.wrong')} lastTry={props.lastTry} />
          {props.aside}
        </>
      }
      backSlot={props.back}
      mainSlot={
        <SecretAction label={say('pin.enter')} why={complete ? null : say('pin.why')} onPress={enter} />
      }
    >
      <DigitPad digits={digits} longest={PIN_LENGTH} onEnter={enter} />
    </Frame>
  );
}

/** The PIN of the user authentication certificate. */
export function EnteringPin({ view }: { readonly view: ViewOf<'enteringPin'> }) {
  const say = useSay();
  return (
    <FourDigits
      tries={view}
      heading={say('pin.heading')}
      explanation={say('pin.explanation')}
      lastTry={say('pin.lastTry')}
      aside={<Forgot />}
      onDigits={(pin) => touch({ type: 'enterPin', pin })}
    />
  );
}

/** A mistake was made on this card, now or earlier: the tries left are shown. */
function mistaken({ wrong, triesLeft }: Tries, all = ALL_TRIES): boolean {
  return wrong || (triesLeft !== null && triesLeft < all);
}

interface TriesLeftProps {
  readonly tries: Tries;
  readonly wrong: string;
  readonly lastTry: string;
  /** tries of a card on which nothing was mistaken */
  readonly all?: number;
}
export function TriesLeft({ tries, wrong, lastTry, all }: TriesLeftProps) {
  const say = useSay();
  const { triesLeft } = tries;
  if (!mistaken(tries, all)) return null;
  return (
    <div className="callout callout-warning" role="alert">
      {tries.wrong ? <Sentence className="large" text={wrong} /> : null}
      {triesLeft !== null ? (
        <p>{triesLeft === 1 ? lastTry : say('pin.tries', { count: triesLeft })}</p>
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
