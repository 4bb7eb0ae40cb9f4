/** A rendering, or the refusal that a fault of the render pool is. */
import type { RenderOutcome, RenderRequest } from '../documents/renderer.ts';
import { RenderFaultError } from '../documents/workerPool.ts';
import type { IssuingDeps } from './deps.ts';
import { TOO_BUSY, refusedFor, type IssuingRefusal } from './refusal.ts';

/** Refused without a notice: the document itself cannot be made. Throws for faults that are not the pool's. */
export async function rendered(
  { render }: Pick<IssuingDeps, 'render'>,
  request: RenderRequest,
): Promise<RenderOutcome | IssuingRefusal> {
  try {
    return await render(request);
  } catch (error) {
    if (!(error instanceof RenderFaultError)) throw error;
    const refusal = refusedFor('rendering-failed');
    return error.fault === 'queue-full' ? { ...refusal, notice: TOO_BUSY } : refusal;
  }
}
