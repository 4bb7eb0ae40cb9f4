/**
 * The log engineers read. Serializers are allow-lists: an error gives its kind and where it was thrown, never its message,
 * because messages of database and validation errors quote what they were given.
 */
import pino, { type DestinationStream, type Logger } from 'pino';

/** `type`, `code` and stack frames of a fault; nothing that came from outside. */
export function describeFault(fault: unknown): Readonly<Record<string, unknown>> {
  if (!(fault instanceof Error)) return { type: typeof fault };
  const code = (fault as { code?: unknown }).code;
  const frames = (fault.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const cause = fault.cause instanceof Error ? { cause: describeFault(fault.cause) } : {};
  return {
    type: fault.name,
    ...(typeof code === 'string' && /^[A-Z0-9_]{1,64}$/i.test(code) ? { code } : {}),
    at: frames.slice(0, 6).map((line) => line.trim()),
    ...cause,
  };
}

/** JSON lines to stderr, or to `destination`. */
export function centerLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { room: 'issuance-center' },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: {
      err: describeFault,
      // fastify adds these to its own lines; what is worth knowing is logged by name (app.ts)
      req: () => undefined,
      res: () => undefined,
    },
  };
  return pino(options, destination ?? pino.destination(2));
}
