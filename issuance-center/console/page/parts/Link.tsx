/** A link to another page of the console, without loading it anew; with Ctrl and the like the browser does as always. */
import type { MouseEvent, ReactNode } from 'react';
import { goTo } from '../base/place.ts';

interface Props {
  /** from hrefOf */
  readonly to: string;
  readonly children: ReactNode;
  readonly className?: string;
  readonly isCurrent?: boolean;
}

export function Link({ to, children, className, isCurrent }: Props) {
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void goTo(to);
  };
  return (
    <a href={to} className={className} aria-current={isCurrent ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  );
}
