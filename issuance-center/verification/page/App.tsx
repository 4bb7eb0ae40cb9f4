/** The page: choose a way, read, result. One state (state.ts); what it shows follows from it. */
import { useEffect, useReducer } from 'react';
import { CodesResult } from './CodesResult.tsx';
import { NumberResult } from './NumberResult.tsx';
import { Authority } from './parts/Authority.tsx';
import { Limits } from './parts/Limits.tsx';
import { Progress } from './parts/Progress.tsx';
import { TopBar } from './parts/TopBar.tsx';
import { Ways } from './parts/Ways.tsx';
import { Camera } from './reading/Camera.tsx';
import { NOTHING_READ, step } from './state.ts';
import { useKeys, useVerdict } from './useVerification.ts';
import { useSay } from './words.ts';

/** While the camera runs, only these leave something to read. */
const UNFINISHED: readonly string[] = ['no-code', 'not-ours', 'incomplete'];

/** `asked`: an issue number the page was opened with. */
export function App({ asked }: { readonly asked?: string }) {
  const say = useSay();
  const start = asked ? step(NOTHING_READ, { kind: 'number-asked', issueNumber: asked }) : NOTHING_READ;
  const [reading, dispatch] = useReducer(step, start);
  const keys = useKeys();
  const verdict = useVerdict(reading.codes, keys);
  const isAllRead = reading.at === 'camera' && verdict !== undefined && !UNFINISHED.includes(verdict.kind);
  useEffect(() => {
    if (!isAllRead) return;
    navigator.vibrate?.(80);
    dispatch({ kind: 'camera-closed' });
  }, [isAllRead]);
  const isWorking = reading.at === 'camera' || reading.at === 'files';
  return (
    <>
      <TopBar />
      <main>
        <h1>{say('title')}</h1>
        <p>{say('lead')}</p>
        <p className="private">{say('private')}</p>
        {keys === 'missing' && (
          <p className="fault" role="alert">
            {say('keys.missing')}
          </p>
        )}
        {reading.at === 'camera' && (
          <>
            <Camera
              onCodes={(codes) => dispatch({ kind: 'codes-seen', codes })}
              onStop={() => dispatch({ kind: 'camera-closed' })}
            />
            {verdict && <Progress codes={reading.codes} verdict={verdict} />}
          </>
        )}
        {reading.at === 'files' && (
          <p role="status" className="working">
            {say('files.reading', { ...reading.progress })}
          </p>
        )}
        {reading.at === 'read' && (
          <CodesResult reading={reading} verdict={verdict} keys={keys} dispatch={dispatch} />
        )}
        {reading.at === 'number' && reading.issueNumber && <NumberResult issueNumber={reading.issueNumber} />}
        {!isWorking && reading.at !== 'choosing' && (
          <button type="button" className="button" onClick={() => dispatch({ kind: 'started-over' })}>
            {say('again')}
          </button>
        )}
        {!isWorking && <Ways typed={reading.issueNumber ?? ''} dispatch={dispatch} />}
        <Limits />
        <Authority />
      </main>
    </>
  );
}
