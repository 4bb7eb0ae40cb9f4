import { Frame } from '../frame/Frame.tsx';
import { PaperPicture, WaitingPicture } from '../parts/pictures.tsx';
import { Progress } from '../parts/Progress.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { useSay } from '../words.ts';
import type { ViewOf } from './Screen.tsx';

/** The centre makes the documents. */
export function Preparing({ view }: { readonly view: ViewOf<'preparing'> }) {
  const say = useSay();
  const { done, of } = view;
  return (
    <Frame
      heading={say('preparing.heading')}
      explanation={<Sentence text={say('wait')} />}
      arrangement="picture"
    >
      <div className="stage">
        <WaitingPicture />
        <Progress done={done} of={of} label={say('preparing.progress', { done, of })} />
      </div>
    </Frame>
  );
}

/** Paper is coming; the resident stays. */
export function Printing({ view }: { readonly view: ViewOf<'printing'> }) {
  const say = useSay();
  const { what, label, certificate, of, sheet, sheets } = view;
  const receipt = what === 'receipt';
  const place = of > 1 ? say('printing.certificate', { label, certificate, of }) : label;
  return (
    <Frame
      heading={receipt ? say('printing.receipt.heading') : say('printing.heading')}
      explanation={<Sentence text={say('printing.stay')} />}
      arrangement="picture"
    >
      <div className="stage">
        <PaperPicture moving />
        {receipt ? null : <p className="large">{place}</p>}
        {/* the sheet on its way counts half: the bar is full only when the paper is out */}
        <Progress done={sheet - 0.5} of={sheets} label={say('printing.sheet', { sheet, sheets })} />
      </div>
    </Frame>
  );
}

/** Something went wrong after money came in: the machine asks its devices what really happened. */
export function Settling() {
  const say = useSay();
  return (
    <Frame
      heading={say('settling.heading')}
      explanation={<Sentence text={say('settling.explanation')} />}
      arrangement="picture"
    >
      <div className="stage">
        <WaitingPicture />
      </div>
    </Frame>
  );
}
