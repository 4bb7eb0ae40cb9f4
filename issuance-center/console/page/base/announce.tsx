/** Short messages for everybody: read out (aria-live) and shown for a while in a corner. */
import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react';

const SHOWN_MS = 8_000;
type Say = (message: string) => void;
const Announcer = createContext<Say>(() => undefined);

/** e.g. announce('保存しました'). */
export const useAnnounce = (): Say => useContext(Announcer);

export function Announcements({ children }: { readonly children: ReactNode }) {
  const [message, setMessage] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const say = useCallback<Say>((text) => {
    clearTimeout(timer.current);
    // emptied first: the same words twice are read out twice
    setMessage('');
    requestAnimationFrame(() => setMessage(text));
    timer.current = setTimeout(() => setMessage(''), SHOWN_MS);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <Announcer value={say}>
      {children}
      <div role="status" aria-live="polite" className="announcement">
        {message && <p>{message}</p>}
      </div>
    </Announcer>
  );
}
