/** Everything about one kind of certificate. */
import type { Extent } from '#templates/vocabulary.ts';
import type { Choices } from '../../../../../contract/console/configuration.ts';
import { CheckField, FieldGroup, MoneyField, NumberField, TextField } from '../../../parts/fields.tsx';
import { offeredExtents, type DraftKind } from '../draftProfile.ts';
import { DatedRows } from './DatedRows.tsx';
import { useEdit } from './edit.tsx';
import { HoursGrid } from './HoursGrid.tsx';
import { Labels } from './Labels.tsx';
import { LayoutChoice } from './LayoutChoice.tsx';
import { TaxYears } from './TaxYears.tsx';

interface Props {
  readonly choice: Choices['kinds'][number];
  readonly entry: DraftKind;
  /** kinds.0 */
  readonly path: string;
}

/** 照会期間 and copies where a profile does not say (profileSchema.ts). */
const USUAL_COPIES = 10;
const USUAL_VERIFIABLE_DAYS = 365;

export function KindForm(props: Props) {
  const { choice, entry, path } = props;
  const { draft, base } = useEdit();
  const before = base?.kinds.find(({ kind }) => kind === entry.kind);
  return (
    <div className="stack wide-gap">
      <DatedRows
        path={`${path}.fees`}
        legend="手数料"
        help="証明書1通の金額です。条例で決まっている金額を入れます。"
        rows={entry.fees}
        baseRows={before?.fees}
        blank={(from, row) => ({ from, fee: row?.fee })}
      >
        {(row, at, locked) => (
          <MoneyField
            path={`${at}.fee`}
            label="手数料"
            locked={locked}
            value={row.fee}
            onChange={(fee) => draft.set(`${at}.fee`, fee)}
          />
        )}
      </DatedRows>
      <DatedRows
        path={`${path}.hours`}
        legend="交付の時間"
        help="祝日は、曜日にかかわらず「祝日」の時間になります。年末年始などは「休みの日・点検」で決めます。"
        rows={entry.hours}
        baseRows={before?.hours}
        blank={(from, row) => ({ from, weekly: row?.weekly ?? {} })}
      >
        {(row, at, locked) => <HoursGrid path={`${at}.weekly`} weekly={row.weekly} locked={locked} />}
      </DatedRows>
      {choice.needsTaxYears && (
        <TaxYears path={`${path}.taxYears`} rows={entry.taxYears ?? []} baseRows={before?.taxYears} />
      )}
      <LayoutChoice path={`${path}.layout`} layouts={ownLayouts(choice, entry.layout)} value={entry.layout} />
      <Extents {...props} />
      <Options {...props} />
      <Statements {...props} />
      <Labels fields={choice.fields} path={`${path}.labels`} labels={entry.labels} />
      <div className="row">
        <NumberField
          path={`${path}.maxCopies`}
          label="一度に取れる部数"
          unit="部まで"
          help="1部から20部まで"
          value={entry.maxCopies ?? USUAL_COPIES}
          onChange={(count) => draft.set(`${path}.maxCopies`, count)}
        />
        <NumberField
          path={`${path}.verifiableDays`}
          label="照会できる日数"
          unit="日"
          help="受け取った相手が、証明書の番号で「交付されたものか」を調べられる期間です。"
          value={entry.verifiableDays ?? USUAL_VERIFIABLE_DAYS}
          onChange={(days) => draft.set(`${path}.verifiableDays`, days)}
        />
      </div>
    </div>
  );
}

/** 住民票 and 記載事項 are over one dataset: forms made for the kind are its own; a kind without any has them all. */
function ownLayouts({ id, layouts }: Props['choice'], value: string | undefined): readonly string[] {
  const own = layouts.filter((layout) => layout.startsWith(`${id}.`));
  return own.length === 0 ? layouts : layouts.filter((layout) => own.includes(layout) || layout === value);
}

function Extents({ choice, entry, path }: Props) {
  const { draft } = useEdit();
  const all = choice.extents.map(({ id }) => id);
  const offered = offeredExtents(entry, all);
  if (all.length === 1) return null;
  const toggle = (id: Extent, isOn: boolean) => {
    const next = all.filter((each) => (each === id ? isOn : offered.includes(each)));
    draft.set(`${path}.extents`, next.length === all.length ? undefined : next);
  };
  return (
    <FieldGroup path={`${path}.extents`} legend="選べる範囲" help="だれの分をのせられるかです。">
      <div className="checks">
        {choice.extents.map(({ id, label, explanation }) => (
          <CheckField
            key={id}
            path={`${path}.extents.${id}`}
            label={label}
            help={explanation}
            isChecked={offered.includes(id)}
            onChange={(isOn) => toggle(id, isOn)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

function Options({ choice, entry, path }: Props) {
  const { draft } = useEdit();
  if (choice.options.length === 0) return null;
  const toggle = (id: string, isOn: boolean) => {
    const next = choice.options
      .map((option) => option.id)
      .filter((each) => (each === id ? isOn : entry.options.includes(each)));
    draft.set(`${path}.options`, next);
  };
  return (
    <FieldGroup
      path={`${path}.options`}
      legend="住民が選べる項目"
      help="チェックした項目は、住民が「のせる・のせない」を選べます。チェックしない項目は、いつも省略されます。"
    >
      <div className="checks">
        {choice.options.map(({ id, label, explanation }) => (
          <CheckField
            key={id}
            path={`${path}.options.${id}`}
            label={label}
            help={explanation}
            isChecked={entry.options.includes(id)}
            onChange={(isOn) => toggle(id, isOn)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

function Statements({ choice, entry, path }: Props) {
  const { draft } = useEdit();
  const offered = offeredExtents(
    entry,
    choice.extents.map(({ id }) => id),
  );
  return (
    <FieldGroup path={`${path}.statements`} legend="認証文" help="証明書の終わりに印刷される文です。">
      {choice.extents
        .filter(({ id }) => offered.includes(id))
        .map(({ id, label }) => (
          <TextField
            key={id}
            path={`${path}.statements.${id}`}
            label={label}
            lines={2}
            maxLength={120}
            value={entry.statements[id] ?? ''}
            onChange={(text) => draft.set(`${path}.statements.${id}`, text === '' ? undefined : text)}
          />
        ))}
    </FieldGroup>
  );
}
