/** One 戸籍 beside what the applicant signed, item by item. */
import type { ReactNode } from 'react';
import type { Candidate, ComparedItem } from '../../../../contract/console/applications.ts';
import { Letters } from '../../../../letters/Letters.tsx';
import { itemNames, obstacleWords } from '../../../applications/obstacleWords.ts';
import { StateBadge, type BadgeTone } from '../../parts/StateBadge.tsx';
import { Day } from '../../parts/Time.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Pieces } from './Pieces.tsx';

const RESULTS: Readonly<
  Record<ComparedItem['result'], { readonly words: string; readonly tone: BadgeTone }>
> = {
  same: { words: '合っている', tone: 'good' },
  variant: { words: '字の形などだけ', tone: 'warning' },
  differs: { words: 'ちがう', tone: 'bad' },
  missing: { words: '記録なし', tone: 'bad' },
};
const STATUS = { current: '', closed: '（除籍）', superseded: '（改製原戸籍）' } as const;

interface Props {
  readonly candidate: Candidate;
  readonly title: string;
  /** the act on this person, where there is one */
  readonly children?: ReactNode;
}

export function CandidateCard({ candidate, title, children }: Props) {
  return (
    <section className="card stack" aria-label={title}>
      <h3>
        {title}：<Letters text={candidate.headOfRegister} /> の戸籍{STATUS[candidate.status]}
      </h3>
      <p>
        <Letters text={candidate.domicile} />
      </p>
      <div className="table-frame" role="region" aria-label={`${title}とくらべる`} tabIndex={0}>
        <table className="table comparison">
          <caption className="visually-hidden">{title}とくらべる</caption>
          <thead>
            <tr>
              <th scope="col">項目</th>
              <th scope="col">申請（署名された内容）</th>
              <th scope="col">戸籍・附票</th>
              <th scope="col">くらべた結果</th>
            </tr>
          </thead>
          <tbody>
            {candidate.items.map((item) => (
              <Item key={item.item} item={item} />
            ))}
          </tbody>
        </table>
      </div>
      <Addresses candidate={candidate} />
      {candidate.obstacles.length > 0 && (
        <Notice tone="warning" title="この人は登録できません" isQuiet>
          <ul>
            {candidate.obstacles.map((obstacle) => (
              <li key={obstacle}>{obstacleWords[obstacle]}</li>
            ))}
          </ul>
        </Notice>
      )}
      {children}
    </section>
  );
}

function Item({ item: { item, result, stated, registered, notes } }: { readonly item: ComparedItem }) {
  const { words, tone } = RESULTS[result];
  return (
    <tr data-tone={tone === 'bad' ? 'bad' : undefined}>
      <th scope="row">{itemNames[item]}</th>
      <td>
        <Pieces pieces={stated} />
      </td>
      <td>
        <Pieces pieces={registered} />
      </td>
      <td>
        <StateBadge tone={tone}>{words}</StateBadge>
        {notes.map((note) => (
          <p key={note} className="field-help">
            <Letters text={note} />
          </p>
        ))}
      </td>
    </tr>
  );
}

function Addresses({ candidate: { addresses } }: { readonly candidate: Candidate }) {
  if (addresses.length === 0) return null;
  return (
    <details>
      <summary>附票の住所（{addresses.length}つ、新しい順）</summary>
      <ol>
        {addresses.map(({ address, setOn }, index) => (
          <li key={index}>
            <Letters text={address} />
            {setOn && (
              <>
                　<Day day={setOn} />
                から
              </>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
