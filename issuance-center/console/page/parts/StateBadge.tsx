/** A state in one word, told by its words and its shape, never by colour alone. */
export type BadgeTone = 'good' | 'bad' | 'warning' | 'active' | 'plain';
const SHAPES: Readonly<Record<BadgeTone, string>> = {
  good: 'M2 8l4 4 8-8',
  bad: 'M3 3l10 10M13 3L3 13',
  warning: 'M8 2v7M8 12v2',
  active: 'M3 8h10M9 4l4 4-4 4',
  plain: 'M3 8h10',
};

export function StateBadge({ tone, children }: { readonly tone: BadgeTone; readonly children: string }) {
  return (
    <span className={`badge badge-${tone}`}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path d={SHAPES[tone]} />
      </svg>
      {children}
    </span>
  );
}
