/** One register: what is the matter, what was refused and why, what differs from its source. */
import { feedRegister } from '../../../../contract/registerFeed.ts';
import { registerStanding, type RegisterStanding } from '../../../../contract/console/registers.ts';
import type { ApiPath } from '../../base/api.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { useWho } from '../../base/who.tsx';
import { DataTable, type Column } from '../../parts/DataTable.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Instant } from '../../parts/Time.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { Differences } from './Differences.tsx';
import { agoWords, countWords, durationWords, STATES } from './words.ts';

const UP = { label: '台帳の連携', href: '/registers' } as const;

export function RegisterPage({ parts }: { readonly parts: { readonly register: string } }) {
  const known = feedRegister.safeParse(parts.register);
  if (!known.success) {
    return <PageHeading title="この台帳はありません" up={UP} />;
  }
  return <KnownRegister path={`/api/registers/${known.data}`} />;
}

function KnownRegister({ path }: { readonly path: ApiPath }) {
  const { asked, reload } = useAnswer(registerStanding, path);
  const title = asked.at === 'answered' ? `台帳の連携：${asked.value.label}` : '台帳の連携';
  return (
    <>
      <PageHeading title={title} up={UP} />
      <Waiting asked={asked} reload={reload}>
        {(value) => <Shown value={value} />}
      </Waiting>
    </>
  );
}

function Shown({ value }: { readonly value: RegisterStanding }) {
  const { state, words, withheld, refusal } = value;
  return (
    <div className="stack wide-gap">
      {state !== 'fresh' && (
        <Notice tone={state === 'due' ? 'warning' : 'bad'} title={words} isQuiet>
          {withheld.length > 0 && <p>交付されない証明書：{withheld.join('、')}</p>}
        </Notice>
      )}
      <Facts value={value} />
      {refusal && <Refusal refusal={refusal} />}
      <Reconciliation value={value} />
    </div>
  );
}

function Facts({ value }: { readonly value: RegisterStanding }) {
  const who = useWho();
  const { state, lastSeq, missing, fedUntil, limitMinutes, loadedAt, waiting } = value;
  return (
    <dl className="facts">
      <dt>状態</dt>
      <dd>
        <StateBadge tone={STATES[state].tone}>{STATES[state].words}</StateBadge>
      </dd>
      <dt>どこまで届いたか</dt>
      <dd>
        {fedUntil ? (
          <>
            <Instant at={fedUntil} />（{agoWords(fedUntil, who.clock())}）
          </>
        ) : (
          'まだ届いていません'
        )}
      </dd>
      <dt>遅れてよい時間</dt>
      <dd>{limitMinutes === null ? '設定がまだありません' : durationWords(limitMinutes)}</dd>
      <dt>最後の番号</dt>
      <dd>{lastSeq?.toLocaleString('ja-JP') ?? '－'}</dd>
      {missing && (
        <>
          <dt>届いていない番号</dt>
          <dd>{missing.from === missing.to ? `${missing.from}番` : `${missing.from}番〜${missing.to}番`}</dd>
        </>
      )}
      <dt>全件が届いた時</dt>
      <dd>{loadedAt ? <Instant at={loadedAt} /> : '－'}</dd>
      <dt>先の日付の変更</dt>
      <dd>{countWords(waiting)}（その日が来ると登録されます）</dd>
    </dl>
  );
}

type RefusalShown = NonNullable<RegisterStanding['refusal']>;
type Fault = RefusalShown['faults'][number];
const faultColumns: readonly Column<Fault>[] = [
  { id: 'line', label: '行', value: ({ line }) => line, align: 'end', isRowHead: true },
  {
    id: 'path',
    label: '項目',
    value: ({ path }) => path,
    cell: ({ path }) => <code>{path || '行全体'}</code>,
  },
  { id: 'reason', label: '理由', value: ({ reason }) => reason },
];

function Refusal({ refusal }: { readonly refusal: RefusalShown }) {
  const { at, reason, faults, total } = refusal;
  return (
    <section className="stack" aria-labelledby="refusal-title">
      <h2 id="refusal-title">最後に届いたファイルは、登録していません</h2>
      <p>
        <Instant at={at} />　{reason}
      </p>
      {faults.length > 0 && (
        <DataTable
          name="faults"
          caption={total > faults.length ? `誤り（はじめの${faults.length}か所）` : '誤り'}
          columns={faultColumns}
          rows={faults}
          rowKey={({ line, path, reason: why }) => `${line} ${path} ${why}`}
          sort="line"
          empty={<p>誤りはありません。</p>}
        />
      )}
    </section>
  );
}

function Reconciliation({ value }: { readonly value: RegisterStanding }) {
  const who = useWho();
  const { register, reconciliation, differences } = value;
  return (
    <section className="stack" aria-labelledby="reconciliation-title">
      <h2 id="reconciliation-title">照合</h2>
      {reconciliation ? (
        <p>
          <Instant at={reconciliation.at} />（{agoWords(reconciliation.at, who.clock())}）に、
          {countWords(reconciliation.rows)}を比べました。
          {differences === 0 && 'ちがいはありません。'}
        </p>
      ) : (
        <p className="empty">
          まだ照合していません。元の台帳の全件から、1日に1回、照合の値を送ってください（--reconcile）。
        </p>
      )}
      {differences > 0 && (
        <Notice tone="bad" title={`ちがう行が${countWords(differences)}あります`} isQuiet>
          その行に関わる人の証明書は、交付されません。元の台帳が正しければ、全件を送り直してください。
        </Notice>
      )}
      {reconciliation?.isOld && (
        <Notice tone="warning" title="1日以上、照合していません" isQuiet>
          廃止された印鑑登録などが残っていないかを、毎日確かめてください。
        </Notice>
      )}
      {differences > 0 && register !== 'restriction' && who.may('view-differences') && (
        <Differences register={register} />
      )}
      {differences > 0 && register === 'restriction' && <p>交付の制限では、行の一覧は出しません。</p>}
    </section>
  );
}
