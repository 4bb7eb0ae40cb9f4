/** PC/SC return codes, which the binding hides in its messages, as the port's reasons. Pure. */
import { CardTransportError } from './cardReaderPort.ts';

const REASONS: Readonly<Record<string, CardTransportError['reason']>> = {
  '80100069': 'removed', // SCARD_W_REMOVED_CARD
  '8010000c': 'removed', // SCARD_E_NO_SMARTCARD
  '80100067': 'removed', // SCARD_W_UNPOWERED_CARD
  '80100068': 'removed', // SCARD_W_RESET_CARD: its state is gone, so this presence is over
  '8010000b': 'busy', // SCARD_E_SHARING_VIOLATION
  '8010000a': 'timeout', // SCARD_E_TIMEOUT
  '80100003': 'reader', // SCARD_E_INVALID_HANDLE
  '80100009': 'reader', // SCARD_E_UNKNOWN_READER
  '80100013': 'reader', // SCARD_F_COMM_ERROR, what a dying pcscd leaves
  '80100017': 'reader', // SCARD_E_READER_UNAVAILABLE
  '8010001d': 'reader', // SCARD_E_NO_SERVICE
  '8010001e': 'reader', // SCARD_E_SERVICE_STOPPED
  '8010002e': 'reader', // SCARD_E_NO_READERS_AVAILABLE
  '80100008': 'protocol', // SCARD_E_INSUFFICIENT_BUFFER
  '80100066': 'protocol', // SCARD_W_UNRESPONSIVE_CARD
};

/** An error of the binding. Only its code goes on: a message of unknown content stays here. */
export function pcscError(act: string, error: unknown): CardTransportError {
  const code = /0x([0-9a-f]{8})/i.exec(error instanceof Error ? error.message : '')?.[1]?.toLowerCase();
  return new CardTransportError(
    REASONS[code ?? ''] ?? 'protocol',
    `${act} failed (${code ? `0x${code}` : 'no code'})`,
  );
}
