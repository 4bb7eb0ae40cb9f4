/** The thin end of the card: connects it to a virtual reader's port. Insert is connect, remove is destroy (card.md 4.3). */
import { connect, type Socket } from 'node:net';
import type { VirtualCard } from './core.ts';
import { faultSelector, type CardFault } from './faults.ts';
import { CONTROL, frame, readFrames } from './vpcdFrames.ts';

/** What a log may know of a command: never its body, never its answer's data. */
export interface ApduTrace {
  readonly ins: string;
  readonly p1: string;
  readonly p2: string;
  readonly lc: number;
  /** absent when no whole answer was sent */
  readonly sw?: string;
}

export interface VpcdOptions {
  /** default 127.0.0.1 */
  readonly host?: string;
  /** 35963 and 35964 are pcscd's two virtual readers */
  readonly port: number;
  readonly faults?: readonly CardFault[];
  readonly onApdu?: (trace: ApduTrace) => void;
  /** how long the reader may take to ask for the card; it does not while another card is in the slot */
  readonly acceptWithinMs?: number;
}

export interface InsertedCard {
  /** takes the card away; resolves when the connection is gone */
  remove(): Promise<void>;
  /** resolves when the card has left, whoever ended it */
  readonly removed: Promise<void>;
  setFaults(faults: readonly CardFault[]): void;
}

const ACCEPT_WITHIN_MS = 10_000;

/** Resolves when the reader has asked for the card. Rejects when nothing listens or another card is in the slot. */
export async function connectCard(card: VirtualCard, options: VpcdOptions): Promise<InsertedCard> {
  const socket = await openSocket(options.host ?? '127.0.0.1', options.port);
  socket.setNoDelay(true);
  let faults = options.faults ?? [];
  let select = faultSelector(faults);
  const removed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  // a reader that goes away resets the connection; 'close' follows and says so
  socket.on('error', () => socket.destroy());
  const asked = new Promise<void>((resolve) => {
    readFrames(socket, (payload) => {
      resolve();
      if (payload.length === 1) {
        const silent = faults.some(({ kind }) => kind === 'silent-presence');
        return answerControl(card, socket, payload[0], silent);
      }
      if (payload.length > 1) answerCommand(card, socket, payload, select(payload), options.onApdu);
    });
  });
  await accepted(asked, removed, socket, options);
  return {
    removed,
    remove: () => {
      socket.destroy();
      return removed;
    },
    setFaults: (next) => {
      faults = next;
      select = faultSelector(next);
    },
  };
}

function answerControl(card: VirtualCard, socket: Socket, code: number | undefined, silent: boolean): void {
  if (code !== CONTROL.atr) return card.reset();
  if (!silent) socket.write(frame(card.atr));
}

type Selected = ReturnType<ReturnType<typeof faultSelector>>;

function answerCommand(
  card: VirtualCard,
  socket: Socket,
  command: Buffer,
  faults: Selected,
  onApdu: VpcdOptions['onApdu'],
): void {
  const pull = faults.find((fault) => fault.kind === 'pull');
  if (pull?.kind === 'pull' && pull.moment === 'before') {
    onApdu?.(trace(command));
    return void socket.destroy();
  }
  const answer = faults.reduce(altered, card.apdu(command));
  const gone = faults.some(({ kind }) => kind === 'pull' || kind === 'silent');
  onApdu?.(trace(command, gone ? undefined : answer));
  const delay = faults.find((fault) => fault.kind === 'delay');
  const act = (): void => {
    if (pull) return void socket.destroy();
    if (!gone && !socket.destroyed) socket.write(frame(answer));
  };
  if (delay?.kind === 'delay') setTimeout(act, delay.ms);
  else act();
}

function altered(answer: Buffer, fault: Selected[number]): Buffer {
  switch (fault.kind) {
    case 'truncate':
      return answer.subarray(0, fault.bytes);
    case 'empty':
      return Buffer.alloc(0);
    case 'replace':
      return Buffer.from(fault.bytes);
    case 'pull':
    case 'delay':
    case 'silent':
      return answer;
  }
}

function trace(command: Buffer, answer?: Buffer): ApduTrace {
  const hex = (value: number | undefined): string => (value ?? 0).toString(16).padStart(2, '0');
  const sw = answer && answer.length >= 2 ? answer.subarray(-2).toString('hex') : undefined;
  return {
    ins: hex(command[1]),
    p1: hex(command[2]),
    p2: hex(command[3]),
    lc: command.length > 5 ? (command[4] ?? 0) : 0,
    ...(sw ? { sw } : {}),
  };
}

function openSocket(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host);
    socket.once('error', () => reject(new Error(`nothing listens on the virtual reader's port ${port}`)));
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

async function accepted(
  asked: Promise<void>,
  removed: Promise<void>,
  socket: Socket,
  { port, acceptWithinMs = ACCEPT_WITHIN_MS }: VpcdOptions,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), acceptWithinMs)));
  const gone = removed.then(() => 'gone' as const);
  const outcome = await Promise.race([asked.then(() => 'asked' as const), gone, late]);
  clearTimeout(timer);
  if (outcome === 'asked') return;
  socket.destroy();
  throw new Error(
    outcome === 'gone'
      ? `the virtual reader on port ${port} closed the connection`
      : `the virtual reader on port ${port} does not ask for the card; another card is in the slot`,
  );
}
