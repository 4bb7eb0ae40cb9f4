import type { LinkSocket } from './link.ts';

/** The browser's WebSocket, reduced to what the link uses. */
export function openLinkSocket(url: string): LinkSocket {
  const socket = new WebSocket(url);
  const link: LinkSocket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
  };
  socket.onopen = () => link.onopen?.();
  socket.onmessage = (event) => link.onmessage?.({ data: event.data as unknown });
  socket.onclose = ({ code }) => link.onclose?.(code);
  return link;
}
