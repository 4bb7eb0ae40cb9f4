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
  const { certificate, of, page, pages } = view;
  return (
    <Frame
      heading={say('printing.heading')}
      explanation={<Sentence text={say('printing.stay')} />}
      arrangement="picture"
    >
      <div className="stage">
        <PaperPicture moving />
        {of > 1 ? <p className="large">{say('printing.certificate', { certificate, of })}</p> : null}
        {/* the sheet on its way counts half: the bar is full only when the paper is out */}
        <Progress done={page - 0.5} of={pages} label={say('printing.page', { page, pages })} />
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
