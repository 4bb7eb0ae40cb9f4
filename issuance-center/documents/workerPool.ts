/**
 * Rendering in worker threads. A worker has one request at a time; a request that takes too long is aborted by ending
 * its worker, so that a late answer cannot reach anybody else. Each answer is checked against the request it is for.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { RenderOutcome, RenderRequest } from './renderer.ts';
import type { WorkerMessage, WorkerStart } from './renderWorker.ts';

/** The document was not made; the reason is for logs and holds nothing of the request. */
export class RenderFaultError extends Error {
  readonly fault: 'queue-full' | 'timed-out' | 'worker-failed' | 'wrong-answer' | 'closed';
  constructor(fault: RenderFaultError['fault']) {
    super(`rendering failed: ${fault}`);
    this.name = 'RenderFaultError';
    this.fault = fault;
  }
}

export interface PoolOptions {
  /** see `loadFontBytes` */
  readonly font: SharedArrayBuffer;
  /** rendered by each worker before it takes traffic: the first documents cost 127, then 30 ms (rendering.md 3.5) */
  readonly warmUp: RenderRequest;
  readonly workers?: number;
  /** requests that may wait; one more is refused at once, as a full queue only grows old */
  readonly queueLimit?: number;
  /** from handing a request to a worker to its answer */
  readonly timeoutMs?: number;
  /** the worker's program; tests give one that misbehaves */
  readonly program?: URL;
}

export interface RenderPool {
  /** Resolves when every worker is warm; rejects when one cannot start. */
  readonly ready: Promise<void>;
  /** Rejects with RenderFaultError. */
  readonly render: (request: RenderRequest) => Promise<RenderOutcome>;
  /** Ends the workers; what waits or runs is rejected. */
  readonly close: () => Promise<void>;
}

export const WARM_UP_DOCUMENTS = 30;
/** A page takes 3 ms, a starved machine a hundred times that; past two seconds the resident's wait is at stake. */
const TIMEOUT_MS = 2_000;
/** About a second of work for two workers. */
const QUEUE_LIMIT = 256;
/** A worker that dies before it is ready is tried again this often in a row, then the pool stays smaller. */
const START_ATTEMPTS = 3;

interface Job {
  readonly request: RenderRequest;
  readonly resolve: (outcome: RenderOutcome) => void;
  readonly reject: (error: Error) => void;
}
interface Seat {
  worker: Worker | undefined;
  /** no worker could be started here any more */
  lost: boolean;
  job: Job | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** Starts the workers; requests may be handed in at once and wait until one is warm. */
export function startRenderPool(options: PoolOptions): RenderPool {
  const { workers = Math.max(1, availableParallelism() - 1), queueLimit = QUEUE_LIMIT } = options;
  const queue: Job[] = [];
  const idle: Seat[] = [];
  const seats = Array.from({ length: workers }, (): Seat => ({
    worker: undefined,
    lost: false,
    job: undefined,
    timer: undefined,
  }));
  let closed = false;

  const serve = (): void => {
    while (queue.length > 0 && idle.length > 0)
      hand(idle.pop()!, queue.shift()!, options.timeoutMs ?? TIMEOUT_MS, replace);
  };
  const becomeIdle = (seat: Seat): void => {
    if (closed) return;
    idle.push(seat);
    serve();
  };
  const seatWorker = async (seat: Seat): Promise<void> => {
    await startWorker(seat, options, becomeIdle, replace);
    becomeIdle(seat);
  };
  /** The seat's worker is gone or must go: its request fails, a fresh worker takes the seat. */
  function replace(seat: Seat, fault: RenderFaultError['fault']): void {
    const { worker, job } = seat;
    release(seat);
    seat.worker = undefined;
    const place = idle.indexOf(seat);
    if (place >= 0) idle.splice(place, 1);
    if (worker) void retire(worker);
    job?.reject(new RenderFaultError(fault));
    if (!closed) seatWorker(seat).catch(() => lose(seat));
  }
  function lose(seat: Seat): void {
    seat.lost = true;
    if (!seats.every(({ lost }) => lost)) return;
    for (const job of queue.splice(0)) job.reject(new RenderFaultError('worker-failed'));
  }

  const start = (seat: Seat): Promise<void> =>
    seatWorker(seat).catch((error: unknown) => {
      lose(seat);
      throw error;
    });
  const ready = Promise.all(seats.map(start)).then(() => undefined);
  ready.catch(() => undefined); // who does not wait for it learns from `render`
  return {
    ready,
    render: (request) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new RenderFaultError('closed'));
        if (seats.every(({ lost }) => lost)) return reject(new RenderFaultError('worker-failed'));
        if (queue.length >= queueLimit) return reject(new RenderFaultError('queue-full'));
        queue.push({ request, resolve, reject });
        serve();
      }),
    close: async () => {
      closed = true;
      for (const job of queue.splice(0)) job.reject(new RenderFaultError('closed'));
      await Promise.all(
        seats.map((seat) => {
          const { worker, job } = seat;
          release(seat);
          job?.reject(new RenderFaultError('closed'));
          return worker && retire(worker);
        }),
      );
    },
  };
}

function hand(
  seat: Seat,
  job: Job,
  timeoutMs: number,
  replace: (seat: Seat, fault: RenderFaultError['fault']) => void,
): void {
  seat.job = job;
  seat.timer = setTimeout(() => replace(seat, 'timed-out'), timeoutMs);
  seat.worker!.postMessage(job.request);
}

function release(seat: Seat): void {
  clearTimeout(seat.timer);
  seat.timer = undefined;
  seat.job = undefined;
}

/** Ends a worker; what it still says is heard by nobody. */
function retire(worker: Worker): Promise<number> {
  return worker
    .removeAllListeners()
    .on('error', () => undefined)
    .terminate();
}

/** A warm worker on the seat, wired to its answers; tries again when it dies before that. */
async function startWorker(
  seat: Seat,
  options: PoolOptions,
  becomeIdle: (seat: Seat) => void,
  replace: (seat: Seat, fault: RenderFaultError['fault']) => void,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const worker = spawn(options);
    seat.worker = worker;
    try {
      await warm(worker, options.warmUp);
      listen(seat, worker, becomeIdle, replace);
      return;
    } catch (error) {
      seat.worker = undefined;
      await retire(worker);
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
}

/** `execArgv` is emptied: the parent's loader flags have no effect in a worker (see renderWorker.mjs). */
function spawn({ font, program }: PoolOptions): Worker {
  const start: WorkerStart = { font };
  return new Worker(program ?? new URL('./renderWorker.mjs', import.meta.url), {
    workerData: start,
    execArgv: [],
    // a page needs a few megabytes; a runaway worker dies alone
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
}

async function warm(worker: Worker, request: RenderRequest): Promise<void> {
  await nextMessage(worker);
  for (let count = 0; count < WARM_UP_DOCUMENTS; count += 1) {
    worker.postMessage(request);
    await nextMessage(worker);
  }
}

function nextMessage(worker: Worker): Promise<WorkerMessage> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      act();
    };
    const onMessage = (message: WorkerMessage) => settle(() => resolve(message));
    const onError = () => settle(() => reject(new RenderFaultError('worker-failed')));
    const onExit = () => settle(() => reject(new RenderFaultError('worker-failed')));
    worker.once('message', onMessage).once('error', onError).once('exit', onExit);
  });
}

function listen(
  seat: Seat,
  worker: Worker,
  becomeIdle: (seat: Seat) => void,
  replace: (seat: Seat, fault: RenderFaultError['fault']) => void,
): void {
  worker.on('message', (message: WorkerMessage) => {
    const { job } = seat;
    if (!job || message.kind !== 'answer' || message.outcome.requestId !== job.request.requestId) {
      return replace(seat, 'wrong-answer');
    }
    release(seat);
    job.resolve(message.outcome);
    becomeIdle(seat);
  });
  worker.on('error', () => replace(seat, 'worker-failed'));
  worker.on('exit', () => replace(seat, 'worker-failed'));
}
