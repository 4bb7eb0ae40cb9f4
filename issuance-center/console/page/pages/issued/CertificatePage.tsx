/** The life of one certificate, and withdrawing it. */
import { useState } from 'react';
import { done, issuedDetail, type IssuedDetail } from '../../../../contract/console/issued.ts';
import {
  withdrawalReasonIds,
  withdrawalReasons,
  type WithdrawalReason,
} from '../../../../verification/withdrawalReasons.ts';
import { api, type ApiPath } from '../../base/api.ts';
import { useAnnounce } from '../../base/announce.tsx';
import { yenWords } from '../../base/dates.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { useWho } from '../../base/who.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { Day, Instant } from '../../parts/Time.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { CertificateState } from './stateWords.tsx';

export function CertificatePage({ parts }: { readonly parts: { readonly issueNumber: string } }) {
  const path = `/api/issued/${encodeURIComponent(parts.issueNumber)}` as ApiPath;
  const { asked, reload } = useAnswer(issuedDetail, path);
  return (
    <>
      <PageHeading title={`証明書 ${parts.issueNumber}`} up={{ label: '交付の記録', href: '/issued' }} />
      <Waiting asked={asked} reload={reload}>
        {(value) => <Shown value={value} path={path} reload={reload} />}
      </Waiting>
    </>
  );
}

interface Props {
  readonly value: IssuedDetail;
  readonly path: ApiPath;
  readonly reload: () => Promise<void>;
}

function Shown({ value, path, reload }: Props) {
  return (
    <div className="stack">
      {value.exceptions.map((words) => (
        <Notice key={words} tone="bad" isQuiet>
          {words}
        </Notice>
      ))}
      {value.alarms.map(({ id, words, open }) => (
        <Notice key={id} tone={open ? 'bad' : 'plain'} isQuiet>
          {open ? `開いている警報：${words}` : `閉じた警報：${words}`}
        </Notice>
      ))}
      <Facts value={value} />
      <Withdrawal value={value} path={path} reload={reload} />
    </div>
  );
}

const money = (yen: number | null): string => (yen === null ? '－' : yenWords(yen));

function Facts({ value }: { readonly value: IssuedDetail }) {
  const { settledAt, overdueAt, withdrawnAt, withdrawnReason } = value;
  return (
    <dl className="facts">
      <dt>証明書</dt>
      <dd>{value.label}</dd>
      <dt>状態</dt>
      <dd>
        <CertificateState {...value} />
      </dd>
      <dt>機械</dt>
      <dd>{value.kioskId}</dd>
      <dt>作成</dt>
      <dd>
        <Instant at={value.at} />
      </dd>
      <dt>紙の日付</dt>
      <dd>
        <Day day={value.issueDate} />
      </dd>
      <dt>手数料・納付・返金</dt>
      <dd>
        {yenWords(value.fee)}・{money(value.paid)}・{money(value.refunded)}
      </dd>
      <dt>枚数</dt>
      <dd>
        {value.pages / 2}枚（印刷の報告：{value.sheets ?? '－'}枚）
      </dd>
      <dt>印刷・取り消しの報告</dt>
      <dd>{settledAt ? <Instant at={settledAt} /> : 'まだありません'}</dd>
      {overdueAt && (
        <>
          <dt>報告の遅れに気づいた時</dt>
          <dd>
            <Instant at={overdueAt} />
          </dd>
        </>
      )}
      <dt>照会できる最後の日</dt>
      <dd>
        <Day day={value.verifiableUntil} />
      </dd>
      {withdrawnAt && (
        <>
          <dt>無効にした時と理由</dt>
          <dd>
            <Instant at={withdrawnAt} />　{withdrawalReasons[withdrawnReason as WithdrawalReason]}
          </dd>
        </>
      )}
    </dl>
  );
}

function Withdrawal({ value, path, reload }: Props) {
  const who = useWho();
  const say = useAnnounce();
  const [isAsking, setIsAsking] = useState(false);
  if (value.withdrawn || value.state === 'void' || !who.may('withdraw-certificate')) return null;
  return (
    <section className="card stack" aria-label="証明書を無効にする">
      <h2>無効にする</h2>
      <p>受け取った人が確認のページで調べると「無効」と出ます。元にはもどせません。</p>
      <div className="actions">
        <button type="button" className="button button-danger" onClick={() => setIsAsking(true)}>
          この証明書を無効にする
        </button>
      </div>
      <ConfirmDialog
        title={`証明書 ${value.issueNumber} を無効にしますか`}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        act="無効にする"
        isDestructive
        reason={{
          kind: 'choice',
          label: '理由',
          choices: withdrawalReasonIds.map((id) => ({ id, label: withdrawalReasons[id] })),
        }}
        onConfirm={async (reason) => {
          await api.post(done, `${path}/withdrawal` as ApiPath, { reason });
          say('証明書を無効にしました');
          await reload();
        }}
      >
        <p>
          {value.label}（{value.issueNumber}）を、これから先は証明書として認めません。元にはもどせません。
        </p>
      </ConfirmDialog>
    </section>
  );
}
