/** 首長: in whose name is certified, and the deputy while there is one. */
import { CheckField, TextField } from '../../../parts/fields.tsx';
import type { DraftProfile } from '../draftProfile.ts';
import { DatedRows } from './DatedRows.tsx';
import { useEdit } from './edit.tsx';

type Head = DraftProfile['head'][number];

export function HeadSection() {
  const { draft, base } = useEdit();
  return (
    <section className="card" aria-labelledby="section-title">
      <h2 id="section-title">首長</h2>
      <DatedRows
        path="head"
        legend="首長と職務代理者"
        isLegendHidden
        help="証明書に印刷される職名と氏名です。選挙のあとや、代理を置くときは、その日からの行を足します。"
        rows={draft.profile.head}
        baseRows={base?.head}
        blank={(from, row) => ({ from, title: row?.title, name: row?.name })}
      >
        {(row, path, locked) => <HeadFields row={row} path={path} locked={locked} />}
      </DatedRows>
    </section>
  );
}

interface Props {
  readonly row: Head;
  readonly path: string;
  readonly locked: string | undefined;
}

function HeadFields({ row, path, locked }: Props) {
  const { draft } = useEdit();
  const field = (at: string, label: string, value: string | undefined) => (
    <TextField
      path={`${path}.${at}`}
      label={label}
      locked={locked}
      maxLength={120}
      value={value ?? ''}
      onChange={(text) => draft.set(`${path}.${at}`, text)}
    />
  );
  return (
    <div className="stack">
      <div className="row">
        {field('title', '職名', row.title)}
        {field('name', '氏名', row.name)}
      </div>
      <CheckField
        path={`${path}.deputy`}
        label="職務代理者を置く"
        help="置いているあいだ、首長のかわりに、職務代理者の職名と氏名が印刷されます。"
        locked={locked}
        isChecked={row.deputy !== undefined}
        onChange={(isOn) => draft.set(`${path}.deputy`, isOn ? { title: '', name: '' } : undefined)}
      />
      {row.deputy && (
        <div className="row">
          {field('deputy.title', '職務代理者の職名', row.deputy.title)}
          {field('deputy.name', '職務代理者の氏名', row.deputy.name)}
        </div>
      )}
    </div>
  );
}
