/**
 * Frames of vsmartcard's virtual reader (card.md 4.3): a length of two octets, big-endian, then that many bytes. The reader
 * speaks; one byte is a control code, more is a command APDU.
 */
import type { Socket } from 'node:net';

export const CONTROL = { powerOff: 0x00, powerOn: 0x01, reset: 0x02, atr: 0x04 } as const;

/** A frame ready for one single write. */
export function frame(payload: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(payload.length);
  return Buffer.concat([length, payload]);
}

/** Calls `onFrame` for each whole frame, however the bytes were cut: the driver sends length and payload separately. */
export function readFrames(socket: Socket, onFrame: (payload: Buffer) => void): void {
  let pending: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE()) {
      const end = 2 + pending.readUInt16BE();
      const payload = Buffer.from(pending.subarray(2, end));
      pending = pending.subarray(end);
      onFrame(payload);
    }
  });
}
