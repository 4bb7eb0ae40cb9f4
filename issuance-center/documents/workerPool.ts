/**
 * Rendering in worker threads. A worker has one request at a time; a request that takes too long is aborted by ending
 * its worker, so that a late answer cannot reach anybody else. Each answer is checked against the request it is for.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { FontFiles } from './fontFile.ts';
import type { RenderOutcome, RenderRequest } from './renderer.ts';
import type { WorkerMessage, WorkerStart } from './renderWorker.ts';
import type { DocumentSealer } from './seal/documentSealer.ts';

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
  /** see `loadFonts` */
  readonly font: FontFiles;
  /** seals what is issued; without one nothing can be */
  readonly seal?: DocumentSealer;
  /** rendered by each worker before it takes traffic: the first documents cost 127, then 30 ms (rendering.md 3.5) */
  readonly warmUp: readonly RenderRequest[];
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
  job: Job | undefined;
  timer: NodeJS.Timeout | undefined;
  /** no worker could be started here any more */
  lost: boolean;
}
type Fault = RenderFaultError['fault'];

interface Pool {
  readonly options: PoolOptions;
  readonly queue: Job[];
  readonly seats: readonly Seat[];
  readonly idle: Seat[];
  closed: boolean;
}

/** Starts the workers; requests may be handed in at once and wait until one is warm. */
export function startRenderPool(options: PoolOptions): RenderPool {
  const { workers = Math.max(1, availableParallelism() - 1) } = options;
  const seats = Array.from({ length: workers }, emptySeat);
  const pool: Pool = { options, queue: [], seats, idle: [], closed: false };
  const ready = Promise.all(seats.map((seat) => occupy(pool, seat))).then(() => undefined);
  ready.catch(() => undefined); // who does not wait for it learns from `render`
  return { ready, render: (request) => enqueue(pool, request), close: () => closePool(pool) };
}

const emptySeat = (): Seat => ({ worker: undefined, job: undefined, timer: undefined, lost: false });

function enqueue(pool: Pool, request: RenderRequest): Promise<RenderOutcome> {
  const { queue, seats, options } = pool;
  return new Promise((resolve, reject) => {
    const refuse = (fault: Fault) => reject(new RenderFaultError(fault));
    if (pool.closed) return refuse('closed');
    if (seats.every(({ lost }) => lost)) return refuse('worker-failed');
    if (queue.length >= (options.queueLimit ?? QUEUE_LIMIT)) return refuse('queue-full');
    queue.push({ request, resolve, reject });
    serve(pool);
  });
}

/** Gives waiting requests, oldest first, to idle workers. */
function serve(pool: Pool): void {
  while (pool.queue.length > 0 && pool.idle.length > 0) {
    const seat = pool.idle.pop()!;
    const job = pool.queue.shift()!;
    seat.job = job;
    seat.timer = setTimeout(() => replace(pool, seat, 'timed-out'), pool.options.timeoutMs ?? TIMEOUT_MS);
    seat.worker!.postMessage(job.request);
  }
}

function becomeIdle(pool: Pool, seat: Seat): void {
  if (pool.closed) return;
  pool.idle.push(seat);
  serve(pool);
}

/** The seat's worker is gone or must go: its request fails, a fresh worker takes the seat. */
function replace(pool: Pool, seat: Seat, fault: Fault): void {
  const { worker, job } = seat;
  release(seat);
  seat.worker = undefined;
  const place = pool.idle.indexOf(seat);
  if (place >= 0) pool.idle.splice(place, 1);
  if (worker) void retire(worker);
  job?.reject(new RenderFaultError(fault));
  if (!pool.closed) occupy(pool, seat).catch(() => undefined); // `occupy` has told those who wait
}

/** Puts a warm worker on the seat; gives the seat up when none can be started. */
async function occupy(pool: Pool, seat: Seat): Promise<void> {
  try {
    listen(pool, seat, await startWorker(pool, seat));
  } catch (error) {
    seat.lost = true;
    if (pool.seats.every(({ lost }) => lost)) failQueue(pool, 'worker-failed');
    throw error;
  }
  becomeIdle(pool, seat);
}

function failQueue(pool: Pool, fault: Fault): void {
  for (const job of pool.queue.splice(0)) job.reject(new RenderFaultError(fault));
}

async function closePool(pool: Pool): Promise<void> {
  pool.closed = true;
  failQueue(pool, 'closed');
  await Promise.all(
    pool.seats.map((seat) => {
      const { worker, job } = seat;
      release(seat);
      job?.reject(new RenderFaultError('closed'));
      return worker && retire(worker);
    }),
  );
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

/** A warm worker for the seat; tries again when it dies before that. */
async function startWorker(pool: Pool, seat: Seat): Promise<Worker> {
  for (let attempt = 1; ; attempt += 1) {
    const worker = spawn(pool.options);
    seat.worker = worker;
    try {
      await warm(worker, pool.options.warmUp);
      return worker;
    } catch (error) {
      seat.worker = undefined;
      await retire(worker);
      if (attempt === START_ATTEMPTS || pool.closed) throw error;
    }
  }
}

/** `execArgv` is emptied: the parent's loader flags have no effect in a worker (see renderWorker.mjs). */
function spawn({ font, seal, program }: PoolOptions): Worker {
  const start: WorkerStart = { font, seal };
  return new Worker(program ?? new URL('./renderWorker.mjs', import.meta.url), {
    workerData: start,
    execArgv: [],
    // a page needs a few megabytes; a runaway worker dies alone
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
}

async function warm(worker: Worker, requests: readonly RenderRequest[]): Promise<void> {
  await nextMessage(worker);
  for (let count = 0; count < WARM_UP_DOCUMENTS; count += 1) {
    worker.postMessage(requests[count % requests.length]);
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

function listen(pool: Pool, seat: Seat, worker: Worker): void {
  worker.on('message', (message: WorkerMessage) => {
    const { job } = seat;
    if (!job || message.kind !== 'answer' || message.outcome.requestId !== job.request.requestId) {
      return replace(pool, seat, 'wrong-answer');
    }
    release(seat);
    job.resolve(message.outcome);
    becomeIdle(pool, seat);
  });
  worker.on('error', () => replace(pool, seat, 'worker-failed'));
  worker.on('exit', () => replace(pool, seat, 'worker-failed'));
}
