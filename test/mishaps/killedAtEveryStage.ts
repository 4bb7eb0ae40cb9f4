/**
 * The power of one part of the store goes at every stage of a visit and comes back. A file for each part that takes long to
 * come back, so that test files run side by side.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { comesToRest, nextResidentLooksIn, standsReady, whatDoesNotHold } from './aftermath.ts';
import { before } from './invariants.ts';
import { resident } from './resident.ts';
import { stages, type Stage } from './stages.ts';
import { startStand, type Stand, type Victim } from './stand.ts';

/** Two certificates of two sheets each: there is something between everything. */
export const WHO = resident('six-person-household', { copies: 2, extent: 'whole' });
export const CELL_LIMIT_MS = 90_000;

/** A stand for all tests of the file, ready before each. */
export function useStand(): () => Stand {
  let stand: Stand;
  beforeAll(async () => {
    stand = await startStand();
  }, 90_000);
  afterAll(() => stand.stop(), 60_000);
  beforeEach(() => standsReady(stand, WHO), 60_000);
  return () => stand;
}

export function stageNamed(name: string): Stage {
  const found = stages.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no stage ${name}`);
  return found;
}

/** A test for each stage: the part dies there, comes back, and nothing is owed, printed twice or left behind. */
export function killedAtEveryStage(victim: Victim): void {
  const standing = useStand();
  describe(`the power of the ${victim} goes and comes back`, () => {
    it.each(stages.map(({ name }) => name))(
      'at %s',
      async (name) => {
        const stand = standing();
        const was = await before(stand);
        const { release } = await stageNamed(name).reach(stand, WHO);
        await stand.breaks(victim);
        await release();
        await stand.mends(victim);
        await comesToRest(stand, WHO);
        await nextResidentLooksIn(stand);
        expect(await whatDoesNotHold(stand, was, WHO)).toEqual([]);
      },
      CELL_LIMIT_MS,
    );
  });
}
