import { Frame } from '../frame/Frame.tsx';
import { CardPicture, WaitingPicture } from '../parts/pictures.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { useSay } from '../words.ts';

/** Where the card goes. The screen goes on by itself when the reader feels it. */
export function AwaitingCard() {
  const say = useSay();
  return (
    <Frame
      heading={say('awaitingCard.heading')}
      explanation={<Sentence text={say('awaitingCard.explanation')} />}
      arrangement="picture"
    >
      <div role="img" aria-label={say('awaitingCard.picture')} className="stage">
        <CardPicture motion="put" />
      </div>
    </Frame>
  );
}

/** The chip is being read. */
export function ReadingCard() {
  const say = useSay();
  return (
    <Frame
      heading={say('readingCard.heading')}
      explanation={<Sentence text={say('readingCard.explanation')} />}
      arrangement="picture"
    >
      <Under />
    </Frame>
  );
}

/** The centre checks who it is. */
export function Authenticating() {
  const say = useSay();
  return (
    <Frame
      heading={say('authenticating.heading')}
      explanation={<Sentence text={say('authenticating.explanation')} />}
      arrangement="picture"
    >
      <Under />
    </Frame>
  );
}

function Under() {
  const say = useSay();
  return (
    <div className="stage">
      <WaitingPicture />
      <p className="large" role="status">
        {say('wait')}
      </p>
    </div>
  );
}

/** The card is no longer needed and must not be forgotten. */
export function ReturningCard() {
  const say = useSay();
  return (
    <Frame
      heading={say('returningCard.heading')}
      explanation={<Sentence text={say('returningCard.explanation')} />}
      arrangement="picture"
    >
      <div role="img" aria-label={say('returningCard.picture')} className="stage">
        <CardPicture motion="take" />
      </div>
    </Frame>
  );
}
