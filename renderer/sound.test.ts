import { describe, expect, it, vi } from 'vitest';
import { chime, tonesFor } from './sound.ts';

describe('chime', () => {
  it.each(['awaitingCard', 'returningCard', 'paying', 'collecting', 'askingAttendant'] as const)(
    'sounds where something has to be done at the machine: %s',
    (at) => expect(tonesFor(at)?.length).toBeGreaterThan(1),
  );
  it.each(['idle', 'enteringPin', 'choosingCertificate', 'staffMenu'] as const)('is silent on %s', (at) =>
    expect(tonesFor(at)).toBeNull(),
  );
  it('tolerates a machine without sound', () => {
    expect(() => chime('collecting')).not.toThrow();
    vi.stubGlobal('AudioContext', function NoDevice() {
      throw new Error('no audio device');
    });
    expect(() => chime('collecting')).not.toThrow();
    vi.unstubAllGlobals();
  });
});
