/** Turning over a list's pages. */
interface Props {
  readonly page: number;
  readonly pages: number;
  readonly caption: string;
  readonly onTurn: (page: number) => void;
}

export function Pager({ page, pages, caption, onTurn }: Props) {
  const turn = (label: string, to: number, isThere: boolean) => (
    <button
      type="button"
      className="button button-small"
      aria-disabled={!isThere}
      onClick={() => void (isThere && onTurn(to))}
    >
      {label}
    </button>
  );
  return (
    <nav className="pager" aria-label={`${caption}のページ`}>
      {turn('最初', 1, page > 1)}
      {turn('前へ', page - 1, page > 1)}
      <span>
        {page} / {pages}
      </span>
      {turn('次へ', page + 1, page < pages)}
      {turn('最後', pages, page < pages)}
    </nav>
  );
}
