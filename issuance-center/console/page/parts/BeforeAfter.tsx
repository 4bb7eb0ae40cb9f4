/** What changes: every value before and after. */
interface Change {
  readonly path: string;
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

interface Props {
  readonly caption: string;
  readonly changes: readonly Change[];
  /** when nothing changes */
  readonly none?: string;
}

export function BeforeAfter({ caption, changes, none = '変わるところはありません。' }: Props) {
  if (changes.length === 0) return <p>{none}</p>;
  return (
    <div className="table-frame" role="region" aria-label={caption} tabIndex={0}>
      <table className="table before-after">
        <caption>
          {caption}（{changes.length}件）
        </caption>
        <thead>
          <tr>
            <th scope="col">項目</th>
            <th scope="col">いま</th>
            <th scope="col">変えたあと</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ path, label, before, after }, index) => (
            <tr key={`${path} ${index}`}>
              <th scope="row">{label}</th>
              <td className="before">{before === null ? <Nothing /> : <del>{before}</del>}</td>
              <td className="after">{after === null ? <Nothing /> : <ins>{after}</ins>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Nothing = () => <span className="nothing">（なし）</span>;
