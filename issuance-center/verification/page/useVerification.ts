/** Keys, verdict and the center's answer, as the page needs them: each kept up to date with what has been read. */
import { useCallback, useEffect, useState } from 'react';
import type { PublishedKey } from '../../contract/verification.ts';
import type { FrontVerdict } from '../front/openFront.ts';
import { judge } from './judge.ts';
import { deviceStorage, loadKeys } from './keys.ts';
import { lookUp, type LookUp } from './lookUp.ts';

export type Keys = readonly PublishedKey[] | 'loading' | 'missing';

const newestKeys = () => loadKeys(fetch, deviceStorage());

export function useKeys(): Keys {
  const [keys, setKeys] = useState<Keys>('loading');
  useEffect(() => {
    void newestKeys().then((found) => setKeys(found ?? 'missing'));
  }, []);
  return keys;
}

const NOTHING: FrontVerdict = { kind: 'no-code' };

/** The verdict on the codes; undefined until it has been reached for the codes there are now. */
export function useVerdict(codes: readonly Uint8Array[], keys: Keys): FrontVerdict | undefined {
  const [reached, setReached] = useState<{ codes: readonly Uint8Array[]; verdict: FrontVerdict }>();
  useEffect(() => {
    let late = false;
    if (typeof keys === 'string') return;
    void judge(codes, keys, newestKeys).then((verdict) => void (late || setReached({ codes, verdict })));
    return () => void (late = true);
  }, [codes, keys]);
  if (codes.length === 0) return NOTHING;
  return reached?.codes === codes ? reached.verdict : undefined;
}

/** What the center says about a number; `ask` asks again. */
export function useLookUp(issueNumber: string | undefined): readonly [LookUp, () => void] {
  const [round, setRound] = useState(0);
  const question = `${issueNumber} ${round}`;
  const [answered, setAnswered] = useState<{ question: string; answer: LookUp }>();
  useEffect(() => {
    if (issueNumber === undefined) return;
    void lookUp(fetch, issueNumber).then((answer) => setAnswered({ question, answer }));
  }, [issueNumber, question]);
  const ask = useCallback(() => setRound((count) => count + 1), []);
  return [answered?.question === question ? answered.answer : { kind: 'asking' }, ask];
}
