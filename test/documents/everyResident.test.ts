/**
 * Every resident of the demo municipalities and every kind the registers can give them: each document is printed with all
 * options its municipality allows and held against the dataset. Awkward cases meet every form here.
 */
import { describe, expect, it } from 'vitest';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { createRenderer, type RenderRequest } from '#center/documents/renderer.ts';
import { composeRequest } from '#center/documents/request.ts';
import { demoAddressHistories, demoFamilyRegisters } from '#simulators/municipality/familyRegisters.ts';
import { demoRegisters } from '#simulators/municipality/residents.ts';
import { demoSeals } from '#simulators/municipality/seals.ts';
import { demoTaxPayments } from '#simulators/municipality/taxPayments.ts';
import { demoTaxRecords } from '#simulators/municipality/taxRecords.ts';
import type { ResidentEntry } from '#templates/datasets/residentRegister.ts';
import { sourceOf, type RegisterRows } from '#templates/datasets/sources.ts';
import { loadTemplates } from '#templates/load.ts';
import { inForceOn } from '#templates/profileSchema.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { findings } from './findings.ts';
import { wordsOf } from './pageText.ts';

const TODAY = civilDate.parse('2026-11-26');
const templates = loadTemplates();
const render = createRenderer(openCertificateFont(loadFonts()));

const { households, residents } = demoRegisters(TODAY);
const seals = demoSeals(TODAY);
const taxRecords = demoTaxRecords(TODAY);
const taxPayments = demoTaxPayments(TODAY);
const familyRegisters = demoFamilyRegisters(TODAY);
const addressHistories = demoAddressHistories(TODAY);

function rowsOf({ residentId, householdId }: ResidentEntry): RegisterRows {
  const household = households.find((entry) => entry.householdId === householdId)!;
  const here = ({ municipality }: { municipality: string }) => municipality === household.municipality;
  const own = (entry: { municipality: string; residentId: string }) =>
    here(entry) && entry.residentId === residentId;
  const familyRegister = familyRegisters
    .filter(here)
    .find(({ members }) => members.some((member) => member.residentId === residentId && !member.removed));
  const addressHistory = addressHistories
    .filter(here)
    .find(({ familyRegisterId }) => familyRegisterId === familyRegister?.familyRegisterId);
  return {
    household,
    residents: residents.filter((entry) => entry.householdId === householdId),
    seal: seals.find(own),
    taxRecords: taxRecords.filter(own),
    taxPayments: taxPayments.filter(own),
    familyRegister,
    addressHistory,
  };
}

interface Case {
  readonly name: string;
  readonly request: RenderRequest;
}

/** One document for each kind that the registers can give this resident. */
function casesOf(resident: ResidentEntry): Case[] {
  const rows = rowsOf(resident);
  const { municipality } = rows.household;
  const profile = templates.profiles.get(municipality)!.value;
  return profile.kinds.flatMap((entry) => {
    const kind = templates.kinds.get(entry.kind)!.value;
    const source = sourceOf(kind.dataset);
    const taxYear = entry.taxYears && inForceOn(entry.taxYears, TODAY)?.year;
    const outcome = source.find(rows, { holder: resident.residentId, today: TODAY, taxYear });
    if (outcome.kind === 'withheld') return [];
    const extents = entry.extents ?? kind.extents.map(({ id }) => id);
    const whole = extents.includes('whole');
    const self = outcome.persons.filter((person) => person.self).map(({ number }) => number);
    const composed = composeRequest(templates, {
      requestId: `${resident.residentId}.${kind.id}`,
      municipality,
      kind: kind.id,
      extent: whole ? 'whole' : 'self',
      include: entry.options,
      value: whole ? outcome.value : source.select(outcome.value, self),
      issueNumber: '7K3M-9QXA-2B4C-D5EF',
      issueDate: TODAY,
    });
    return composed.kind === 'composed' ? [{ name: kind.id, request: composed.request }] : [];
  });
}

const active = residents.filter(({ status }) => status === 'active');
/** Its private-use character has no glyph in its municipality: refused at the register's door and here again. */
const UNDRAWABLE = 'undrawable-character';

describe('each resident’s documents say what the registers say', () => {
  it.each(active.map((resident) => [resident.residentId, resident] as const))('%s', (id, resident) => {
    const cases = casesOf(resident);
    expect(cases.length).toBeGreaterThan(0);
    for (const { name, request } of cases) {
      const outcome = render(request);
      if (outcome.kind === 'refused') {
        expect([id, outcome.reason], name).toEqual([UNDRAWABLE, 'undrawable-character']);
        continue;
      }
      expect(findings(request, wordsOf(outcome.bytes)), name).toEqual([]);
    }
  });

  it('every kind of every municipality is among them', () => {
    const met = new Set(
      active.flatMap((resident) =>
        casesOf(resident).map(({ name }) => `${rowsOf(resident).household.municipality} ${name}`),
      ),
    );
    const offered = [...templates.profiles].flatMap(([code, { value }]) =>
      value.kinds.map(({ kind }) => `${code} ${kind}`),
    );
    expect(offered.filter((entry) => !met.has(entry))).toEqual([]);
  });
});
