/**
 * The agent's journal: SQLite, WAL, synchronous=FULL, so that a row is on the disk when `append` returns. Rows are only
 * ever added. A file that cannot be read is kept as it is and the kiosk stays out of service: it may hold open money.
 */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { alarmRequest } from '#center/contract/kioskApi.ts';
import { municipalityCode, type Clock, type MunicipalityCode } from '#templates/vocabulary.ts';
import { transactionEvent, transactionNumber } from './events.ts';
import type { TransactionEvent } from './events.ts';

export type Alarm = z.infer<typeof alarmRequest>;
export interface JournalRow {
  readonly transaction: string;
  /** ISO 8601 */
  readonly at: string;
  readonly event: TransactionEvent;
}
/** What outlives a restart besides transactions. */
export interface KioskNotes {
  readonly staffClosed: boolean;
  readonly stopped: readonly MunicipalityCode[];
  readonly staffCodeWrong: number;
  /** ISO 8601 */
  readonly staffCodeLockedUntil: string | null;
}
export interface Journal {
  /** One atomic, durable write. Throws when it is not on disk. */
  append(transaction: string, events: readonly TransactionEvent[]): void;
  /** Rows of transactions that are not closed, oldest first. */
  openRows(): readonly JournalRow[];
  notes(): KioskNotes;
  note(change: Partial<KioskNotes>): void;
  raiseAlarm(alarm: Alarm): void;
  alarms(): readonly { readonly id: number; readonly alarm: Alarm }[];
  alarmRaised(id: number): void;
  close(): void;
}
export type OpenedJournal =
  | { readonly kind: 'open'; readonly journal: Journal }
  /** another agent has it: two must never settle the same money */
  | { readonly kind: 'inUse' }
  /** `reason` is a word for the log, never a row's content */
  | { readonly kind: 'unreadable'; readonly reason: 'damaged' | 'newer-version' | 'not-ours' | 'no-access' };

/** Each step brings a journal from its index to the next version; a step once released is never changed. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE events (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     transaction_number TEXT NOT NULL,
     at TEXT NOT NULL,
     type TEXT NOT NULL,
     body TEXT NOT NULL
   ) STRICT;
   CREATE INDEX events_by_transaction ON events (transaction_number, id);
   CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`,
  `CREATE TABLE alarms (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     at TEXT NOT NULL,
     body TEXT NOT NULL,
     raised_at TEXT
   ) STRICT;`,
];
/** an agent that was told to stop lets go within this */
const LOCK_WAIT_MS = 2_000;
/** "KIOS" in ASCII: tells our file from any other SQLite file. */
const APPLICATION_ID = 0x4b494f53;

const notesSchema = z.object({
  staffClosed: z.boolean().default(false),
  stopped: z.array(municipalityCode).default([]),
  staffCodeWrong: z.number().int().default(0),
  staffCodeLockedUntil: z.string().nullable().default(null),
});

/** Opens or makes the journal at `path` (`:memory:` for tests), migrates it and reads it through once. Never resets it. */
export function openJournal(path: string, clock: Clock): OpenedJournal {
  let database: Database.Database | undefined;
  const lock = path === ':memory:' ? null : holdAlone(`${path}.lock`);
  if (lock === 'taken') return { kind: 'inUse' };
  try {
    // SQLite gives its WAL the rights of the file itself
    if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600));
    database = new Database(path);
    const refused = admit(database);
    if (refused) {
      database.close();
      lock?.close();
      return { kind: 'unreadable', reason: refused };
    }
    const journal = journalOver(database, clock, lock);
    journal.openRows();
    journal.notes();
    journal.alarms();
    return { kind: 'open', journal };
  } catch (error) {
    database?.close();
    lock?.close();
    const code = error instanceof Database.SqliteError ? error.code : 'damaged';
    const access = code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY');
    const denied = (error as NodeJS.ErrnoException).code === 'EACCES';
    return { kind: 'unreadable', reason: access || denied ? 'no-access' : 'damaged' };
  }
}

/** A lock that ends with its process, however that ends; others may still read the journal itself. */
function holdAlone(path: string): Database.Database | 'taken' {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const lock = new Database(path, { timeout: LOCK_WAIT_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch {
    lock.close();
    return 'taken';
  }
}

function admit(database: Database.Database): 'damaged' | 'newer-version' | 'not-ours' | null {
  const version = Number(database.pragma('user_version', { simple: true }));
  const application = Number(database.pragma('application_id', { simple: true }));
  if (version > MIGRATIONS.length) return 'newer-version';
  const empty = Number(database.prepare('SELECT count(*) FROM sqlite_master').pluck().get()) === 0;
  if (application !== APPLICATION_ID && !empty) return 'not-ours';
  if (database.pragma('quick_check', { simple: true }) !== 'ok') return 'damaged';
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma(`application_id = ${APPLICATION_ID}`);
  migrate(database, version);
  return null;
}

function migrate(database: Database.Database, from: number): void {
  MIGRATIONS.slice(from).forEach((statements, index) => {
    database.transaction(() => {
      database.exec(statements);
      database.pragma(`user_version = ${from + index + 1}`);
    })();
  });
}

const OPEN_ROWS = `SELECT transaction_number AS number, at, body FROM events WHERE transaction_number NOT IN
  (SELECT transaction_number FROM events WHERE type = 'closed') ORDER BY id`;

function journalOver(database: Database.Database, clock: Clock, lock: Database.Database | null): Journal {
  const now = (): string => new Date(clock()).toISOString();
  const insert = database.prepare(
    'INSERT INTO events (transaction_number, at, type, body) VALUES (?, ?, ?, ?)',
  );
  const insertAll = database.transaction((transaction: string, events: readonly TransactionEvent[]) => {
    const number = transactionNumber.parse(transaction);
    for (const event of events) {
      const row = transactionEvent.parse(event);
      insert.run(number, now(), row.type, JSON.stringify(row));
    }
  });
  const open = database.prepare<[], { number: string; at: string; body: string }>(OPEN_ROWS);
  return {
    append: (transaction, events) => insertAll(transaction, events),
    openRows: () =>
      open.all().map(({ number, at, body }) => ({
        transaction: transactionNumber.parse(number),
        at,
        event: transactionEvent.parse(JSON.parse(body)),
      })),
    ...notesOver(database),
    ...alarmsOver(database, now),
    close: () => {
      database.close();
      lock?.close();
    },
  };
}

function notesOver(database: Database.Database): Pick<Journal, 'notes' | 'note'> {
  const all = database.prepare<[], { name: string; value: string }>('SELECT name, value FROM notes');
  const put = database.prepare('INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)');
  const putAll = database.transaction((change: Partial<KioskNotes>) => {
    for (const [name, value] of Object.entries(change)) put.run(name, JSON.stringify(value));
  });
  const notes = (): KioskNotes =>
    notesSchema.parse(Object.fromEntries(all.all().map(({ name, value }) => [name, JSON.parse(value)])));
  return { notes, note: (change) => putAll(change) };
}

function alarmsOver(
  database: Database.Database,
  now: () => string,
): Pick<Journal, 'raiseAlarm' | 'alarms' | 'alarmRaised'> {
  const insert = database.prepare('INSERT INTO alarms (at, body) VALUES (?, ?)');
  const waiting = database.prepare<[], { id: number; body: string }>(
    'SELECT id, body FROM alarms WHERE raised_at IS NULL ORDER BY id',
  );
  const raised = database.prepare('UPDATE alarms SET raised_at = ? WHERE id = ?');
  return {
    raiseAlarm: (alarm) => void insert.run(now(), JSON.stringify(alarmRequest.parse(alarm))),
    alarms: () => waiting.all().map(({ id, body }) => ({ id, alarm: alarmRequest.parse(JSON.parse(body)) })),
    alarmRaised: (id) => void raised.run(now(), id),
  };
}
