/** The engineers' log: pino, and an allow-list of fields. There is no way to log an error object or a free text. */
import { pino } from 'pino';
import type { AgentLog } from './visit/context.ts';

const ALLOWED = [
  'transaction',
  'notice',
  'at',
  'effect',
  'error',
  'device',
  'milliseconds',
  'issueNumber',
] as const;

/** Writes JSON lines; `destination` for tests. Values longer than 80 characters are cut: no document fits in. */
export function makeLog(destination: NodeJS.WritableStream = process.stderr): AgentLog {
  const logger = pino({ base: { room: 'kiosk-agent' }, serializers: {} }, destination);
  return (event, fields = {}) => {
    const entries = ALLOWED.filter((name) => fields[name] !== undefined).map((name) => {
      const value = fields[name];
      return [name, typeof value === 'string' ? value.slice(0, 80) : value];
    });
    logger.info(Object.fromEntries(entries), event.slice(0, 80));
  };
}
