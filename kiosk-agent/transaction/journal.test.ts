import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Yen } from '#templates/vocabulary.ts';
import { CITY } from '../visit/testCenter.ts';
import { NOON } from '../visit/testKiosk.ts';
import { openBook } from './book.ts';
import type { TransactionEvent } from './events.ts';
import { openJournal } from './journal.ts';
import type { Journal } from './journal.ts';

const NUMBER = 'K7Q2-9MXD';
const REQUEST = '7b1f4b9e-3a52-4bb1-9d0e-0c4f8f1f6a01';
const clock = (): number => NOON;
const PLACED: TransactionEvent = {
  type: 'order-placed',
  items: [{ item: 1, requestId: REQUEST, kind: 'resident-record-copy', municipality: CITY, fee: 300 as Yen }],
};

function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'journal-')), 'kiosk', 'journal.sqlite');
}
function open(file: string): Journal {
  const opened = openJournal(file, clock);
  if (opened.kind !== 'open') throw new Error(opened.kind);
  return opened.journal;
}

describe('journal', () => {
  it('finds its rows, notes and alarms again', () => {
    const file = newFile();
    const first = open(file);
    first.append(NUMBER, [PLACED, { type: 'recovery-begun' }]);
    first.note({ stopped: [CITY], staffClosed: true });
    first.raiseAlarm({ finding: 'hash', issueNumber: null, municipality: CITY });
    first.close();
    const second = open(file);
    expect(second.openRows().map(({ event }) => event.type)).toEqual(['order-placed', 'recovery-begun']);
    expect(second.notes()).toMatchObject({ stopped: [CITY], staffClosed: true, staffCodeWrong: 0 });
    expect(second.alarms()).toMatchObject([{ alarm: { finding: 'hash' } }]);
    second.alarmRaised(second.alarms()[0]?.id ?? 0);
    expect(second.alarms()).toEqual([]);
    expect(openBook(second, clock).get(NUMBER)).toMatchObject({ amount: 300, recovered: true });
    second.close();
  });

  it('writes in WAL with synchronous=FULL', () => {
    const file = newFile();
    open(file).close();
    const raw = new Database(file);
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(raw.pragma('user_version', { simple: true })).toBe(2);
    raw.close();
  });

  it('brings a journal of the first version up without losing a row', () => {
    const file = newFile();
    const journal = open(file);
    journal.append(NUMBER, [PLACED]);
    journal.close();
    const raw = new Database(file);
    raw.exec('DROP TABLE alarms');
    raw.pragma('user_version = 1');
    raw.close();
    const later = open(file);
    expect(later.openRows()).toMatchObject([{ transaction: NUMBER, event: PLACED }]);
    expect(later.alarms()).toEqual([]);
    later.close();
  });

  it('belongs to one agent at a time', () => {
    const file = newFile();
    const journal = open(file);
    expect(openJournal(file, clock)).toEqual({ kind: 'inUse' });
    journal.close();
    open(file).close();
  });

  it('writes all rows of one act or none', () => {
    const journal = open(':memory:');
    const bad = { type: 'charge-intended', reference: 'no uuid', amount: 300 as Yen } as const;
    expect(() => journal.append(NUMBER, [PLACED, bad])).toThrow();
    expect(journal.openRows()).toEqual([]);
  });

  it('has no field for a person: an unknown one is refused, not dropped', () => {
    const journal = open(':memory:');
    const named = { ...PLACED, holder: '架空 太郎' } as TransactionEvent;
    expect(() => journal.append(NUMBER, [named])).toThrow();
    expect(() => journal.append('架空 太郎', [PLACED])).toThrow();
  });
});

describe('a journal that cannot be read is kept as it is', () => {
  const reasons = {
    damaged: (file: string) => writeFileSync(file, 'no database at all, but somebody may still read it'),
    'newer-version': (file: string) => {
      const raw = new Database(file);
      raw.pragma('user_version = 99');
      raw.close();
    },
    'not-ours': (file: string) => {
      const raw = new Database(file);
      raw.exec('CREATE TABLE somebody_elses (id INTEGER)');
      raw.pragma('application_id = 1');
      raw.close();
    },
  } as const;
  it.each(Object.entries(reasons))('%s', (reason, spoil) => {
    const file = newFile();
    open(file).close();
    spoil(file);
    const before = readFileSync(file);
    expect(openJournal(file, clock)).toEqual({ kind: 'unreadable', reason });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('one page overwritten', () => {
    const file = newFile();
    const journal = open(file);
    for (let index = 0; index < 200; index += 1) {
      journal.append(`K7Q2-${String(index).padStart(4, '0')}`, [PLACED]);
    }
    journal.close();
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4096 * 3, 4096 * 4);
    writeFileSync(file, bytes);
    expect(openJournal(file, clock)).toEqual({ kind: 'unreadable', reason: 'damaged' });
  });
});
