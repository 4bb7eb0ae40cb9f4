/** The heading of a page: the window's title, and where focus goes when the page was reached from another one. */
import { useEffect, useRef, type ReactNode } from 'react';
import { Link } from './Link.tsx';

const PRODUCT = 'コンビニ交付 管理画面';
let shown: string | undefined;
let hasMoved = false;

interface Props {
  readonly title: string;
  readonly lead?: ReactNode;
  /** buttons on the right */
  readonly actions?: ReactNode;
  /** the page one level up */
  readonly up?: { readonly label: string; readonly href: string };
}

export function PageHeading({ title, lead, actions, up }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title}｜${PRODUCT}`;
  }, [title]);
  useEffect(() => {
    const isOther = shown !== undefined && shown !== location.pathname;
    hasMoved ||= isOther;
    shown = location.pathname;
    // not on the first page: there the browser begins at the top, with the skip link
    const isLost = document.activeElement === document.body || document.activeElement === null;
    if (hasMoved && (isOther || isLost)) heading.current?.focus();
  }, []);
  return (
    <header className="page-heading">
      {up && (
        <p className="page-up">
          <Link to={up.href}>← {up.label}</Link>
        </p>
      )}
      <div className="page-heading-row">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {lead && <div className="page-lead">{typeof lead === 'string' ? <p>{lead}</p> : lead}</div>}
    </header>
  );
}
