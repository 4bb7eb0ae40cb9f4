/** Rows of one or more municipalities as a simulator has them, and as the lines a municipality sends. */
import type { z } from 'zod';
import type { certificateLinkEntry, restrictionEntry } from '#center/registers/entities.ts';
import { registerEntities, type FeedEntity, type FeedRegister } from '#center/contract/registerFeed.ts';
import type { addressHistoryEntry } from '#templates/datasets/addressHistoryEntry.ts';
import type { familyRegisterEntry } from '#templates/datasets/familyRegisterEntry.ts';
import type { householdEntry, residentEntry } from '#templates/datasets/residentRegister.ts';
import type { sealRegistrationEntry } from '#templates/datasets/sealRegistration.ts';
import type { taxRecordEntry } from '#templates/datasets/taxation.ts';
import type { taxPaymentEntry } from '#templates/datasets/taxPayment.ts';

export interface FeedParts {
  readonly households?: readonly z.input<typeof householdEntry>[];
  readonly residents?: readonly z.input<typeof residentEntry>[];
  readonly links?: readonly z.input<typeof certificateLinkEntry>[];
  readonly restrictions?: readonly z.input<typeof restrictionEntry>[];
  readonly seals?: readonly z.input<typeof sealRegistrationEntry>[];
  readonly taxRecords?: readonly z.input<typeof taxRecordEntry>[];
  readonly taxPayments?: readonly z.input<typeof taxPaymentEntry>[];
  readonly familyRegisters?: readonly z.input<typeof familyRegisterEntry>[];
  readonly addressHistories?: readonly z.input<typeof addressHistoryEntry>[];
}

const PARTS: Readonly<Record<FeedEntity, keyof FeedParts>> = {
  household: 'households',
  resident: 'residents',
  seal: 'seals',
  'tax-record': 'taxRecords',
  'tax-payment': 'taxPayments',
  'family-register': 'familyRegisters',
  'address-history': 'addressHistories',
  restriction: 'restrictions',
  'certificate-link': 'links',
};

export type Row = Readonly<Record<string, unknown>>;
export interface EntityRow {
  readonly entity: FeedEntity;
  readonly row: Row;
}

/** Registers in the order in which their rows can stand. */
export const feedRegisters = Object.keys(registerEntities) as FeedRegister[];

export interface MunicipalRows {
  readonly municipality: string;
  readonly register: FeedRegister;
  readonly rows: readonly EntityRow[];
}

/** `homeOf`: a resident's municipality, for rows that do not name theirs; `otherwise` where nobody knows it. */
export function byMunicipality(
  parts: FeedParts,
  homeOf: (residentId: string) => string | undefined,
  otherwise: string,
): readonly MunicipalRows[] {
  const homes = new Map((parts.households ?? []).map((home) => [home.householdId, home.municipality]));
  const own = new Map(
    (parts.residents ?? []).map((entry) => [entry.residentId, homes.get(entry.householdId)]),
  );
  const municipalityOf = (row: Row): string => {
    if (typeof row['municipality'] === 'string') return row['municipality'];
    const home = homes.get(String(row['householdId'])) ?? own.get(String(row['residentId']));
    return home ?? homeOf(String(row['residentId'])) ?? otherwise;
  };
  const found = new Map<string, { municipality: string; register: FeedRegister; rows: EntityRow[] }>();
  for (const register of feedRegisters) {
    for (const entity of registerEntities[register]) {
      for (const row of (parts[PARTS[entity]] ?? []) as readonly Row[]) {
        const municipality = municipalityOf(row);
        const key = `${register} ${municipality}`;
        const group = found.get(key) ?? { municipality, register, rows: [] };
        group.rows.push({ entity, row });
        found.set(key, group);
      }
    }
  }
  return [...found.values()];
}

export interface LoadOrder {
  readonly stream: string;
  readonly seq: number;
  /** of every row */
  readonly version: number;
  /** milliseconds */
  readonly until: number;
}

/** A full load as NDJSON. */
export function loadText(rows: readonly EntityRow[], { stream, seq, version, until }: LoadOrder): string {
  const header = { kind: 'load', stream, seq, count: rows.length, until: new Date(until).toISOString() };
  const lines = rows.map(({ entity, row }) => ({ entity, version, row }));
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}
