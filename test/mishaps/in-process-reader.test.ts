import { describe, expect, it } from 'vitest';
import { comesToRest, whatDoesNotHold } from './aftermath.ts';
import { before } from './invariants.ts';
import { resident, walk } from './resident.ts';
import { startStand } from './stand.ts';

describe('where pcscd cannot be had', () => {
  it('the start says that the card is attached in process, and a certificate comes out', async () => {
    const stand = await startStand();
    try {
      expect(stand.stack.readerWords).toContain('in process, without PC/SC');
      expect(stand.stack.processes().map(({ name }) => name)).not.toContain('pcscd');
      const who = resident('taro', { extent: 'whole' });
      const was = await before(stand);
      await walk(stand, who, ({ at }) => at === 'collecting');
      await comesToRest(stand, who);
      expect(await whatDoesNotHold(stand, was, who)).toEqual([]);
      const [document] = stand.stack.printer.printer.jobs.slice(was.jobs);
      expect(document).toMatchObject({ state: 'completed', pages: 2, sheets: 1 });
      expect(document!.bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    } finally {
      await stand.stop();
    }
  }, 120_000);
});
