import { describe, expect, it } from 'vitest';
import { sealRegistrationSource } from '#templates/datasets/sealRegistration.ts';
import { ageOn } from '#templates/civilTime.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { demoRegisters } from './residents.ts';
import { demoSeals } from './seals.ts';
import { sealDesigns } from './seals/designs.ts';

const TODAY = civilDate.parse('2026-11-20');
const seals = demoSeals(TODAY);
const { residents, households } = demoRegisters(TODAY);
const residentOf = (id: string) => residents.find(({ residentId }) => residentId === id)!;
const householdOf = (id: string) =>
  households.find(({ householdId }) => householdId === residentOf(id).householdId)!;

function found(id: string) {
  const seal = seals.find(({ residentId }) => residentId === id);
  const rows = { household: householdOf(id), residents, seal };
  return sealRegistrationSource.find(rows, { holder: residentOf(id).residentId, today: TODAY });
}

describe('demo seal registers', () => {
  it('one row a resident, in the municipality of the address, from the age of 15 on', () => {
    expect(new Set(seals.map(({ residentId }) => residentId)).size).toBe(seals.length);
    for (const { residentId, municipality, registeredOn, cancelledOn } of seals) {
      const { birthDate, becameResidentOn, status } = residentOf(residentId);
      expect(municipality, residentId).toBe(householdOf(residentId).municipality);
      expect(registeredOn >= becameResidentOn && registeredOn <= TODAY, residentId).toBe(true);
      expect(ageOn(birthDate, registeredOn), residentId).toBeGreaterThanOrEqual(15);
      // death and moving away end a registration on the same day
      if (status !== 'active') expect(cancelledOn, residentId).toBe(residentOf(residentId).statusSince);
    }
  });

  it('a katakana name is a foreign resident’s', () => {
    const foreign = seals.filter(({ katakanaName }) => katakanaName !== undefined);
    expect(foreign.length).toBeGreaterThan(0);
    expect(foreign.filter(({ residentId }) => !residentOf(residentId).foreign)).toEqual([]);
  });

  it.each(['five-person-head', 'six-person-wife', 'no-seal', 'sakura'])('%s', (id) => {
    const expected =
      id === 'sakura' ? { kind: 'found' } : { kind: 'withheld', reason: 'seal-not-registered' };
    expect(found(id)).toMatchObject(expected);
  });

  it('two residents of one name and birth date have different seals', () => {
    const imprints = ['same-name-1', 'same-name-2'].map((id) => {
      const outcome = found(id);
      return outcome.kind === 'found' ? outcome.value.imprint.png : id;
    });
    expect(imprints[0]).toMatch(/^iVBOR/);
    expect(imprints[0]).not.toBe(imprints[1]);
  });

  it('every design is used, at its size', () => {
    const widths = new Set(seals.map(({ imprint }) => Buffer.from(imprint.png, 'base64').readUInt32BE(16)));
    const designed = sealDesigns.map(({ widthMm }) => Math.round((widthMm / 25.4) * 600));
    expect(new Set(designed)).toEqual(widths);
  });
});
