/** 作成数, 納付数, 印刷数: three numbers, never one. */
import type { ReportCounts } from '../../../../contract/console/reports.ts';

export function Counts({ total }: { readonly total: ReportCounts }) {
  return (
    <dl className="facts figures" aria-label="この日の数">
      <dt>作成数</dt>
      <dd>{total.made}</dd>
      <dt>納付数</dt>
      <dd>{total.paid}</dd>
      <dt>印刷数</dt>
      <dd>{total.printed}</dd>
      <dt>取り消し</dt>
      <dd>{total.void}</dd>
      <dt>まだ決まっていない</dt>
      <dd>{total.open}</dd>
    </dl>
  );
}
