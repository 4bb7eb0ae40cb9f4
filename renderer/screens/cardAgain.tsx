import { Frame } from '../frame/Frame.tsx';
import { LONGEST_PASSWORD, PasswordPad, SHORTEST_PASSWORD, usePassword } from '../keyboard/PasswordPad.tsx';
import { touch, useWaiting } from '../mirror.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { CardPicture, WaitingPicture } from '../parts/pictures.tsx';
import { SecretAction } from '../parts/SecretAction.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { useSay } from '../words.ts';
import type { TextKey } from '../words.ts';
import { FourDigits, TriesLeft } from './pin.tsx';
import type { ViewOf } from './Screen.tsx';

/** The same card once more, until both signatures are made. */
export function PlacingCardAgain({ view }: { readonly view: ViewOf<'placingCardAgain'> }) {
  const say = useSay();
  const words = view.lift
    ? (['returningCard.heading', 'cardAgain.lift', 'returningCard.picture', 'take'] as const)
    : (['cardAgain.heading', 'cardAgain.explanation', 'awaitingCard.picture', 'put'] as const);
  const [heading, explanation, picture, motion] = words;
  return (
    <Frame heading={say(heading)} explanation={<Sentence text={say(explanation)} />} arrangement="picture">
      <div role="img" aria-label={say(picture)} className="stage">
        <CardPicture motion={motion} />
      </div>
    </Frame>
  );
}

const DOINGS: Readonly<Record<ViewOf<'cardAtWork'>['doing'], TextKey>> = {
  reading: 'cardAtWork.reading',
  text: 'cardAtWork.text',
  opening: 'cardAtWork.opening',
  signing: 'cardAtWork.signing',
};

/** The card works; it must lie still. */
export function CardAtWork({ view }: { readonly view: ViewOf<'cardAtWork'> }) {
  const say = useSay();
  return (
    <Frame
      heading={say(DOINGS[view.doing])}
      explanation={<Sentence text={say('readingCard.explanation')} />}
      arrangement="picture"
    >
      <div className="stage">
        <WaitingPicture />
        <p className="large" role="status">
          {say('wait')}
        </p>
      </div>
    </Frame>
  );
}

/** Four digits of the 券面事項入力補助: may be left out. */
export function EnteringTextPin({ view }: { readonly view: ViewOf<'enteringTextPin'> }) {
  const say = useSay();
  return (
    <FourDigits
      tries={view}
      heading={say('textPin.heading')}
      explanation={say('textPin.explanation')}
      lastTry={say('textPin.lastTry')}
      back={<ActionButton command={{ type: 'skipCardText' }}>{say('textPin.skip')}</ActionButton>}
      onDigits={(pin) => touch({ type: 'enterTextPin', pin })}
    />
  );
}

/** The PIN of the user authentication certificate: the second of the two signatures. */
export function EnteringPinAgain({ view }: { readonly view: ViewOf<'enteringPinAgain'> }) {
  const say = useSay();
  return (
    <FourDigits
      tries={view}
      heading={say('pinAgain.heading')}
      explanation={say('pinAgain.explanation')}
      lastTry={say('pin.lastTry')}
      onDigits={(pin) => touch({ type: 'enterPin', pin })}
    />
  );
}

/** Tries of a password on which nothing was mistaken. */
const ALL_TRIES = 5;

/** 署名用パスワード, as dots. Its characters leave this component once, in the command. */
export function EnteringPassword({ view }: { readonly view: ViewOf<'enteringPassword'> }) {
  const say = useSay();
  const waiting = useWaiting();
  const password = usePassword();
  const enough = password.count >= SHORTEST_PASSWORD && password.count <= LONGEST_PASSWORD;
  const mistaken = view.wrong || (view.triesLeft !== null && view.triesLeft < ALL_TRIES);
  const enter = () => {
    if (enough && !waiting) touch({ type: 'enterSignaturePassword', password: password.take() });
  };
  return (
    <Frame
      arrangement="keyboard"
      heading={say('signature.heading')}
      explanation={mistaken ? null : <Sentence text={say('signature.explanation')} />}
      aside={
        <TriesLeft
          tries={view}
          all={ALL_TRIES}
          wrong={say('signature.wrong')}
          lastTry={say('signature.lastTry')}
        />
      }
      mainSlot={
        <SecretAction label={say('pin.enter')} why={enough ? null : say('signature.why')} onPress={enter} />
      }
    >
      <PasswordPad password={password} onEnter={enter} />
    </Frame>
  );
}
