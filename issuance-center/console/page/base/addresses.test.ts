import { describe, expect, it } from 'vitest';
import { hrefOf, partsIn, searchOf } from './addresses.ts';

describe('addresses', () => {
  it('are made of their parts and read back', () => {
    const pattern = '/certificates/versions/:number/edit';
    expect(hrefOf(pattern, { number: 3 }, { section: 'kinds' })).toBe(
      '/certificates/versions/3/edit?section=kinds',
    );
    expect(partsIn(pattern, '/certificates/versions/3/edit')).toEqual({ number: '3' });
    expect(partsIn(pattern, '/certificates/versions/3/edit/')).toEqual({ number: '3' });
    expect(partsIn(pattern, '/certificates/versions/3')).toBeUndefined();
    expect(partsIn('/certificates', '/certificates')).toEqual({});
  });

  it('a part may hold anything, and never another step', () => {
    const href = hrefOf('/staff/:staffId', { staffId: 'a/b c%' });
    expect(partsIn('/staff/:staffId', href)).toEqual({ staffId: 'a/b c%' });
    expect(partsIn('/staff/:staffId', '/staff/%E0%A4%A')).toBeUndefined();
  });

  it('the query leaves out what is not set', () => {
    expect(searchOf({ page: undefined, q: '', sort: '-at' })).toBe('?sort=-at');
    expect(searchOf({})).toBe('');
  });
});
