import type { ConsentSecret, ConsentTouch, OpenConsent } from '../../consentContract.ts';
import { Asking } from './Asking.tsx';
import { Noticed, Placing, Working } from './Card.tsx';
import { Progress } from './Progress.tsx';
import { Reviewing } from './Reviewing.tsx';
import { EnteringPassword, EnteringPin, EnteringTextPin } from './Secret.tsx';

export interface StepActs {
  touch(act: ConsentTouch): void;
  enter(secret: ConsentSecret, typed: string): void;
}
export interface StepProps {
  readonly consent: OpenConsent;
  readonly acts: StepActs;
}

export function Step({ consent, acts }: StepProps) {
  return (
    <>
      <Progress at={consent.stage} />
      <StepOf consent={consent} acts={acts} />
      <p className="cancel">
        <button type="button" className="button button-small" onClick={() => acts.touch('cancel')}>
          署名をやめる
        </button>
      </p>
    </>
  );
}

function StepOf({ consent, acts }: StepProps) {
  const { stage } = consent;
  switch (stage.at) {
    case 'asking':
      return <Asking consent={consent} acts={acts} />;
    case 'placing':
      return <Placing reader={consent.reader} />;
    case 'working':
      return <Working what={stage.what} />;
    case 'enteringTextPin':
      return <EnteringTextPin acts={acts} triesLeft={stage.triesLeft} wrong={stage.wrong} />;
    case 'enteringPassword':
      return <EnteringPassword acts={acts} triesLeft={stage.triesLeft} wrong={stage.wrong} />;
    case 'reviewing':
      return <Reviewing consent={consent} items={stage.items} text={stage.text} acts={acts} />;
    case 'enteringPin':
      return <EnteringPin acts={acts} triesLeft={stage.triesLeft} wrong={stage.wrong} />;
    case 'noticed':
      return <Noticed notice={stage.notice} acts={acts} />;
  }
}
