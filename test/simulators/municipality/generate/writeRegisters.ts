/**
 * Writes a municipality of any size as seven files of the register feed, household by household: nothing is held in memory
 * but the pieces on their way to the disk. A file gets its name when it is whole; until then it ends in `.part`.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, openSync, writeSync, closeSync, renameSync, rmSync } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { FeedRegister } from '#center/contract/registerFeed.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import { byMunicipality, feedRegisters } from '../feedParts.ts';
import { householdOf, type Town } from './household.ts';

export interface GenerateOrder {
  readonly town: Town;
  readonly residents: number;
  readonly seed: number;
  readonly folder: string;
  /** the day the registers stand on */
  readonly today: CivilDate;
  /** instant up to which the load claims to be whole, milliseconds */
  readonly until: number;
  /** residents made so far */
  readonly onProgress?: (residents: number) => void;
  readonly signal?: AbortSignal;
}
export interface Written {
  readonly residents: number;
  readonly households: number;
  readonly rows: Readonly<Record<FeedRegister, number>>;
  readonly files: Readonly<Record<FeedRegister, string>>;
}

/** Room for the header, whose count is known at the end only. JSON does not mind the spaces. */
const HEADER_BYTES = 200;
const PIECE = 1 << 16;

interface Open {
  readonly path: string;
  readonly stream: WriteStream;
  text: string;
  rows: number;
}

/** Throws the signal's reason when it is aborted; then no file is left behind. */
export async function writeRegisters(order: GenerateOrder): Promise<Written> {
  const { folder, residents, town, seed, today, signal } = order;
  mkdirSync(folder, { recursive: true });
  const files = new Map(feedRegisters.map((register) => [register, openFile(folder, register)]));
  let made = 0;
  let households = 0;
  try {
    while (made < residents) {
      signal?.throwIfAborted();
      households += 1;
      const { parts, residents: more } = householdOf(town, seed, households, today);
      for (const { register, rows } of byMunicipality(parts, () => town.code, town.code)) {
        const file = files.get(register)!;
        for (const { entity, row } of rows) file.text += `${JSON.stringify({ entity, version: 1, row })}\n`;
        file.rows += rows.length;
        if (file.text.length > PIECE) await flush(file);
      }
      made += more;
      if (households % 200 === 0) {
        order.onProgress?.(made);
        // lets a Ctrl-C in
        await new Promise((go) => setImmediate(go));
      }
    }
    for (const file of files.values()) await finish(file, order.until);
  } catch (error) {
    for (const { stream, path } of files.values()) {
      stream.destroy();
      rmSync(`${path}.part`, { force: true });
    }
    throw error;
  }
  order.onProgress?.(made);
  const pairs = [...files];
  return {
    residents: made,
    households,
    rows: Object.fromEntries(pairs.map(([id, { rows }]) => [id, rows])) as Written['rows'],
    files: Object.fromEntries(pairs.map(([id, { path }]) => [id, path])) as Written['files'],
  };
}

function openFile(folder: string, register: FeedRegister): Open {
  const path = join(folder, `${register}.ndjson`);
  const stream = createWriteStream(`${path}.part`, { mode: 0o600 });
  stream.write(`${' '.repeat(HEADER_BYTES)}\n`);
  return { path, stream, text: '', rows: 0 };
}

async function flush(file: Open): Promise<void> {
  const { text, stream } = file;
  file.text = '';
  if (text !== '' && !stream.write(text)) await once(stream, 'drain');
}

async function finish(file: Open, until: number): Promise<void> {
  await flush(file);
  file.stream.end();
  await once(file.stream, 'close');
  const { path, rows } = file;
  const header = {
    kind: 'load',
    stream: randomUUID(),
    seq: 0,
    count: rows,
    until: new Date(until).toISOString(),
  };
  const handle = openSync(`${path}.part`, 'r+');
  writeSync(handle, JSON.stringify(header).padEnd(HEADER_BYTES), 0);
  closeSync(handle);
  renameSync(`${path}.part`, path);
}
