/** The part of pcsclite 1.0.1 that the agent uses. No other file than pcscReader.ts knows the binding (card.md 6.3). */
import { createRequire } from 'node:module';

export interface PcscStatus {
  readonly state: number;
  readonly atr?: Buffer;
}
export interface PcscReader {
  readonly name: string;
  connected: boolean;
  on(event: 'status', listener: (status: PcscStatus) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  connect(
    options: { share_mode: number; protocol: number },
    done: (error: unknown, protocol: number) => void,
  ): void;
  disconnect(disposition: number, done: (error: unknown) => void): void;
  transmit(
    command: Buffer,
    answerLength: number,
    protocol: number,
    done: (error: unknown, answer: Buffer) => void,
  ): void;
  close(): void;
}
export interface PcscClient {
  on(event: 'reader', listener: (reader: PcscReader) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  close(): void;
}

export const PCSC = {
  stateEmpty: 0x0010,
  statePresent: 0x0020,
  shareExclusive: 1,
  protocolAny: 1 | 2,
  resetCard: 1,
  unpowerCard: 2,
} as const;

/**
 * Opens the PC/SC service. Throws synchronously when pcscd is down (card.md 6.4), and when the native module cannot be
 * loaded: it is loaded here and not at import, so that a machine without it can still start and say so.
 */
export function openPcsc(): PcscClient {
  const create = createRequire(import.meta.url)('pcsclite') as () => PcscClient;
  return create();
}
