import { noticeByCode } from '#templates/notices/notices.ts';
import { Frame } from '../frame/Frame.tsx';
import { ActionButton } from '../parts/ActionButton.tsx';
import { AttendantPicture, CardPicture, FeePicture, PinPicture } from '../parts/pictures.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { useSay } from '../words.ts';
import type { TextKey } from '../words.ts';
import type { ViewOf } from './Screen.tsx';

function StaffDoor() {
  const say = useSay();
  return (
    <ActionButton look="quiet" command={{ type: 'staffOpen' }}>
      {say('out.staff')}
    </ActionButton>
  );
}

/** The first screen: what one needs, when it works, and the way in. */
export function Idle({ view }: { readonly view: ViewOf<'idle'> }) {
  const say = useSay();
  const closed = view.closedNotice ? noticeByCode(view.closedNotice) : null;
  return (
    <Frame
      heading={say('idle.heading')}
      explanation={<Sentence text={say('idle.explanation')} />}
      arrangement="welcome"
      backSlot={<StaffDoor />}
      main={{ label: say('idle.start'), command: { type: 'start' } }}
    >
      <section className="panel" aria-labelledby="idle-need">
        <h2 id="idle-need">{say('idle.need')}</h2>
        <ul className="needs">
          <Need picture={<CardPicture motion="still" />} label="idle.need.card" />
          <Need picture={<PinPicture />} label="idle.need.pin" />
          <Need picture={<FeePicture />} label="idle.need.money" />
        </ul>
      </section>
      <dl className="facts">
        <dt>{say('idle.hours')}</dt>
        <dd className="large">{view.hoursToday}</dd>
      </dl>
      {closed ? (
        <section className="callout callout-warning" aria-label={say('idle.closed')}>
          <h2>{closed.title.ja}</h2>
          <Sentence text={closed.todo.ja} />
        </section>
      ) : null}
    </Frame>
  );
}

function Need({ picture, label }: { readonly picture: React.ReactNode; readonly label: TextKey }) {
  const say = useSay();
  return (
    <li>
      {picture}
      <span>{say(label)}</span>
    </li>
  );
}

/** Not in use now; only the staff can do something here. */
export function OutOfService({ view }: { readonly view: ViewOf<'outOfService'> }) {
  const say = useSay();
  const notice = noticeByCode(view.notice);
  return (
    <Frame heading={say('out.heading')} arrangement="picture" backSlot={<StaffDoor />}>
      <AttendantPicture />
      <section className="callout">
        <Sentence className="large" text={notice.todo.ja} />
        <Sentence text={notice.text.ja} />
        <p>
          {say('notice.number')} <strong className="code">{notice.code}</strong>
        </p>
      </section>
    </Frame>
  );
}

/** While the agent does not answer: nobody can do anything, but a resident who paid must not walk away. */
export function AgentAway() {
  const say = useSay();
  return (
    <Frame
      heading={say('away.heading')}
      explanation={<Sentence text={say('away.explanation')} />}
      arrangement="picture"
    >
      <AttendantPicture />
      <section className="callout">
        <Sentence text={say('away.money')} />
      </section>
    </Frame>
  );
}

const RULES: readonly TextKey[] = ['consent.age', 'consent.noReturn', 'consent.privacy', 'consent.hide'];

/** What one agrees to before the card is read. */
export function Consent() {
  const say = useSay();
  return (
    <Frame
      heading={say('consent.heading')}
      main={{ label: say('consent.agree'), command: { type: 'agree' } }}
    >
      <ol className="rules">
        {RULES.map((rule) => (
          <li key={rule}>{say(rule)}</li>
        ))}
      </ol>
    </Frame>
  );
}
