/** 欄の名前: labels that are printed here in other words than the form's. */
import type { Choices } from '../../../../../contract/console/configuration.ts';
import { FieldGroup, TextField } from '../../../parts/fields.tsx';
import { useEdit } from './edit.tsx';

interface Props {
  readonly path: string;
  readonly fields: Choices['kinds'][number]['fields'];
  readonly labels: Readonly<Record<string, string>>;
}

export function Labels({ path, fields, labels }: Props) {
  const { draft } = useEdit();
  if (fields.length === 0) return null;
  const changed = Object.keys(labels).length;
  return (
    <details className="labels" open={changed > 0 || undefined}>
      <summary>欄の名前を変える{changed > 0 && `（${changed}つ変えています）`}</summary>
      <FieldGroup
        path={path}
        legend="欄の名前"
        help="この市区町村だけの呼び方があるときに入れます。空のままなら、様式の名前が印刷されます。"
      >
        <div className="label-fields">
          {fields.map(({ id, label }) => (
            <TextField
              key={id}
              path={`${path}.${id}`}
              label={label}
              maxLength={40}
              value={labels[id] ?? ''}
              onChange={(text) => draft.set(`${path}.${id}`, text === '' ? undefined : text)}
            />
          ))}
        </div>
      </FieldGroup>
    </details>
  );
}
