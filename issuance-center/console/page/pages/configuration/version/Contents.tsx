/** Everything a version holds, in words. */
import { profileDiff } from '../../../../../configuration/profileDiff.ts';
import type { Choices, Version } from '../../../../../contract/console/configuration.ts';
import { wordsOf } from '../words.ts';

interface Props {
  readonly version: Version;
  readonly known: Choices;
}

export function Contents({ version: { number, profile }, known }: Props) {
  const entries = profileDiff({}, profile, wordsOf(known));
  return (
    <section aria-labelledby="contents-title">
      <h2 id="contents-title" className="visually-hidden">
        すべての内容
      </h2>
      <details>
        <summary>
          第{number}版のすべての内容（{entries.length}項目）を見る
        </summary>
        <div className="table-frame" role="region" aria-label="すべての内容" tabIndex={0}>
          <table className="table">
            <caption>第{number}版のすべての内容</caption>
            <thead>
              <tr>
                <th scope="col">項目</th>
                <th scope="col">内容</th>
              </tr>
            </thead>
            <tbody>
              {entries.map(({ path, label, after }, index) => (
                <tr key={`${path} ${index}`}>
                  <th scope="row">{label}</th>
                  <td>{after}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
