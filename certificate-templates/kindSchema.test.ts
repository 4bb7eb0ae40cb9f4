import { describe, expect, it } from 'vitest';
import { certificateKind } from './kindSchema.ts';
import { loadTemplates } from './load.ts';

const shipped = [...loadTemplates().kinds.values()].map(({ value }) => value);
const copy = shipped.find(({ id }) => id === 'resident-record-copy')!;
const faultsOf = (change: object) =>
  certificateKind.safeParse({ ...copy, ...change }).error?.issues.map(({ path, message }) => [path, message]);

describe('a kind about the holder alone', () => {
  it('has no extent in which others could be printed', () => {
    expect(faultsOf({ holder: 'self' })).toEqual([
      [['extents'], expect.stringContaining('本人（self）だけ') as string],
    ]);
    expect(
      faultsOf({ holder: 'self', extents: copy.extents.filter(({ id }) => id === 'self') }),
    ).toBeUndefined();
    expect(faultsOf({})).toBeUndefined();
  });
});
