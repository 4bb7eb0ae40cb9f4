/** What a failed call to the center means, in the port's words; nothing of the error itself goes on. Pure. */
import type { Unreachable } from './centerPort.ts';

const TIMEOUT = /^(ECONNABORTED|ETIMEDOUT|ERR_CANCELED|ESOCKETTIMEDOUT)$/;
/** The center does not know this kiosk, or this kiosk does not know that center (TLS alerts, certificate checks). */
const NOT_ADMITTED =
  /^(ERR_SSL_|ERR_TLS_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|EPROTO)/;
const NETWORK = /^(ECONN|EHOST|ENET|ENOTFOUND|EAI_|EPIPE|ERR_NETWORK|ERR_SOCKET)/;

/** Never throws; an error without a known code is a `fault`. */
export function unreachableOf(error: unknown): Unreachable {
  const code =
    typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
      ? error.code
      : '';
  if (TIMEOUT.test(code)) return { kind: 'unreachable', reason: 'timeout' };
  if (NOT_ADMITTED.test(code)) return { kind: 'unreachable', reason: 'not-admitted' };
  if (NETWORK.test(code)) return { kind: 'unreachable', reason: 'network' };
  return { kind: 'unreachable', reason: 'fault' };
}
