/** A compared text: what differs is marked by shape and, for who listens, in words. */
import type { Mark, Piece } from '../../../../contract/console/applications.ts';
import { Letters } from '../../../../letters/Letters.tsx';

export const markNames: Readonly<Record<Exclude<Mark, 'same'>, string>> = {
  variant: '字の形がちがう',
  replaced: '代替文字',
  differs: 'ちがう',
};

export function Pieces({ pieces }: { readonly pieces: readonly Piece[] }) {
  if (pieces.length === 0) return <span className="nothing">（なし）</span>;
  return pieces.map(({ text, mark }, index) =>
    mark === 'same' ? (
      <Letters key={index} text={text} />
    ) : (
      <mark key={index} className="compared" data-mark={mark}>
        <Letters text={text} />
        <span className="visually-hidden">（{markNames[mark]}）</span>
      </mark>
    ),
  );
}

export function MarkLegend() {
  return (
    <p className="mark-legend">
      しるしの意味：
      {(Object.keys(markNames) as (keyof typeof markNames)[]).map((mark) => (
        <span key={mark}>
          <mark className="compared" data-mark={mark}>
            例
          </mark>
          {markNames[mark]}
        </span>
      ))}
    </p>
  );
}
