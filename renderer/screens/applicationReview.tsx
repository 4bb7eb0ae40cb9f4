import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import { warekiDate } from '#templates/civilTime.ts';
import { Frame } from '../frame/Frame.tsx';
import { PagedList } from '../parts/PagedList.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { useSay } from '../words.ts';
import type { TextKey } from '../words.ts';
import type { ViewOf } from './Screen.tsx';

type Review = ViewOf<'reviewingApplication'>;
const SEXES: Readonly<Record<Review['items']['sex'], TextKey>> = {
  male: 'apply.sex.male',
  female: 'apply.sex.female',
  unknown: 'apply.sex.unknown',
};

/** Exactly what will be signed, in words: what was typed, and what the card says. Nobody signs what was not shown. */
export function ReviewingApplication({ view }: { readonly view: Review }) {
  const say = useSay();
  const { statement, items, cardText } = view;
  const heading = say('apply.heading');
  const [isSeen, setSeen] = useState(false);
  const onEnd = useCallback(() => setSeen(true), []);
  return (
    <Frame
      heading={heading}
      explanation={<Sentence text={say('apply.explanation')} />}
      municipality={view.municipality}
      arrangement="list"
      main={{
        label: say('apply.confirm'),
        command: { type: 'confirm' },
        why: isSeen ? null : say('apply.why'),
      }}
    >
      <PagedList label={heading} columns onEnd={onEnd}>
        <Part heading={say('apply.what.value')}>
          <Row label={say('apply.addressee')}>{view.addressee}</Row>
        </Part>
        <Part heading={say('apply.part.typed')}>
          <Row label={say('question.domicile')}>{`${view.municipality}　${statement.domicile}`}</Row>
          <Row label={say('question.headOfRegister')}>{statement.headOfRegister}</Row>
          <Row label={say('question.furigana')}>{statement.furigana}</Row>
          <Row label={say('question.telephone')}>{statement.telephone}</Row>
        </Part>
        <Part heading={say('apply.part.card')}>
          <Row label={say('apply.name')}>{items.name}</Row>
          <Row label={say('apply.birthDate')}>{warekiDate(items.birthDate)}</Row>
          <Row label={say('apply.sex')}>{say(SEXES[items.sex])}</Row>
          <Row label={say('apply.address')}>{items.address}</Row>
        </Part>
        {cardText ? (
          <Part heading={say('apply.part.letters')}>
            <Row label={say('apply.name')}>{cardText.name}</Row>
            <Row label={say('apply.address')}>{cardText.address}</Row>
          </Part>
        ) : null}
      </PagedList>
    </Frame>
  );
}

function Part({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <section className="review-part">
      <h2>{heading}</h2>
      <dl className="review-rows">{children}</dl>
    </section>
  );
}

export function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="review-row">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
