/**
 * A draft under the reader's hands: changed on the page, saved by itself a moment after the last change, over the revision
 * that was seen. What was changed stays on the page until the center has it.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  savedDraft,
  type Change,
  type Fault,
  type Version,
} from '../../../../contract/console/configuration.ts';
import { api, ApiFailure, reasonOf } from '../../base/api.ts';
import { draftProfile, withValue, type DraftProfile } from './draftProfile.ts';

/** Long enough to finish a word, short enough for the preview to follow. */
const PAUSE_MS = 1_200;

export type SaveState =
  | { readonly at: 'saved' }
  | { readonly at: 'changed' }
  | { readonly at: 'saving' }
  | { readonly at: 'failed'; readonly reason: string }
  /** somebody else was faster: nothing is saved from this page any more */
  | { readonly at: 'overtaken'; readonly reason: string };

export interface Draft {
  readonly number: number;
  /** as it is read by the form */
  readonly profile: DraftProfile;
  /** as it is, for words about its places */
  readonly text: unknown;
  /** of the text that faults and changes are about */
  readonly revision: number;
  /** of what was saved last: after `flush`, before the page has been drawn again */
  readonly revisionNow: () => number;
  readonly samples: Version['samples'];
  readonly state: SaveState;
  readonly faults: readonly Fault[];
  readonly changes: readonly Change[];
  /** at a path such as kinds.0.maxCopies; undefined takes the field away */
  readonly set: (path: string, value: unknown) => void;
  readonly change: (next: (text: unknown) => unknown) => void;
  /** saves now what is not saved yet; true: everything is */
  readonly flush: (how?: { readonly rebase?: boolean }) => Promise<boolean>;
}

export function useDraft(version: Version): Draft {
  const { number } = version;
  const [text, setText] = useState<unknown>(version.profile);
  const [state, setState] = useState<SaveState>({ at: 'saved' });
  const [judged, setJudged] = useState({
    revision: version.revision,
    faults: version.faults,
    changes: version.changes,
    samples: version.samples,
  });
  // what a save under way must not lose sight of
  const now = useRef({ text, saved: text, revision: version.revision, running: Promise.resolve(true) });

  const save = useCallback(
    async (rebase: boolean): Promise<boolean> => {
      const { current } = now;
      const sent = current.text;
      if (sent === current.saved && !rebase) return true;
      setState({ at: 'saving' });
      try {
        const body = { revision: current.revision, profile: sent, ...(rebase ? { rebase } : {}) };
        const answer = await api.put(savedDraft, `/api/versions/${number}`, body);
        current.saved = sent;
        current.revision = answer.revision;
        setJudged(answer);
        const isLatest = current.text === sent;
        setState({ at: isLatest ? 'saved' : 'changed' });
        return isLatest;
      } catch (failure) {
        const isOvertaken = failure instanceof ApiFailure && failure.kind === 'not-now';
        setState({ at: isOvertaken ? 'overtaken' : 'failed', reason: reasonOf(failure) });
        return false;
      }
    },
    [number],
  );
  const flush = useCallback(
    (how: { readonly rebase?: boolean } = {}): Promise<boolean> => {
      const { current } = now;
      // one after the other: each goes over the revision that the one before made
      current.running = current.running.then(async () => {
        const isDone = await save(how.rebase ?? false);
        return isDone || current.text === current.saved ? isDone : save(false);
      });
      return current.running;
    },
    [save],
  );
  const isOvertaken = state.at === 'overtaken';
  useEffect(() => {
    if (isOvertaken || text === now.current.saved) return undefined;
    const timer = setTimeout(() => void flush(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, flush, isOvertaken]);

  const change = useCallback((next: (text: unknown) => unknown): void => {
    const { current } = now;
    current.text = next(current.text);
    setText(current.text);
    setState((before) => (before.at === 'overtaken' ? before : { at: 'changed' }));
  }, []);
  const set = useCallback(
    (path: string, value: unknown): void => change((whole) => withValue(whole, path, value)),
    [change],
  );
  const revisionNow = useCallback(() => now.current.revision, []);
  const profile = draftProfile.parse(text);
  return { number, profile, text, state, ...judged, revisionNow, set, change, flush };
}
