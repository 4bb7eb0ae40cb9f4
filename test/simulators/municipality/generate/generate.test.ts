import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { parseLoadLine, type FeedRow } from '#center/registers/parseLines.ts';
import type { FamilyRegisterEntry } from '#templates/datasets/familyRegisterEntry.ts';
import type { ResidentEntry } from '#templates/datasets/residentRegister.ts';
import { civilDate, type MunicipalityCode } from '#templates/vocabulary.ts';
import { feedRegisters } from '../feedParts.ts';
import { householdOf } from './household.ts';
import { townOf } from './town.ts';
import { writeRegisters } from './writeRegisters.ts';

const TODAY = civilDate.parse('2026-11-20');
const UNTIL = Date.parse('2026-11-20T00:00:00+09:00');
const town = townOf('992011' as MunicipalityCode);
const folder = mkdtempSync(join(tmpdir(), 'generate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, residents: number, seed = 7) =>
  writeRegisters({ town, residents, seed, folder: join(folder, name), today: TODAY, until: UNTIL });
const without1st = (file: string) => readFileSync(file, 'utf8').split('\n').slice(1).join('\n');

describe('a generated municipality', () => {
  it('has no row that the door refuses, and none that cannot be printed', async () => {
    const written = await write('whole', 1_500);
    const { canDraw } = openCertificateFont(loadFonts());
    for (const register of feedRegisters) {
      const [header, ...lines] = readFileSync(written.files[register], 'utf8').trimEnd().split('\n');
      expect(JSON.parse(header!)).toMatchObject({ kind: 'load', seq: 0, count: lines.length });
      expect(lines).toHaveLength(written.rows[register]);
      const context = { municipality: town.code, register, canDraw };
      const faults = lines.flatMap((line, index) => {
        const parsed = parseLoadLine(context, line, index + 2);
        return [...parsed.faults, ...parsed.undrawable];
      });
      expect(faults).toEqual([]);
    }
  });

  it('is the same for the same seed, and another for another', async () => {
    const [first, again, other] = [await write('a', 200), await write('b', 200), await write('c', 200, 8)];
    for (const register of feedRegisters) {
      expect(without1st(again.files[register])).toBe(without1st(first.files[register]));
    }
    expect(without1st(other.files.resident)).not.toBe(without1st(first.files.resident));
  });

  it('agrees with itself over its registers', () => {
    const canDraw = () => ({ kind: 'drawable' as const });
    const parsed = (register: 'resident' | 'family-register', entity: string, row: object): FeedRow['row'] =>
      parseLoadLine(
        { municipality: town.code, register, canDraw },
        JSON.stringify({ entity, version: 1, row }),
        2,
      ).row!.row;
    const seen = { registers: 0, awkward: new Set<string>() };
    for (let number = 1; number <= 1_200; number += 1) {
      const { parts } = householdOf(town, 3, number, TODAY);
      const people = parts.residents!.map(
        (row) => parsed('resident', 'resident', row) as unknown as ResidentEntry,
      );
      const ids = people.map(({ residentId }) => residentId as string);
      for (const row of [...parts.seals!, ...parts.links!, ...parts.taxRecords!, ...parts.taxPayments!]) {
        expect(ids).toContain(row.residentId);
      }
      for (const row of parts.familyRegisters ?? []) {
        seen.registers += 1;
        const register = parsed('family-register', 'family-register', row) as unknown as FamilyRegisterEntry;
        for (const member of register.members.filter(({ residentId }) => residentId)) {
          const person = people.find(({ residentId }) => residentId === member.residentId)!;
          expect(person.name).toBe(`${register.familyName}　${member.givenName}`);
          expect(person.birthDate).toBe(member.birthDate);
          expect(person.registeredDomicile?.address).toBe(register.domicile);
        }
      }
      for (const kind of awkwardOf(people, parts.restrictions!.length)) seen.awkward.add(kind);
    }
    expect(seen.registers).toBeGreaterThan(500);
    expect([...seen.awkward].sort()).toEqual(
      [
        'deceased',
        'foreign',
        'former-name',
        'moved-out',
        'moving-out',
        'pending',
        'protected',
        'under-15',
      ].sort(),
    );
  });

  it('leaves no file behind when it is stopped', async () => {
    const stop = new AbortController();
    const order = {
      town,
      residents: 50_000,
      seed: 1,
      folder: join(folder, 'stopped'),
      today: TODAY,
      until: UNTIL,
    };
    const stopped = writeRegisters({
      ...order,
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(readdirSync(join(folder, 'stopped'))).toEqual([]);
  });
});

function awkwardOf(people: readonly ResidentEntry[], restrictions: number): readonly string[] {
  return [
    ...(restrictions > 0 ? ['protected'] : []),
    ...people.flatMap((person) => [
      ...(person.status === 'active' ? [] : [person.status]),
      ...(person.foreign ? ['foreign'] : []),
      ...(person.formerName ? ['former-name'] : []),
      ...(person.plannedMoveOutOn ? ['moving-out'] : []),
      ...(person.pendingProcedure ? ['pending'] : []),
      ...(person.birthDate > '2011-11-20' ? ['under-15'] : []),
    ]),
  ];
}
