/** What a page shows of an answer of the center: asked for when the page opens and when `reload` is called. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { searchOf, type Query } from './addresses.ts';
import { api, reasonOf, type ApiPath } from './api.ts';

export type Asked<Value> =
  | { readonly at: 'asking' }
  /** `isOld`: it is being asked for again */
  | { readonly at: 'answered'; readonly value: Value; readonly isOld: boolean }
  | { readonly at: 'failed'; readonly reason: string };

/** The answer stays on the page while it is asked for again; only another address clears it. */
export function useAnswer<Answer extends z.ZodType>(
  contract: Answer,
  path: ApiPath,
  query: Query = {},
): { readonly asked: Asked<z.output<Answer>>; readonly reload: () => Promise<void> } {
  const [asked, setAsked] = useState<Asked<z.output<Answer>>>({ at: 'asking' });
  const latest = useRef(0);
  const search = searchOf(query);
  const ask = useCallback(async (): Promise<void> => {
    const turn = (latest.current += 1);
    setAsked((now) => (now.at === 'answered' ? { ...now, isOld: true } : { at: 'asking' }));
    const next = await api
      .get(contract, `${path}${search}` as ApiPath)
      .then((value): Asked<z.output<Answer>> => ({ at: 'answered', value, isOld: false }))
      .catch((failure: unknown): Asked<z.output<Answer>> => ({ at: 'failed', reason: reasonOf(failure) }));
    // of two questions under way, the later one counts
    if (turn === latest.current) setAsked(next);
  }, [contract, path, search]);
  useEffect(() => {
    void ask();
    return () => void (latest.current += 1);
  }, [ask]);
  return { asked, reload: ask };
}
