/** The words of the public interface's failures, and who counts as one asker. */
import { isIPv6 } from 'node:net';
import type { LookUpFailure } from '../contract/verification.ts';

const MESSAGES: Readonly<Record<LookUpFailure['status'], LookUpFailure['message']>> = {
  'not-a-number': {
    ja: '発行番号の形ではありません。紙に印刷されている16文字を、もう一度たしかめてください。',
    en: 'This is not an issue number. Please check the 16 characters printed on the paper.',
  },
  'too-many': {
    ja: '続けて調べる回数の上限をこえました。1分ほど待ってから、もう一度調べてください。',
    en: 'Too many questions in a row. Please wait a minute and try again.',
  },
  'not-readable': {
    ja: '送られた内容を読めませんでした。はじめから、もう一度やり直してください。',
    en: 'What was sent could not be read. Please start again.',
  },
  'no-such-page': {
    ja: 'お探しのページはありません。',
    en: 'There is no such page.',
  },
  fault: {
    ja: 'ただいま調べることができません。しばらくしてから、もう一度調べてください。',
    en: 'This cannot be looked up at the moment. Please try again later.',
  },
};

export const failure = (status: LookUpFailure['status']): LookUpFailure => ({
  status,
  message: MESSAGES[status],
});

/** Thrown by the rate limit, answered as `too-many`. */
export class TooManyLookUps extends Error {
  readonly statusCode = 429;
}

/** One household has 2^64 IPv6 addresses: its network counts as one asker. */
export function askerOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1]!;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
