import { useEffect } from 'react';
import { useMirror } from './mirror.ts';
import { AgentAway } from './screens/entrance.tsx';
import { Screen } from './screens/Screen.tsx';
import { chime } from './sound.ts';

/** The screen for the latest view; out of service while there is none. */
export function App() {
  const view = useMirror((state) => state.latest?.view ?? null);
  const textSize = useMirror((state) => state.textSize);
  useEffect(() => {
    document.documentElement.dataset['text'] = textSize;
  }, [textSize]);
  useEffect(() => {
    if (view?.at) chime(view.at);
  }, [view?.at]);
  return view ? <Screen key={view.at} view={view} /> : <AgentAway />;
}
