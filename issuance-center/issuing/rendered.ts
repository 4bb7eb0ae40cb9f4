/** A rendering, or the refusal that a fault of the render pool is. */
import type { RenderOutcome, RenderRequest } from '../documents/renderer.ts';
import { RenderFaultError } from '../documents/workerPool.ts';
import type { IssuingDeps } from './deps.ts';
import { TOO_BUSY, refusedFor, type IssuingRefusal } from './refusal.ts';

/**
 * Refused without a notice: the document itself cannot be made. Throws for faults that are not the pool's. What another
 * font than the main one drew is logged by code point, never by name (forms.md 12.3).
 */
export async function rendered(
  { render, log }: Pick<IssuingDeps, 'render' | 'log'>,
  request: RenderRequest,
): Promise<RenderOutcome | IssuingRefusal> {
  try {
    const outcome = await render(request);
    if (outcome.kind === 'rendered' && outcome.fallbacks.length > 0) {
      log.info({ fallbacks: outcome.fallbacks }, 'fallback fonts');
    }
    return outcome;
  } catch (error) {
    if (!(error instanceof RenderFaultError)) throw error;
    const refusal = refusedFor('rendering-failed');
    return error.fault === 'queue-full' ? { ...refusal, notice: TOO_BUSY } : refusal;
  }
}
