import { noticeByCode } from '#templates/notices/notices.ts';
import { warekiDate } from '#templates/civilTime.ts';
import { Frame } from '../frame/Frame.tsx';
import { PaperPicture, TakePicture, WaitingPicture } from '../parts/pictures.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { useSay } from '../words.ts';
import type { TextKey } from '../words.ts';
import type { ViewOf } from './Screen.tsx';

/** Both signatures are made; the card may be taken. */
export function SendingApplication() {
  const say = useSay();
  return (
    <Frame
      heading={say('sending.heading')}
      explanation={<Sentence text={say('sending.explanation')} />}
      arrangement="picture"
    >
      <div className="stage">
        <WaitingPicture />
      </div>
    </Frame>
  );
}

/** 控え: one sheet, free. */
export function PrintingSheet() {
  const say = useSay();
  return (
    <Frame
      heading={say('sheet.heading')}
      explanation={<Sentence text={say('sheet.explanation')} />}
      arrangement="picture"
    >
      <div className="stage">
        <PaperPicture moving />
      </div>
    </Frame>
  );
}

/** Never claims more than is known. */
const SHEET: Readonly<Record<ViewOf<'applied'>['sheet'], TextKey>> = {
  printed: 'applied.sheet.printed',
  'not-printed': 'applied.sheet.notPrinted',
  unknown: 'applied.sheet.unknown',
};

/** The application stands: its number large, what happens next, what to take along. */
export function Applied({ view }: { readonly view: ViewOf<'applied'> }) {
  const say = useSay();
  const { sheet, notice } = view;
  return (
    <Frame
      heading={say('applied.heading')}
      explanation={
        <Sentence text={say('applied.next', { date: warekiDate(view.decideBy) }) + say('applied.ask')} />
      }
      municipality={view.municipality}
      main={{
        label: say('applied.done'),
        command: { type: 'collected' },
        why: view.card ? say('applied.card') : null,
      }}
    >
      <p className="application-number">
        <span>{say('applied.number')}</span>
        <strong className="code">{view.number}</strong>
      </p>
      <ul className="takes">
        {view.card ? (
          <li>
            <span className="take-words">
              <strong>{say('applied.takeCard')}</strong>
            </span>
          </li>
        ) : null}
        {sheet === 'printed' ? (
          <li>
            <TakePicture what="paper" />
            <span className="take-words">
              <strong>{say('applied.paper')}</strong>
              <span>{say('applied.sheet.printed')}</span>
            </span>
          </li>
        ) : null}
      </ul>
      {sheet === 'printed' ? null : (
        <section className="callout callout-warning">
          <Sentence text={say(SHEET[sheet])} />
          {notice ? (
            <p>
              {say('notice.number')} <strong className="code">{notice}</strong>
              {`（${noticeByCode(notice).title.ja}）`}
            </p>
          ) : null}
        </section>
      )}
    </Frame>
  );
}
