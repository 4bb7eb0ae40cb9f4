/** Everything that a run of the demo writes, as text to search; and what must not stand in it. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import type { CenterDatabase } from '#center/database/connect.ts';
import { demoFamilyRegisters } from '#simulators/municipality/familyRegisters.ts';
import { demoRegisters } from '#simulators/municipality/residents.ts';
import { demoSeals } from '#simulators/municipality/seals.ts';
import type { DemoCard } from '#simulators/municipality/cards.ts';
import type { CivilDate } from '#templates/vocabulary.ts';

export interface Trace {
  readonly where: string;
  /** bytes as latin1, so that nothing is lost; search with `bytesOf` */
  readonly bytes: string;
}
const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** The simulators' own things: cards and keys of fictional people, which a real kiosk does not have. */
const SIMULATED = /^(cards|authority|build)\//;
/** The registers live in these pages; their tables are looked at row by row instead. */
const DATABASE_PAGES = /^postgres\/(base|global|pg_[a-z]+)\//;
/** Where a name belongs. */
export const REGISTERS: readonly string[] = [
  ...['household', 'resident', 'certificate_link', 'restriction', 'seal_registration', 'tax_record'],
  ...['tax_payment', 'family_register', 'family_register_member', 'address_history'],
  // keys of their rows (a measure's first day is one), and what takes effect later
  ...['register_row', 'register_pending'],
];

/** Every file below DATA_DIR that is not a simulator's or a page of the database. */
export function filesOf(dataDir: string): Trace[] {
  return readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dataDir, join(entry.parentPath, entry.name)))
    .filter((path) => !SIMULATED.test(path) && !DATABASE_PAGES.test(path))
    .map((path) => ({ where: path, bytes: readFileSync(join(dataDir, path), 'latin1') }));
}

/** Every row of the center's tables but the registers. */
export async function rowsOf(db: CenterDatabase): Promise<Trace[]> {
  const tables = await sql<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`.execute(db);
  const names = tables.rows.map(({ name }) => name).filter((name) => !REGISTERS.includes(name));
  return Promise.all(
    names.map(async (name) => ({ where: `table ${name}`, bytes: await tableText(db, name) })),
  );
}

export async function tableText(db: CenterDatabase, name: string): Promise<string> {
  const found = await sql<{ text: string }>`
    SELECT row_to_json(t)::text AS text FROM ${sql.table(name)} AS t`.execute(db);
  return bytesOf(found.rows.map(({ text }) => text).join('\n'));
}

/** The journal as rows: in its pages digits of different cells touch each other. */
export function journalText(dataDir: string): Trace {
  const database = new Database(join(dataDir, 'kiosk/journal.sqlite'), { readonly: true });
  try {
    const tables = database
      .prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'table'`)
      .pluck()
      .all();
    const rows = tables.flatMap((name) => database.prepare(`SELECT * FROM "${name}"`).all());
    return { where: 'journal rows', bytes: bytesOf(JSON.stringify(rows)) };
  } finally {
    database.close();
  }
}

const NOT_PERSONAL = ['residentId', 'householdId', 'municipality', 'sex', 'relationship', 'status'];
/** Shorter texts (5年) stand anywhere. */
const TELLING_LENGTH = 4;

/** Every registered text of the card's household: names, readings, addresses, dates, numbers. */
export function personalTexts(card: DemoCard, today: CivilDate): string[] {
  const { residents, households } = demoRegisters(today);
  const own = residents.find(({ residentId }) => residentId === card.residentId);
  const entries = [
    ...residents.filter(({ householdId }) => householdId === own?.householdId),
    ...households.filter(({ householdId }) => householdId === own?.householdId),
    ...demoSeals(today)
      .filter(({ residentId }) => residentId === card.residentId)
      .map(({ imprint, remarks }) => ({ imprint, remarks })),
    ...demoFamilyRegisters(today)
      .filter(({ members }) => members.some(({ residentId }) => residentId === card.residentId))
      .map(({ domicile, members }) => ({
        domicile,
        parents: members.map(({ father, mother }) => [father, mother]),
      })),
  ];
  const texts = entries.flatMap((entry) => textsIn(entry));
  // a family name alone is as telling as the whole
  const parts = texts.flatMap((text) => text.split(/[\s　]+/u));
  const categories = ['mid-to-long-term-resident', 'special-permanent-resident'];
  return [...new Set([...texts, ...parts])].filter(
    (text) => [...text].length >= TELLING_LENGTH && !categories.includes(text),
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (NOT_PERSONAL.includes(key) ? [] : textsIn(inner)));
}

/** `where: what` for every text that stands in a trace, as UTF-8, UTF-16 or escaped JSON. */
export function found(traces: readonly Trace[], texts: readonly string[]): string[] {
  const spellings = texts.map((text) => ({
    text,
    forms: [
      bytesOf(text),
      Buffer.from(text, 'utf16le').toString('latin1'),
      text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ],
  }));
  return traces.flatMap(({ where, bytes }) =>
    spellings
      .filter(({ forms }) => forms.some((form) => bytes.includes(form)))
      .map(({ text }) => `${where}: ${text}`),
  );
}

/** What holds digits by chance: UUIDs and other random values, digests, instants, durations, ports, process ids. */
const CHANCE =
  /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(\\x)?[0-9a-f]{16,}|[A-Za-z0-9+/_-]{24,}={0,2}|\d{4}-\d\d-\d\d[T ][\d:.]+|"(ms|pid|milliseconds)":[\d.]+|(127\.0\.0\.1|localhost):\d+/gi;

/** As `found`, for a few digits: as a token of their own, outside values that hold digits by chance. */
export function foundDigits(traces: readonly Trace[], digits: readonly string[]): string[] {
  return traces.flatMap(({ where, bytes }) => {
    const telling = bytes.replaceAll(CHANCE, ' ');
    return digits
      .filter((token) => new RegExp(`(?<!\\d)${token}(?!\\d)`).test(telling))
      .map((token) => `${where}: ${token}`);
  });
}

/** Regular files that a process holds open, deleted ones too. */
export function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((descriptor) => {
    try {
      const target = readlinkSync(join(folder, descriptor));
      return target.startsWith('/') && !target.startsWith('/dev/') ? [target] : [];
    } catch {
      return []; // closed meanwhile
    }
  });
}
