/** A screen without glass: opens the page with a token as a browser would, then sees views and sends touches. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { agentMessage, deviceLinkPath } from '#agent/contract/deviceLink.ts';
import type { Command, View, ViewMessage } from '#agent/contract/deviceLink.ts';

export interface HeadlessScreen {
  /** The latest view; throws before the first. */
  latest(): ViewMessage;
  /** Every view from the latest on, in order; ends when the link closes. */
  views(): AsyncGenerator<ViewMessage, void>;
  /** The first view, the latest included, for which `wanted` holds. Rejects when the link closes before. */
  until<V extends View>(wanted: (view: View) => view is V): Promise<V>;
  until(wanted: (view: View) => boolean): Promise<View>;
  /** A touch on the latest view, or on the one with the number `seen`. */
  send(command: Command, seen?: number): void;
  /** How often the agent asked for a reload. */
  reloads(): number;
  /** The cookie, to open a second link as the same browser. */
  readonly cookie: string;
  readonly closed: Promise<number>;
  isOpen(): boolean;
  close(): Promise<void>;
}

/**
 * Opens a screen at `http://127.0.0.1:<port>/?token=...`; with `cookie`, as a browser that reloads.
 * Rejects when the agent refuses.
 */
export async function openHeadlessScreen(
  screenUrl: string,
  given: { readonly cookie?: string } = {},
): Promise<HeadlessScreen> {
  const url = new URL(screenUrl);
  const cookie = given.cookie ?? (await cookieFor(url));
  const socket = new WebSocket(`ws://${url.host}${deviceLinkPath}`, {
    headers: { cookie, origin: `http://${url.host}` },
  });
  const history: ViewMessage[] = [];
  const waiting = new Set<() => void>();
  const state = { reloads: 0, over: false };
  const wake = (): void => {
    for (const resume of [...waiting]) resume();
    waiting.clear();
  };
  socket.on('message', (data) => {
    const message = agentMessage.parse(JSON.parse(data.toString()));
    if (message.type === 'reload') state.reloads += 1;
    else history.push(message);
    wake();
  });
  const closed = new Promise<number>((resolve) => {
    socket.on('close', (code) => {
      state.over = true;
      wake();
      resolve(code);
    });
  });
  await once(socket, 'open');
  const change = (): Promise<void> => new Promise((resolve) => waiting.add(resolve));
  while (history.length === 0 && !state.over) await change();

  const latest = (): ViewMessage => {
    const message = history.at(-1);
    if (!message) throw new Error('the agent closed the link before the first view');
    return message;
  };
  async function* views(): AsyncGenerator<ViewMessage, void> {
    for (let index = history.length - 1; ; index += 1) {
      while (index >= history.length && !state.over) await change();
      const message = history[index];
      if (!message) return;
      yield message;
    }
  }
  async function until(wanted: (view: View) => boolean): Promise<View> {
    for await (const { view } of views()) if (wanted(view)) return view;
    throw new Error(`the link closed at ${history.at(-1)?.view.at ?? 'nothing'}`);
  }
  return {
    latest,
    views,
    until: until as HeadlessScreen['until'],
    send: (command, seen = latest().sequence) =>
      socket.send(JSON.stringify({ type: 'command', seen, command })),
    reloads: () => state.reloads,
    cookie,
    closed,
    isOpen: () => !state.over,
    close: async () => {
      socket.close();
      await closed;
    },
  };
}

async function cookieFor(url: URL): Promise<string> {
  const page = await fetch(url, { redirect: 'manual' });
  const cookie = page.headers.get('set-cookie')?.split(';')[0];
  if (page.status !== 303 || !cookie) throw new Error(`the agent refused this screen (${page.status})`);
  return cookie;
}
