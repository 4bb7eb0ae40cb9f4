/** When a center says "too busy" at once instead of answering everything late. */

/** Delay of the event loop, ms. */
const BUSY_BEYOND_MS = 1_500;
const SAMPLE_INTERVAL_MS = 500;

export interface PressureDeps {
  /** delay of the event loop, ms, beyond which every call is refused; default 1,500; 0: never */
  readonly busyBeyondMs?: number;
}

/** For `@fastify/under-pressure`. */
export const pressureOf = ({ busyBeyondMs = BUSY_BEYOND_MS }: PressureDeps) => ({
  maxEventLoopDelay: busyBeyondMs,
  sampleInterval: SAMPLE_INTERVAL_MS,
});
