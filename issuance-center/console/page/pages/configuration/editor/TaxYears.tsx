/** 年度 of tax certificates: which one is issued from which day; none during the switch-over. */
import { warekiDate } from '#templates/civilTime.ts';
import { civilDate, type CivilDate } from '#templates/vocabulary.ts';
import { SelectField } from '../../../parts/fields.tsx';
import type { DraftKind } from '../draftProfile.ts';
import { DatedRows } from './DatedRows.tsx';
import { useEdit } from './edit.tsx';
import { taxYearOn } from './kindSwitch.ts';

type Row = NonNullable<DraftKind['taxYears']>[number];
interface Props {
  readonly path: string;
  readonly rows: readonly Row[];
  readonly baseRows: readonly Row[] | undefined;
}

const NONE = 'none';
const SPAN = 2;

export function TaxYears({ path, rows, baseRows }: Props) {
  const { draft, today } = useEdit();
  const now = taxYearOn(today);
  return (
    <DatedRows
      path={path}
      legend="年度"
      help="新しい年度の証明書は、ふつう6月ごろから出せます。切り替えのあいだは「交付しない」にします。"
      rows={rows}
      baseRows={baseRows}
      blank={(from, row) => ({ from, year: row?.year ?? taxYearOn(from) })}
    >
      {(row, at, locked) => (
        <SelectField
          path={`${at}.year`}
          label="交付する年度"
          locked={locked}
          value={row.year === null ? NONE : String(row.year)}
          choices={[
            { value: NONE, label: '交付しない（切り替え中）' },
            ...yearsAround(now, row.year).map((year) => ({ value: String(year), label: yearWords(year) })),
          ]}
          onChange={(year) => draft.set(`${at}.year`, year === NONE ? null : Number(year))}
        />
      )}
    </DatedRows>
  );
}

function yearsAround(now: number, own: number | null): readonly number[] {
  const near = Array.from({ length: 2 * SPAN + 1 }, (_, index) => now - SPAN + index);
  return own !== null && !near.includes(own) ? [own, ...near] : near;
}

/** 年度 are named by the era of their first day. */
function yearWords(year: number): string {
  const day: CivilDate = civilDate.parse(`${year}-04-01`);
  return `${warekiDate(day).replace(/年.*$/, '')}年度（${year}年度）`;
}
