import { beforeEach, describe, expect, it } from 'vitest';
import { fixtures, messageOf } from './fixtures/views.ts';
import { deviceLinkUrl, keepDeviceLink } from './link.ts';
import type { LinkSocket } from './link.ts';
import { agentAway, touch, useMirror } from './mirror.ts';

interface FakeSocket extends LinkSocket {
  readonly sent: string[];
  closed: boolean;
}

function fakeSocket(): FakeSocket {
  const socket: FakeSocket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    sent: [],
    closed: false,
    send: (text) => void socket.sent.push(text),
    close: () => void (socket.closed = true),
  };
  return socket;
}

interface Timer {
  readonly milliseconds: number;
  readonly act: () => void;
  off: boolean;
}

function linkUnderTest() {
  const sockets: FakeSocket[] = [];
  const timers: Timer[] = [];
  let reloads = 0;
  const stop = keepDeviceLink({
    open: () => {
      const socket = fakeSocket();
      sockets.push(socket);
      return socket;
    },
    reload: () => (reloads += 1),
    later: (milliseconds, act) => {
      const timer = { milliseconds, act, off: false };
      timers.push(timer);
      return () => (timer.off = true);
    },
  });
  const socket = () => sockets.at(-1) as FakeSocket;
  return { sockets, timers, stop, socket, reloads: () => reloads, timer: () => timers.at(-1) as Timer };
}

const viewOf = (name: string, sequence: number) => {
  const fixture = fixtures.find((each) => each.name === name);
  if (!fixture) throw new Error(name);
  return messageOf(fixture, sequence);
};
const at = () => useMirror.getState().latest?.view.at ?? null;
const say = (socket: FakeSocket, message: unknown) => socket.onmessage?.({ data: JSON.stringify(message) });

beforeEach(agentAway);

describe('device link', () => {
  it('mirrors the latest view', () => {
    const { socket } = linkUnderTest();
    socket().onopen?.();
    say(socket(), viewOf('idle-open', 1));
    say(socket(), viewOf('consent-first', 2));
    expect(at()).toBe('consent');
  });
  it('ignores a view older than the one shown', () => {
    const { socket } = linkUnderTest();
    socket().onopen?.();
    say(socket(), viewOf('consent-first', 5));
    say(socket(), viewOf('idle-open', 4));
    expect(at()).toBe('consent');
  });
  it.each([
    ['not JSON', '{"type":"view"'],
    ['an unknown type', '{"type":"menu"}'],
    ['a view of no contract', JSON.stringify({ ...viewOf('idle-open', 2), view: { at: 'lottery' } })],
    [
      'an unknown notice',
      JSON.stringify({ ...viewOf('idle-open', 2), view: { at: 'outOfService', notice: 'X-1' } }),
    ],
  ])('is out of service and connects again after %s', (_, data) => {
    const { socket, sockets, timer } = linkUnderTest();
    socket().onopen?.();
    say(socket(), viewOf('consent-first', 1));
    const first = socket();
    first.onmessage?.({ data });
    expect(at()).toBeNull();
    expect(first.closed).toBe(true);
    timer().act();
    expect(sockets).toHaveLength(2);
  });
  it('waits longer each time the agent stays away, and briefly again after it was there', () => {
    const { socket, timer, timers } = linkUnderTest();
    for (let round = 0; round < 6; round += 1) {
      socket().onclose?.(1006);
      timer().act();
    }
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000]);
    socket().onopen?.();
    say(socket(), viewOf('idle-open', 1));
    socket().onclose?.(1006);
    expect(timer().milliseconds).toBe(250);
  });
  it('takes up the views of a restarted agent, whose numbers begin anew', () => {
    const { socket, timer } = linkUnderTest();
    socket().onopen?.();
    say(socket(), viewOf('consent-first', 40));
    socket().onclose?.(1006);
    timer().act();
    socket().onopen?.();
    say(socket(), viewOf('idle-open', 1));
    expect(at()).toBe('idle');
  });
  it('sends a touch once, with the number of the view touched', () => {
    const { socket } = linkUnderTest();
    socket().onopen?.();
    say(socket(), viewOf('idle-open', 7));
    touch({ type: 'start' });
    touch({ type: 'start' });
    expect(socket().sent.map((text) => JSON.parse(text) as unknown)).toEqual([
      { type: 'command', seen: 7, command: { type: 'start' } },
    ]);
    say(socket(), viewOf('consent-first', 8));
    touch({ type: 'agree' });
    expect(socket().sent).toHaveLength(2);
  });
  it('connects again when a touch is never answered', () => {
    const { socket, timer } = linkUnderTest();
    socket().onopen?.();
    say(socket(), viewOf('idle-open', 7));
    touch({ type: 'start' });
    timer().act();
    expect(at()).toBeNull();
    expect(socket().closed).toBe(true);
  });
  it('does not give up on an agent that answered', () => {
    const { socket, timer } = linkUnderTest();
    socket().onopen?.();
    say(socket(), viewOf('idle-open', 7));
    touch({ type: 'start' });
    say(socket(), viewOf('consent-first', 8));
    expect(timer().off).toBe(true);
  });
  it('drops a touch while the agent is away', () => {
    const { socket } = linkUnderTest();
    touch({ type: 'start' });
    expect(socket().sent).toEqual([]);
  });
  it('reloads when the staff restarted the screen', () => {
    const { socket, reloads } = linkUnderTest();
    socket().onopen?.();
    say(socket(), { type: 'reload' });
    expect(reloads()).toBe(1);
  });
  it('does not fight with another screen that took over', () => {
    const { socket, sockets, timers } = linkUnderTest();
    socket().onopen?.();
    say(socket(), viewOf('consent-first', 1));
    socket().onclose?.(4000);
    expect(at()).toBeNull();
    expect([sockets.length, timers.length]).toEqual([1, 0]);
  });
  it('connects no more once stopped', () => {
    const { stop, sockets, socket, timers } = linkUnderTest();
    stop();
    socket().onclose?.(1006);
    expect([sockets.length, timers.length]).toEqual([1, 0]);
  });
  it('goes to the host of the page and takes the token along', () => {
    const page = { protocol: 'http:', host: '127.0.0.1:8787', search: '?token=abc' };
    expect(deviceLinkUrl(page)).toBe('ws://127.0.0.1:8787/link?token=abc');
  });
});
