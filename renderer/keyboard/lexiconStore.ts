/**
 * The words of the keyboard, loaded once from the agent that served the page and kept. Until they are there, and should
 * they be missing, the keyboard offers the municipality's 町字, numbers and kana.
 */
import { useSyncExternalStore } from 'react';
import { openLexicon, type Lexicon } from './lexicon.ts';

/** Written beside the page by dictionary/lexiconPlugin.ts. */
export const LEXICON_FILE = 'keyboard-words.txt';

let lexicon: Lexicon = openLexicon('');
let asked: Promise<void> | null = null;
const watchers = new Set<() => void>();

/** Asks for the words, once; a failure is asked again by the next keyboard. */
export function loadLexicon(read: () => Promise<string> = readLexicon): Promise<void> {
  asked ??= read().then(setWords, () => {
    asked = null;
  });
  return asked;
}

/** Replaces the words; also for tests. */
export function setWords(text: string): void {
  lexicon = openLexicon(text);
  for (const watcher of watchers) watcher();
}

async function readLexicon(): Promise<string> {
  const answer = await fetch(new URL(LEXICON_FILE, document.baseURI));
  if (!answer.ok) throw new Error(`${LEXICON_FILE}: ${answer.status}`);
  return answer.text();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  void loadLexicon();
  return () => watchers.delete(watcher);
}

/** The words there are now; loads them where nobody has yet. */
export function useLexicon(): Lexicon {
  return useSyncExternalStore(watch, () => lexicon);
}
