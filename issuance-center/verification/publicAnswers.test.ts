import { describe, expect, it } from 'vitest';
import { askerOf } from './publicAnswers.ts';

describe('who counts as one asker', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s is %s', (address, asker) => {
    expect(askerOf(address)).toBe(asker);
  });
});
