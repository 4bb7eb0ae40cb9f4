/** 台帳の連携: every register at a glance, what to do first, and the way to the machines that send them. */
import { useEffect } from 'react';
import type { z } from 'zod';
import { registerList, type RegisterStanding } from '../../../../contract/console/registers.ts';
import { hrefOf } from '../../base/addresses.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { useWho } from '../../base/who.tsx';
import { DataTable, type Column } from '../../parts/DataTable.tsx';
import { Link } from '../../parts/Link.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Instant } from '../../parts/Time.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { agoWords, countWords, durationWords, STATES } from './words.ts';

const REFRESH_MS = 30_000;

export function RegistersPage() {
  const who = useWho();
  const { asked, reload } = useAnswer(registerList, '/api/registers');
  useEffect(() => {
    const timer = setInterval(() => void (document.hidden || reload()), REFRESH_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <>
      <PageHeading
        title="台帳の連携"
        lead="庁内の台帳が、どこまで届いているかです。遅れや抜けのある台帳を使う証明書は、交付されません。"
        actions={
          who.may('manage-feed') && (
            <Link className="button" to="/feed-clients">
              送る機械
            </Link>
          )
        }
      />
      <Waiting asked={asked} reload={reload}>
        {(value) => <Shown value={value} />}
      </Waiting>
    </>
  );
}

function Shown({ value }: { readonly value: z.output<typeof registerList> }) {
  const who = useWho();
  const { registers, clients } = value;
  const isNew = registers.every(({ state }) => state === 'not-loaded');
  const bad = registers.filter(({ state }) => state !== 'fresh');
  return (
    <div className="stack">
      {isNew ? (
        <FirstSteps hasClients={clients > 0} />
      ) : (
        bad.length === 0 && (
          <Notice tone="good" title="すべての台帳が届いています" isQuiet>
            止まっている証明書はありません。
          </Notice>
        )
      )}
      <DataTable
        caption="台帳"
        columns={columns(who.clock())}
        rows={registers}
        rowKey={({ register }) => register}
        empty={<p>台帳はまだありません。</p>}
        rowTone={({ state }) => (state === 'fresh' || state === 'due' ? undefined : 'bad')}
        isShort
      />
    </div>
  );
}

/** Nothing has come yet: the three steps, in their order. */
function FirstSteps({ hasClients }: { readonly hasClients: boolean }) {
  const who = useWho();
  return (
    <section className="card" aria-labelledby="first-steps">
      <h2 id="first-steps">はじめに、台帳を送ってください</h2>
      <ol className="steps">
        <li>
          {hasClients ? (
            '送る機械は登録してあります。'
          ) : who.may('manage-feed') ? (
            <>
              <Link to="/feed-clients">送る機械を登録</Link>して、登録ファイルを受け取ります。
            </>
          ) : (
            '管理の役割の人が、送る機械を登録して、登録ファイルを受け取ります。'
          )}
        </li>
        <li>
          その機械から、7つの台帳の全件を送ります。
          <code>npm run registers:import -- {who.municipality} resident 全件.ndjson</code>
        </li>
        <li>そのあとは、変わったことを順に送り、1日に1回、照合します。</li>
      </ol>
    </section>
  );
}

function columns(now: number): readonly Column<RegisterStanding>[] {
  return [
    {
      id: 'label',
      label: '台帳',
      value: ({ label }) => label,
      isRowHead: true,
      isOneLine: true,
      cell: ({ register, label }) => <Link to={hrefOf('/registers/:register', { register })}>{label}</Link>,
    },
    {
      id: 'state',
      label: '状態',
      value: ({ state }) => STATES[state].words,
      cell: ({ state }) => <StateBadge tone={STATES[state].tone}>{STATES[state].words}</StateBadge>,
    },
    {
      id: 'until',
      label: 'どこまで届いたか',
      value: ({ fedUntil }) => fedUntil,
      isOneLine: true,
      cell: ({ fedUntil, limitMinutes }) =>
        fedUntil ? (
          <>
            {agoWords(fedUntil, now)}
            {limitMinutes !== null && `（${durationWords(limitMinutes)}まで）`}
            <br />
            <Instant at={fedUntil} />
          </>
        ) : (
          'まだ届いていません'
        ),
    },
    {
      id: 'seq',
      label: '最後の番号',
      value: ({ lastSeq }) => lastSeq,
      align: 'end',
      cell: ({ lastSeq }) => lastSeq?.toLocaleString('ja-JP') ?? '－',
    },
    {
      id: 'reconciliation',
      label: '照合',
      value: ({ differences }) => differences,
      isOneLine: true,
      cell: (row) => <Reconciled row={row} now={now} />,
    },
    {
      id: 'words',
      label: '説明',
      value: ({ words, withheld }) => [words, ...withheld].join('。'),
      cell: ({ words, withheld }) => (
        <>
          {words}
          {withheld.length > 0 && (
            <>
              <br />
              <strong>交付されない証明書：</strong>
              {withheld.join('、')}
            </>
          )}
        </>
      ),
    },
  ];
}

function Reconciled({ row, now }: { readonly row: RegisterStanding; readonly now: number }) {
  const { reconciliation, differences } = row;
  if (!reconciliation) return <>まだしていません</>;
  return (
    <>
      {differences > 0 ? <StateBadge tone="bad">{`ちがい${countWords(differences)}`}</StateBadge> : '一致'}
      <br />
      {agoWords(reconciliation.at, now)}
      {reconciliation.isOld && <StateBadge tone="warning">1日以上前</StateBadge>}
    </>
  );
}
