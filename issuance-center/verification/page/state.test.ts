import { describe, expect, it } from 'vitest';
import { NOTHING_READ, step, type ReadingEvent } from './state.ts';

const code = (...bytes: number[]) => Uint8Array.from(bytes);
const after = (...events: ReadingEvent[]) => events.reduce(step, NOTHING_READ);
const page = (...codes: Uint8Array[]) => ({ codes, text: '', picture: '' });

describe('what has been read', () => {
  it('a code seen in every frame is kept once', () => {
    const seen: ReadingEvent = { kind: 'codes-seen', codes: [code(1), code(2), code(1)] };
    const once = after({ kind: 'camera-opened' }, seen);
    expect(once.codes).toEqual([code(1), code(2)]);
    // the same list, so that nothing is judged again
    expect(step(once, seen).codes).toBe(once.codes);
  });

  it('files add to what the camera has read, until the last one is done', () => {
    const reading = after(
      { kind: 'camera-opened' },
      { kind: 'codes-seen', codes: [code(1)] },
      { kind: 'camera-closed' },
      { kind: 'files-chosen', count: 2 },
      { kind: 'file-read', pages: [page(), page(code(2), code(1))] },
    );
    expect(reading).toMatchObject({
      at: 'files',
      codes: [code(1), code(2)],
      progress: { done: 1, count: 2 },
    });
    const done = step(reading, { kind: 'file-unreadable', name: 'letter.txt' });
    expect(done).toMatchObject({ at: 'read', unreadable: ['letter.txt'] });
  });

  it('a camera closed without a code leads back to the choice', () => {
    expect(after({ kind: 'camera-opened' }, { kind: 'camera-closed' }).at).toBe('choosing');
  });

  it('a number is asked for on a clean page, and starting over forgets everything', () => {
    const asked = after(
      { kind: 'codes-seen', codes: [code(1)] },
      { kind: 'number-asked', issueNumber: '0000-0000-0000-0000' },
    );
    expect(asked).toMatchObject({ at: 'number', codes: [] });
    expect(step(asked, { kind: 'started-over' })).toBe(NOTHING_READ);
  });
});
