import { useState } from 'react';
import { noticeByCode } from '#templates/notices/notices.ts';
import { Frame } from '../frame/Frame.tsx';
import { ActionButton } from '../parts/ActionButton.tsx';
import { PagedList } from '../parts/PagedList.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { momentText, useSay, yenText } from '../words.ts';
import type { TextKey } from '../words.ts';
import { AskButton, AskOnceMore } from './askOnceMore.tsx';
import type { Ask, Asked } from './askOnceMore.tsx';
import type { ViewOf } from './Screen.tsx';
import { ACTS, DEVICES, fixOf, MONEY, PAPER, RESTARTS } from './staffWords.ts';

type Menu = ViewOf<'staffMenu'>;
type Transaction = Menu['transactions'][number];

/** What is wrong, what is open, and what can be done about it; plain and dense, without any name. */
export function StaffMenu({ view }: { readonly view: Menu }) {
  const say = useSay();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  return (
    <Frame
      heading={say('staff.heading')}
      arrangement="dense"
      aside={<Operate view={view} ask={setAsked} />}
      backSlot={<ActionButton command={{ type: 'staffLeave' }}>{say('staff.leave')}</ActionButton>}
      main={{ label: say('staff.checkAgain'), command: { type: 'staffCheckAgain' } }}
    >
      <Faults view={view} />
      <OpenTransactions view={view} ask={setAsked} />
      {view.specimens.length > 0 ? <Specimens view={view} ask={setAsked} /> : null}
      {asked ? <AskOnceMore asked={asked} onClose={close} /> : null}
    </Frame>
  );
}

function Faults({ view }: { readonly view: Menu }) {
  const say = useSay();
  return (
    <section
      className="staff-part staff-faults"
      data-empty={view.faults.length === 0 || undefined}
      aria-labelledby="staff-faults"
    >
      <h2 id="staff-faults">{say('staff.faults')}</h2>
      {view.faults.length === 0 ? (
        <Sentence text={say('staff.faults.none')} />
      ) : (
        <PagedList label={say('staff.faults')}>
          {view.faults.map((fault) => (
            <article key={fault.device} className="fault">
              <h3>
                {say(DEVICES[fault.device])}
                <span className="code">{fault.notice}</span>
              </h3>
              <p>{noticeByCode(fault.notice).title.ja}</p>
              <Sentence text={say(fixOf(fault))} />
              {fault.details.length > 0 ? (
                <p className="fault-details">
                  {say('staff.faults.details', { details: fault.details.join(' / ') })}
                </p>
              ) : null}
            </article>
          ))}
        </PagedList>
      )}
    </section>
  );
}

function OpenTransactions({ view, ask }: { readonly view: Menu; readonly ask: Ask }) {
  const say = useSay();
  return (
    <section
      className="staff-part staff-open"
      data-empty={view.transactions.length === 0 || undefined}
      aria-labelledby="staff-open"
    >
      <h2 id="staff-open">{say('staff.open')}</h2>
      {view.transactions.length === 0 ? (
        <Sentence text={say('staff.open.none')} />
      ) : (
        <PagedList label={say('staff.open')}>
          {view.transactions.map((transaction) => (
            <OpenTransaction key={transaction.number} transaction={transaction} ask={ask} />
          ))}
        </PagedList>
      )}
    </section>
  );
}

function OpenTransaction({ transaction, ask }: { readonly transaction: Transaction; readonly ask: Ask }) {
  const say = useSay();
  const { number, startedAt, amount, money, paper, acts } = transaction;
  return (
    <article className="transaction">
      <h3>
        <span className="code">{number}</span>
        <span>{momentText(say, startedAt)}</span>
        <span>{yenText(say, amount)}</span>
      </h3>
      <dl className="transaction-states">
        <dt>{say('staff.open.money')}</dt>
        <dd>{say(MONEY[money])}</dd>
        <dt>{say('staff.open.paper')}</dt>
        <dd>{say(PAPER[paper])}</dd>
      </dl>
      <div className="transaction-acts">
        {acts.map((act) => (
          <AskButton
            key={act}
            ask={ask}
            label={ACTS[act]}
            command={{ type: 'staffSettle', transaction: number, act }}
            words={say('staff.confirm.act', { number, act: say(ACTS[act]) })}
          />
        ))}
      </div>
    </article>
  );
}

/** 見本 that a municipality asked this kiosk for; absent where there is none, as on most days. */
function Specimens({ view, ask }: { readonly view: Menu; readonly ask: Ask }) {
  const say = useSay();
  return (
    <section className="staff-part staff-specimens" aria-labelledby="staff-specimens">
      <h2 id="staff-specimens">{say('staff.specimens')}</h2>
      <PagedList label={say('staff.specimens')}>
        {view.specimens.map(({ id, municipality, label, requestedAt }) => (
          <article key={id} className="transaction">
            <h3>{label}</h3>
            <p>
              {municipality} {momentText(say, requestedAt)}
            </p>
            <div className="transaction-acts">
              <AskButton
                ask={ask}
                label="staff.specimens.print"
                command={{ type: 'staffPrintSpecimen', id }}
                words={say('staff.confirm.specimen', { label, municipality })}
              />
            </div>
          </article>
        ))}
      </PagedList>
    </section>
  );
}

function Operate({ view, ask }: { readonly view: Menu; readonly ask: Ask }) {
  const say = useSay();
  const closed = view.outOfService;
  const service: TextKey = closed ? 'staff.service.on' : 'staff.service.off';
  return (
    <section className="staff-operate" aria-label={say('staff.operate')}>
      {view.message ? (
        <p className="callout" role="status">
          <span className="visually-hidden">{say('staff.message')}</span>
          {view.message}
        </p>
      ) : null}
      <p className="staff-service">{say(closed ? 'staff.service.isOff' : 'staff.service.isOn')}</p>
      <div className="staff-buttons">
        <AskButton
          ask={ask}
          label={service}
          command={{ type: 'staffOutOfService', on: !closed }}
          words={say('staff.confirm.service', { what: say(service) })}
        />
        {RESTARTS.map(([what, label]) => (
          <AskButton
            key={what}
            ask={ask}
            label={label}
            command={{ type: 'staffRestart', what }}
            words={say('staff.confirm.restart', { what: say(label) })}
          />
        ))}
      </div>
      <p className="versions">
        {say('staff.versions')} {view.versions.map(({ name, value }) => `${name} ${value}`).join(' / ')}
      </p>
    </section>
  );
}
