import { useState } from 'react';
import { Button } from 'react-aria-components';
import { noticeByCode } from '#templates/notices/notices.ts';
import { warekiDate } from '#templates/civilTime.ts';
import { QuestionDialog } from '../frame/Dialogs.tsx';
import { Frame } from '../frame/Frame.tsx';
import { useWaiting } from '../mirror.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { PagedList } from '../parts/PagedList.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { momentText, useSay } from '../words.ts';
import type { TextKey } from '../words.ts';
import { Row } from './applicationReview.tsx';
import type { ViewOf } from './Screen.tsx';

type Application = ViewOf<'applicationDetail'>['application'];
const STATES: Readonly<Record<Application['state'], TextKey>> = {
  received: 'status.received',
  checking: 'status.checking',
  accepted: 'status.accepted',
  refused: 'status.refused',
  withdrawn: 'status.withdrawn',
  expired: 'status.expired',
};
/** What the resident can do now. */
const NEXT: Readonly<Record<Application['state'], TextKey>> = {
  received: 'status.received.next',
  checking: 'status.checking.next',
  accepted: 'status.accepted.next',
  refused: 'status.refused.next',
  withdrawn: 'status.withdrawn.next',
  expired: 'status.expired.next',
};

/** Where an application stands, in a word or two. */
function useStanding(): (application: Application) => string {
  const say = useSay();
  return ({ state, ended, question }) => {
    if (ended) return say('status.ended');
    return question === null ? say(STATES[state]) : say('status.question');
  };
}

/** All applications of this card, the newest first. */
export function ApplicationList({ view }: { readonly view: ViewOf<'applicationList'> }) {
  const say = useSay();
  const standing = useStanding();
  const heading = view.applications.length > 0 ? say('status.heading') : say('status.none.heading');
  return (
    <Frame heading={heading} explanation={<Sentence text={say('status.explanation')} />}>
      <PagedList label={heading}>
        {view.applications.map((application) => (
          <ActionButton
            key={application.applicationNumber}
            look="choice"
            command={{ type: 'showApplication', number: application.applicationNumber }}
          >
            <span className="choice-words">
              <span className="choice-label">{application.municipalityName}</span>
              <span className="choice-small">
                {say('status.line', {
                  received: momentText(say, application.receivedAt),
                  number: application.applicationNumber,
                })}
              </span>
            </span>
            <strong className="choice-fee">{standing(application)}</strong>
          </ActionButton>
        ))}
      </PagedList>
    </Frame>
  );
}

/** One application: where it stands, until when, why, and what is asked. */
export function ApplicationDetail({ view }: { readonly view: ViewOf<'applicationDetail'> }) {
  const say = useSay();
  const standing = useStanding();
  const { application } = view;
  const { state, ended, question, reason } = application;
  const notice = ended ? noticeByCode(ended.notice) : null;
  return (
    <Frame
      heading={say('status.detail.heading')}
      municipality={application.municipalityName}
      arrangement="list"
      mainSlot={view.mayWithdraw ? <Withdraw number={application.applicationNumber} /> : undefined}
    >
      <section className="callout callout-next">
        <h2>{standing(application)}</h2>
        <Sentence className="large" text={notice ? notice.todo.ja : say(NEXT[state])} />
      </section>
      <dl className="review-rows">
        {question ? <Row label={say('status.asked')}>{question}</Row> : null}
        {reason ? <Row label={say('status.reason')}>{reason}</Row> : null}
        {notice ? <Row label={say('notice.happened')}>{notice.text.ja}</Row> : null}
        <Row label={say('applied.number')}>
          <span className="code">{application.applicationNumber}</span>
        </Row>
        <Row label={say('status.receivedAt')}>{momentText(say, application.receivedAt)}</Row>
        {view.mayWithdraw ? (
          <Row label={say('status.decideBy')}>
            {say('status.until', { date: warekiDate(application.decideBy) })}
          </Row>
        ) : null}
        {application.decidedAt ? (
          <Row label={say('status.decidedAt')}>{momentText(say, application.decidedAt)}</Row>
        ) : null}
      </dl>
    </Frame>
  );
}

/** Asks once. */
function Withdraw({ number }: { readonly number: string }) {
  const say = useSay();
  const waiting = useWaiting();
  const [asked, setAsked] = useState(false);
  const close = () => setAsked(false);
  return (
    <>
      <Button
        className="button button-plain"
        isDisabled={waiting}
        data-resting={waiting || undefined}
        onPress={() => setAsked(true)}
      >
        {say('withdraw')}
      </Button>
      {asked ? (
        <QuestionDialog
          heading={say('withdraw.heading')}
          onClose={close}
          actions={
            <>
              <Button className="button button-plain" onPress={close}>
                {say('withdraw.no')}
              </Button>
              <ActionButton look="main" command={{ type: 'withdrawApplication', number }} onTouched={close}>
                {say('withdraw.yes')}
              </ActionButton>
            </>
          }
        >
          <Sentence text={say('withdraw.explanation')} />
        </QuestionDialog>
      ) : null}
    </>
  );
}
