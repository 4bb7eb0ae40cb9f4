import { describe, expect, it } from 'vitest';
import { keptByWeight } from './keptVersions.ts';

describe('what is kept by weight', () => {
  it('forgets what was asked for longest ago once the rest is too heavy', () => {
    const kept = keptByWeight<string>(100);
    kept.put('a', 'A', 40);
    kept.put('b', 'B', 40);
    expect(kept.get('a')).toBe('A');
    kept.put('c', 'C', 40);
    expect(['a', 'b', 'c'].map(kept.get)).toEqual(['A', undefined, 'C']);
  });

  it('counts a value that is put again once', () => {
    const kept = keptByWeight<string>(100);
    for (let time = 0; time < 10; time++) kept.put('a', 'A', 40);
    kept.put('b', 'B', 40);
    expect(['a', 'b'].map(kept.get)).toEqual(['A', 'B']);
  });

  it('keeps one that is too heavy until the next comes', () => {
    const kept = keptByWeight<string>(100);
    kept.put('a', 'A', 40);
    kept.put('font', 'F', 400);
    expect(['a', 'font'].map(kept.get)).toEqual([undefined, 'F']);
    kept.put('a', 'A', 40);
    expect(['a', 'font'].map(kept.get)).toEqual(['A', undefined]);
  });
});
