/**
 * The device link's screen end: one WebSocket to the agent that served this page. What does not parse is treated like
 * an agent that is away: nothing half-understood is ever shown.
 */
import { agentMessage, deviceLinkPath, linkReplacedCode } from '#agent/contract/deviceLink.ts';
import type { CommandMessage } from '#agent/contract/deviceLink.ts';
import { agentAway, connected, showView, useMirror } from './mirror.ts';

/** First wait before connecting again; doubles up to the longest. Short, because the agent restarts in about a second. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4_000;
/** A touch that is not answered by a view within this time means that the agent hangs: connect again. */
const ANSWER_LIMIT_MS = 10_000;

export interface LinkSocket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  /** with the close code of RFC 6455 */
  onclose: ((code: number) => void) | null;
  send(text: string): void;
  close(): void;
}
export interface LinkParts {
  readonly open: () => LinkSocket;
  readonly reload: () => void;
  /** runs `act` after some milliseconds; the result calls it off */
  readonly later: (milliseconds: number, act: () => void) => () => void;
}

/** The link's address on the host that served the page; the query (one-time token) goes along. */
export function deviceLinkUrl(page: Pick<Location, 'protocol' | 'host' | 'search'>): string {
  const scheme = page.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${page.host}${deviceLinkPath}${page.search}`;
}

/** Keeps the link: connects, mirrors views, connects again with growing waits. Returns the way to stop. */
export function keepDeviceLink(parts: LinkParts): () => void {
  let wait = FIRST_WAIT_MS;
  let stopped = false;
  let callOff = () => {};
  let hangUp = () => {};

  const connect = () => {
    hangUp = openOnce(parts, {
      understood: () => (wait = FIRST_WAIT_MS),
      ended: (code) => {
        if (stopped) return;
        agentAway();
        // two screens taking the link from each other by turns would serve nobody
        if (code === linkReplacedCode) return;
        callOff = parts.later(wait, connect);
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      },
    });
  };
  connect();
  return () => {
    stopped = true;
    callOff();
    hangUp();
  };
}

interface ConnectionEvents {
  readonly understood: () => void;
  readonly ended: (code: number | null) => void;
}

function openOnce(parts: LinkParts, events: ConnectionEvents): () => void {
  const socket = parts.open();
  let over = false;
  let stopWatch = () => {};
  const end = (code: number | null) => {
    if (over) return;
    over = true;
    stopWatch();
    socket.close();
    events.ended(code);
  };
  const deliver = (message: CommandMessage) => {
    socket.send(JSON.stringify(message));
    stopWatch = parts.later(ANSWER_LIMIT_MS, () => end(null));
  };
  socket.onopen = () => connected(deliver);
  socket.onclose = end;
  socket.onmessage = ({ data }) => {
    if (over) return;
    const message = parseAgentMessage(data);
    if (!message) return end(null);
    if (message.type === 'reload') return parts.reload();
    events.understood();
    stopWatchIfAnswered(message.sequence, () => stopWatch());
    showView(message);
  };
  return () => end(null);
}

function stopWatchIfAnswered(sequence: number, stopWatch: () => void): void {
  const { touched } = useMirror.getState();
  if (touched === null || sequence > touched) stopWatch();
}

function parseAgentMessage(data: unknown) {
  try {
    return agentMessage.safeParse(JSON.parse(String(data))).data ?? null;
  } catch {
    return null; // not JSON
  }
}
