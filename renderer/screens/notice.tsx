import { noticeByCode } from '#templates/notices/notices.ts';
import type { Notice } from '#templates/notices/notices.ts';
import { Frame } from '../frame/Frame.tsx';
import { ActionButton } from '../parts/ActionButton.tsx';
import { AttendantPicture } from '../parts/pictures.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { momentText, useSay } from '../words.ts';
import type { TextKey } from '../words.ts';
import type { ViewOf } from './Screen.tsx';

/** What happened: the next act first, the reason second, and a number to read to a clerk. */
export function NoticeScreen({ view }: { readonly view: ViewOf<'notice'> }) {
  const say = useSay();
  const notice = noticeByCode(view.notice);
  return (
    <Frame
      heading={notice.title.ja}
      main={{
        label: say(mainWords(notice, view.goesOn)),
        command: { type: 'noticeRead' },
      }}
      aside={
        <>
          <NoticeNumber code={notice.code} />
          <div>
            <h2 className="notice-call">{say('notice.call')}</h2>
            <Sentence text={say(whomToCall(notice))} />
          </div>
        </>
      }
    >
      <section className="callout callout-next">
        <h2>{say('notice.todo')}</h2>
        <Sentence className="large" text={notice.todo.ja} />
        {view.triesLeft ? <p>{say('notice.tries', { count: view.triesLeft })}</p> : null}
      </section>
      <dl className="reasons">
        {view.about ? (
          <>
            <dt>{say('notice.about')}</dt>
            <dd>{view.about}</dd>
          </>
        ) : null}
        <dt>{say('notice.happened')}</dt>
        <dd>{notice.text.ja}</dd>
        {view.until ? (
          <>
            <dt>{say('notice.until')}</dt>
            <dd>
              <strong>{momentText(say, view.until)}</strong>
            </dd>
          </>
        ) : null}
      </dl>
    </Frame>
  );
}

function mainWords({ retry }: Notice, goesOn: boolean): TextKey {
  if (goesOn) return 'notice.goOn';
  return retry ? 'notice.again' : 'notice.end';
}

function whomToCall(notice: Notice): TextKey {
  if (notice.attendant) return 'notice.call.attendant';
  return notice.retry ? 'notice.call.later' : 'notice.call.desk';
}

function NoticeNumber({ code }: { readonly code: string }) {
  const say = useSay();
  return (
    <p className="notice-number">
      <span>{say('notice.number')}</span>
      <strong className="code">{code}</strong>
    </p>
  );
}

/** Only the staff leads on from here: money or paper is not clear. */
export function AskingAttendant({ view }: { readonly view: ViewOf<'askingAttendant'> }) {
  const say = useSay();
  const notice = noticeByCode(view.notice);
  const { sheetsOut } = view;
  return (
    <Frame
      heading={say('attendant.heading')}
      explanation={<Sentence text={say('attendant.explanation')} />}
      aside={<AttendantPicture />}
      backSlot={
        <ActionButton look="quiet" command={{ type: 'staffOpen' }}>
          {say('out.staff')}
        </ActionButton>
      }
    >
      <section className="callout callout-warning">
        <h2>{notice.title.ja}</h2>
        <Sentence text={notice.text.ja} />
      </section>
      <NoticeNumber code={notice.code} />
      <dl className="reasons">
        <dt>{say('attendant.transaction')}</dt>
        <dd className="code">{view.transaction}</dd>
        <dt>{say('attendant.sheets')}</dt>
        <dd>
          {sheetsOut === null
            ? say('attendant.sheets.unknown')
            : say('attendant.sheets.count', { count: sheetsOut })}
        </dd>
      </dl>
    </Frame>
  );
}
