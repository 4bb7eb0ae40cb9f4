/**
 * The card reader as the agent sees it. Types only. Adapters: pcsc (pcsclite), direct (test/simulators, no pcscd).
 * Exclusive by contract: while a connection is open nobody else reaches the card; closing it resets the card.
 */
export type ReaderStatus =
  | { readonly kind: 'unavailable' } // no PC/SC service or no reader; the adapter keeps trying
  | { readonly kind: 'empty' }
  | { readonly kind: 'present'; readonly atr: Buffer };

export interface CardConnection {
  /** One command APDU, one answer data + SW. Rejects with CardTransportError; the card may have executed the command. */
  transmit(apdu: Buffer, options: { readonly timeoutMs: number }): Promise<Buffer>;
  /** Ends the exclusive use and resets the card (PIN state gone). Never rejects. */
  close(): Promise<void>;
}

export interface CardReaderPort {
  status(): ReaderStatus;
  /** Calls at once with the present status, then at each change. Returns the function that stops it. */
  watch(listener: (status: ReaderStatus) => void): () => void;
  /** EXCLUSIVE. Rejects with CardTransportError when there is no card or another process holds it. */
  connect(): Promise<CardConnection>;
  close(): Promise<void>;
}

/** `removed`: the card left; `reader`: reader or service gone; `timeout`: no answer in time; `protocol`: malformed answer. */
export class CardTransportError extends Error {
  readonly reason: 'removed' | 'reader' | 'timeout' | 'protocol' | 'busy';
  constructor(reason: CardTransportError['reason'], message: string) {
    super(message);
    this.name = 'CardTransportError';
    this.reason = reason;
  }
}
