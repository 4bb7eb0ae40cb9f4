/**
 * Who may enter something now. One upload of a municipality at a time, and few of all at once: a load holds a connection
 * to the database while it is read, and issuing must never wait for one.
 */
export interface TurnLimits {
  /** of all municipalities together */
  readonly atOnce: number;
  /** of one municipality, the one that is being entered included */
  readonly perMunicipality: number;
}

export interface Turns {
  /** Runs `task` when its turn comes; `busy` at once when too many of the municipality's wait already. */
  readonly take: <Value>(municipality: string, task: () => Promise<Value>) => Promise<Value | 'busy'>;
}

export function turns({ atOnce, perMunicipality }: TurnLimits): Turns {
  const queues = new Map<string, { length: number; tail: Promise<unknown> }>();
  const waiting: (() => void)[] = [];
  let free = atOnce;
  const seat = async () => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    take: async (municipality, task) => {
      const queue = queues.get(municipality) ?? { length: 0, tail: Promise.resolve() };
      if (queue.length >= perMunicipality) return 'busy';
      queues.set(municipality, queue);
      queue.length += 1;
      const run = async () => {
        await seat();
        try {
          return await task();
        } finally {
          leave();
        }
      };
      const mine = queue.tail.then(run);
      queue.tail = mine.catch(() => undefined);
      try {
        return await mine;
      } finally {
        queue.length -= 1;
        if (queue.length === 0) queues.delete(municipality);
      }
    },
  };
}
