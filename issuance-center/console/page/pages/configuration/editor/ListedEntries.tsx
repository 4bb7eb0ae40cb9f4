/** Entries of a list that are put in and taken out whole: closed days, maintenance of anything. */
import { valueWords } from '../../../../../configuration/profileValueWords.ts';
import { fieldId, useFaultsUnder } from '../../../parts/Form.tsx';
import { useEdit } from './edit.tsx';

interface Props {
  readonly path: string;
  readonly entries: readonly object[];
  readonly none: string;
}

export function ListedEntries({ path, entries, none }: Props) {
  const { draft, words } = useEdit();
  const faults = useFaultsUnder(path);
  if (entries.length === 0) return <p className="soft">{none}</p>;
  return (
    <ul className="plain-list listed">
      {entries.map((entry, index) => {
        const at = `${path}.${index}`;
        const text = valueWords([...path.split('.'), String(index)], entry, words) ?? '';
        return (
          <li key={`${index} ${text}`} id={fieldId(at)}>
            <span>{text}</span>
            <button
              type="button"
              className="button button-small button-danger-quiet"
              aria-label={`${text}を消す`}
              onClick={() =>
                draft.set(
                  path,
                  entries.filter((_, other) => other !== index),
                )
              }
            >
              消す
            </button>
            {faults
              .filter((fault) => fault.path === at || fault.path.startsWith(`${at}.`))
              .map(({ reason }) => (
                <span key={reason} className="field-fault">
                  {reason}
                </span>
              ))}
          </li>
        );
      })}
    </ul>
  );
}
