import { Children, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useSay } from '../words.ts';
import { pagesOf } from './pages.ts';

interface PagedListProps {
  readonly label: string;
  readonly children: ReactNode;
  /** two columns where the panel is wide enough */
  readonly columns?: boolean;
  /** the last page is shown, and so every other one was; called again at every layout */
  readonly onEnd?: () => void;
}

/**
 * A list that never scrolls: what does not fit goes to the next page. The real height of each row is measured, so
 * long names and large letters make more pages, not smaller ones.
 */
export function PagedList({ label, children, columns = false, onEnd }: PagedListProps) {
  const items = Children.toArray(children);
  const { room, pages } = usePages(children);
  const [wanted, setWanted] = useState(0);
  const page = Math.min(wanted, (pages?.length ?? 1) - 1);
  const [from, to] = pages?.[page] ?? [0, items.length];
  const isEnd = pages !== null && page === pages.length - 1;
  useEffect(() => {
    if (isEnd) onEnd?.();
  }, [isEnd, onEnd]);
  return (
    <div className="paged">
      <div className="paged-room" ref={room} data-measuring={pages === null || undefined}>
        <ul className="paged-items" data-columns={columns || undefined} aria-label={label}>
          {items.slice(from, to).map((item, index) => (
            <li key={from + index}>{item}</li>
          ))}
        </ul>
      </div>
      {pages && pages.length > 1 ? <Pager page={page} pages={pages.length} onPage={setWanted} /> : null}
    </div>
  );
}

function Pager(props: { page: number; pages: number; onPage: (page: number) => void }) {
  const say = useSay();
  const { page, pages, onPage } = props;
  return (
    <div className="pager">
      <Button className="button button-quiet" isDisabled={page === 0} onPress={() => onPage(page - 1)}>
        {say('list.before')}
      </Button>
      <p className="pager-place" aria-live="polite">
        <strong>{say('list.page', { page: page + 1, pages })}</strong>
      </p>
      <Button
        className="button button-quiet"
        isDisabled={page === pages - 1}
        onPress={() => onPage(page + 1)}
      >
        {say('list.next')}
      </Button>
    </div>
  );
}

type Pages = readonly (readonly [from: number, to: number])[];
interface Measured {
  readonly pages: Pages;
  /** what was measured; anything else has to be measured anew */
  readonly of: ReactNode;
  readonly round: number;
}

/** The pages of these children in the room there is; null while all of them are laid out for measuring. */
function usePages(children: ReactNode) {
  const room = useRef<HTMLDivElement>(null);
  const round = useLayoutRound();
  const [measured, setMeasured] = useState<Measured | null>(null);
  const valid = measured !== null && measured.of === children && measured.round === round;
  useLayoutEffect(() => {
    if (!valid && room.current) setMeasured({ pages: measure(room.current), of: children, round });
  }, [valid, children, round]);
  return { room, pages: valid ? measured.pages : null };
}

/** Grows whenever lengths may have changed: panel size, text size, a font that has come. */
function useLayoutRound(): number {
  const [round, setRound] = useState(0);
  useLayoutEffect(() => {
    const again = () => setRound((before) => before + 1);
    const watcher = new MutationObserver(again); // --mm and the text size are written on the root element
    watcher.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'data-text'] });
    window.addEventListener('resize', again);
    document.fonts?.addEventListener('loadingdone', again);
    return () => {
      watcher.disconnect();
      window.removeEventListener('resize', again);
      document.fonts?.removeEventListener('loadingdone', again);
    };
  }, []);
  return round;
}

function measure(element: HTMLElement): Pages {
  const list = element.firstElementChild;
  if (!list) return [[0, 0]];
  const origin = list.getBoundingClientRect().top + pixels(list, 'padding-top');
  const rows = [...list.children].map((child) => {
    const box = child.getBoundingClientRect();
    return { top: box.top - origin, bottom: box.bottom - origin };
  });
  const pager = pixels(element, 'scroll-padding-bottom');
  const edges = pixels(list, 'padding-top') + pixels(list, 'padding-bottom');
  return pagesOf(rows, element.clientHeight - edges, pager);
}

function pixels(element: Element, property: string): number {
  return Number.parseFloat(getComputedStyle(element).getPropertyValue(property)) || 0;
}
