/** Leaving a visit by its own button. */
import type { Stand } from './stand.ts';

/** Cancel and the answer to its question; waits until the visit has ended. Throws where cancel is not offered. */
export async function cancelVisit(stand: Stand): Promise<void> {
  const screen = stand.screen();
  const { view, frame } = screen.latest();
  if (!frame.mayCancel) throw new Error(`cancel is not offered at ${view.at}`);
  screen.send({ type: 'cancel' });
  await stand.sees('the question of cancel', () => screen.latest().frame.asking === 'cancel');
  screen.send({ type: 'cancelConfirmed' });
  await stand.sees('an end', ({ at }) => at === 'idle' || at === 'notice');
}
