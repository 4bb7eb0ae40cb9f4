import { noticeByCode } from '#templates/notices/notices.ts';
import { Frame } from '../frame/Frame.tsx';
import { ActionButton } from '../parts/ActionButton.tsx';
import { PagedList } from '../parts/PagedList.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { momentText, useSay, yenText } from '../words.ts';
import type { ViewOf } from './Screen.tsx';

type Kind = ViewOf<'choosingCertificate'>['kinds'][number];

/** What can be issued now, and for the rest why not and until when. */
export function ChoosingCertificate({ view }: { readonly view: ViewOf<'choosingCertificate'> }) {
  const say = useSay();
  const heading = say('kind.heading');
  const main =
    view.basketCount > 0
      ? {
          label: say('kind.basket', { count: view.basketCount }),
          command: { type: 'goOn' as const },
        }
      : undefined;
  return (
    <Frame
      heading={heading}
      explanation={<Sentence text={say('kind.explanation')} />}
      municipality={view.municipality}
      arrangement="list"
      main={main}
    >
      <PagedList label={heading} columns>
        {view.kinds.map((kind) =>
          kind.withheld ? <Withheld key={kind.kind} kind={kind} /> : <Offered key={kind.kind} kind={kind} />,
        )}
      </PagedList>
    </Frame>
  );
}

function Offered({ kind }: { readonly kind: Kind }) {
  const say = useSay();
  return (
    <ActionButton look="choice" command={{ type: 'chooseKind', kind: kind.kind }}>
      <span className="choice-words">
        <span className="choice-label">{kind.label}</span>
        <span className="choice-small">{kind.purpose}</span>
      </span>
      {kind.fee === null ? null : (
        <span className="choice-fee">{say('money.fee', { fee: yenText(say, kind.fee) })}</span>
      )}
    </ActionButton>
  );
}

function Withheld({ kind }: { readonly kind: Kind }) {
  const say = useSay();
  if (!kind.withheld) return null;
  const notice = noticeByCode(kind.withheld.notice);
  const { until } = kind.withheld;
  return (
    <div className="withheld">
      <div className="withheld-head">
        <p className="choice-label">{kind.label}</p>
        <p className="withheld-mark">{say('kind.withheld')}</p>
      </div>
      <p className="choice-small">{until ? notice.title.ja : `${notice.title.ja}。${notice.todo.ja}`}</p>
      {until ? (
        <p className="choice-small">
          <strong>{say('time.from', { time: momentText(say, until) })}</strong>
        </p>
      ) : null}
    </div>
  );
}
