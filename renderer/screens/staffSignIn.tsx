import { Frame } from '../frame/Frame.tsx';
import { touch, useWaiting } from '../mirror.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { DigitPad, useDigits } from '../parts/DigitPad.tsx';
import { SecretAction } from '../parts/SecretAction.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { momentText, useSay } from '../words.ts';
import type { ViewOf } from './Screen.tsx';

/** Lengths of the store code (contract: six to twelve digits). */
const SHORTEST = 6;
const LONGEST = 12;

/** The store's code opens the staff screen. */
export function StaffSignIn({ view }: { readonly view: ViewOf<'staffSignIn'> }) {
  const say = useSay();
  const waiting = useWaiting();
  const digits = useDigits(LONGEST);
  const locked = view.lockedUntil
    ? say('staff.signIn.locked', { until: momentText(say, view.lockedUntil) })
    : null;
  const short = digits.count >= SHORTEST ? null : say('staff.signIn.why');
  const why = locked ? say('staff.signIn.lockedWhy') : short;
  const enter = () => {
    if (why === null && !waiting) touch({ type: 'staffCode', code: digits.take() });
  };
  return (
    <Frame
      heading={say('staff.signIn.heading')}
      explanation={<Sentence text={say('staff.signIn.explanation')} />}
      aside={
        view.wrong || locked ? (
          <div className="callout callout-warning" role="alert">
            <Sentence text={locked ?? say('staff.signIn.wrong')} />
          </div>
        ) : null
      }
      backSlot={<ActionButton command={{ type: 'staffLeave' }}>{say('frame.back')}</ActionButton>}
      mainSlot={<SecretAction label={say('pin.enter')} why={why} onPress={enter} />}
    >
      <DigitPad digits={digits} longest={LONGEST} onEnter={enter} />
    </Frame>
  );
}
