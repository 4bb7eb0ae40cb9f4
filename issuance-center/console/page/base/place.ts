/**
 * Where in the console one is. The browser's history is the only owner of that; this file tells it apart from the page's
 * point of view, and asks before unsaved changes are left behind.
 */
import { useEffect, useSyncExternalStore } from 'react';
import { searchOf, type Query } from './addresses.ts';
import { useUnloadQuestion } from './unload.ts';

const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());

/** Asked before the place changes; true: it may. */
type Guard = () => Promise<boolean>;
let guard: Guard | undefined;

interface Entry {
  readonly index: number;
}
const indexNow = (): number => (history.state as Entry | null)?.index ?? 0;
let index = indexNow();
let isReturning = false;

addEventListener('popstate', () => void onPop());

async function onPop(): Promise<void> {
  const back = index - indexNow();
  if (isReturning) {
    isReturning = false;
    return;
  }
  if (guard && back !== 0) {
    isReturning = true;
    history.go(back);
    const asked = guard;
    if (await asked()) {
      guard = undefined;
      history.go(-back);
    }
    return;
  }
  index = indexNow();
  tell();
}

/** Goes to another page, or to the same one showing something else. */
export async function goTo(href: string, how: { readonly replace?: boolean } = {}): Promise<void> {
  const isOther = new URL(href, location.href).pathname !== location.pathname;
  if (isOther && guard) {
    if (!(await guard())) return;
    guard = undefined;
  }
  if (how.replace) history.replaceState({ index }, '', href);
  else history.pushState({ index: (index += 1) }, '', href);
  tell();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Path and search of the place one is at. */
export function usePlace(): { readonly path: string; readonly search: string } {
  const path = useSyncExternalStore(subscribe, () => location.pathname);
  const search = useSyncExternalStore(subscribe, () => location.search);
  return { path, search };
}

type Patch = Readonly<Record<string, string | number | undefined>>;

/** What the address says beside its path, and how to change it. A change of the list is a step one can go back. */
export function useQuery(): {
  readonly query: Readonly<Record<string, string>>;
  readonly change: (patch: Patch, how?: { readonly replace?: boolean }) => void;
} {
  const { path, search } = usePlace();
  const query = Object.fromEntries(new URLSearchParams(search));
  const change = (patch: Patch, how: { readonly replace?: boolean } = {}): void => {
    const now: Query = Object.fromEntries(new URLSearchParams(location.search));
    void goTo(`${path}${searchOf({ ...now, ...patch })}`, how);
  };
  return { query, change };
}

/** While `ask` is given, nobody leaves the page without being asked. */
export function useLeaveGuard(ask: Guard | undefined): void {
  useUnloadQuestion(ask !== undefined);
  useEffect(() => {
    guard = ask;
    return () => {
      if (guard === ask) guard = undefined;
    };
  }, [ask]);
}
