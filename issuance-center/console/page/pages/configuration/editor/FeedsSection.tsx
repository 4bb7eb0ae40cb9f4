/** 連携の遅れの上限 by register, and 委託手数料. */
import { DEFAULT_FEED_LIMIT_MINUTES, usualCommission } from '#templates/profileSchema.ts';
import { registerIds } from '#templates/vocabulary.ts';
import { labelOf } from '../../../../../configuration/profileWords.ts';
import { valueWords } from '../../../../../configuration/profileValueWords.ts';
import { FieldGroup, MoneyField, NumberField } from '../../../parts/fields.tsx';
import { DatedRows } from './DatedRows.tsx';
import { useEdit } from './edit.tsx';

export function FeedsSection() {
  return (
    <section className="card" aria-labelledby="section-title">
      <h2 id="section-title">連携・委託手数料</h2>
      <FeedLimits />
      <Commission />
    </section>
  );
}

function FeedLimits() {
  const { draft, words } = useEdit();
  const { feedLimits } = draft.profile;
  return (
    <FieldGroup
      path="feedLimits"
      legend="台帳の連携の遅れの上限"
      help="台帳が、この時間より古くなると、その台帳を使う証明書は交付されません。古い内容の証明書を出さないためです。5分から14日（20160分）まで。"
    >
      <div className="limits">
        {registerIds.map((id) => {
          const path = `feedLimits.${id}`;
          const minutes = feedLimits[id] ?? DEFAULT_FEED_LIMIT_MINUTES;
          return (
            <NumberField
              key={id}
              path={path}
              label={labelOf(['feedLimits', id], words).split('・').at(-1) ?? id}
              unit="分"
              extra={`＝${valueWords(['feedLimits', id], minutes, words) ?? ''}`}
              value={minutes}
              onChange={(limit) => draft.set(path, limit)}
            />
          );
        })}
      </div>
    </FieldGroup>
  );
}

function Commission() {
  const { draft, base } = useEdit();
  const { commission } = draft.profile;
  const rows = commission.length > 0 ? commission : usualCommission;
  const before = base?.commission;
  return (
    <DatedRows
      path="commission"
      legend="委託手数料"
      help="印刷した証明書1通について、店が受け取る金額です。報告の計算に使います。"
      rows={rows}
      baseRows={before && before.length > 0 ? before : usualCommission}
      blank={(from, row) => ({ from, yen: row?.yen })}
    >
      {(row, path, locked) => (
        <MoneyField
          path={`${path}.yen`}
          label="委託手数料"
          locked={locked}
          value={row.yen}
          onChange={(yen) => {
            const index = Number(path.split('.').at(-1));
            draft.set(
              'commission',
              rows.map((each, at) => (at === index ? { ...each, yen } : each)),
            );
          }}
        />
      )}
    </DatedRows>
  );
}
