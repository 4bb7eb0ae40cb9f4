/** Waiting is a parameter, as time is: adapters poll with it, tests hand in one that advances a clock of their own. */
export type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/** Resolves after the time, or at once when the signal is aborted. Never rejects. */
export const wait: Wait = (milliseconds, signal) =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done, { once: true });
  });
