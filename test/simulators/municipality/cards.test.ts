import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { municipalFonts } from '#center/documents/municipalFonts.ts';
import { addDays, instantOf } from '#templates/civilTime.ts';
import { residentRecordSource } from '#templates/datasets/residentRecordSource.ts';
import { eligibility } from '#templates/eligibility.ts';
import { certificateKind } from '#templates/kindSchema.ts';
import { loadTemplates } from '#templates/load.ts';
import { noticeByCode } from '#templates/notices/notices.ts';
import { municipalityProfile } from '#templates/profileSchema.ts';
import { serviceState } from '#templates/serviceHours.ts';
import { civilDate, registerIds } from '#templates/vocabulary.ts';
import { demoCards, demoCardStates, type DemoCard } from './cards.ts';
import { demoRegisters } from './residents.ts';

const TODAY = civilDate.parse('2026-11-20');
const templates = new URL('../../../certificate-templates/', import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, templates), 'utf8'));
const kind = certificateKind.parse(read('kinds/resident-record-copy.json'));
const fonts = municipalFonts(openCertificateFont(loadFonts()), loadTemplates());
const profile = municipalityProfile.parse(read('profiles/992011.json'));
const NOW = instantOf(TODAY, 12 * 60);
const { households, residents, restrictions } = demoRegisters(TODAY);

/** What the center would decide on this card's resident, whatever the state of the card is. */
function decision({ residentId, registeredDaysAgo }: DemoCard) {
  const own = residents.find((entry) => entry.residentId === residentId)!;
  const household = households.find(({ householdId }) => householdId === own.householdId)!;
  const registered = registeredDaysAgo === null ? undefined : addDays(TODAY, -registeredDaysAgo);
  const rows = { household, residents: residents.filter((entry) => entry.householdId === own.householdId) };
  const fedUntil = new Map(registerIds.map((id) => [id, NOW] as const));
  return eligibility({
    kind,
    applicant: { residentId, cardRegisteredOn: registered },
    residents: rows.residents,
    householdId: household.householdId,
    outcome: residentRecordSource.find(rows, { holder: own.residentId, today: TODAY }),
    ages: { registers: ['resident'], limits: profile.feedLimits, fedUntil, now: NOW },
    restrictions: {
      held: false,
      protectedResidents: new Set(restrictions.map((restriction) => restriction.residentId)),
      canBeDrawn: (text) => fonts(household.municipality).canDraw(text).kind === 'drawable',
    },
    today: TODAY,
  });
}

describe('demo cards', () => {
  it('ids, PINs and passwords are well-formed and shared by no two cards', () => {
    for (const key of ['id', 'pin', 'password'] as const) {
      expect(new Set(demoCards.map((card) => card[key])).size).toBe(demoCards.length);
    }
    expect(demoCards.filter(({ pin }) => !/^\d{4}$/.test(pin))).toEqual([]);
    expect(demoCards.filter(({ password }) => !/^[A-Z0-9]{6,16}$/.test(password))).toEqual([]);
    expect(demoCards.filter(({ id }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it('every state of a card has one', () => {
    expect(new Set(demoCards.map(({ state }) => state))).toEqual(new Set(demoCardStates));
  });

  it('every card belongs to a resident, and an unregistered one to nobody in the center', () => {
    const ids = new Set(residents.map(({ residentId }) => residentId));
    expect(demoCards.filter(({ residentId }) => !ids.has(residentId))).toEqual([]);
    const untied = demoCards.filter(({ registeredDaysAgo }) => registeredDaysAgo === null);
    expect(untied.map(({ state }) => state)).toEqual(['unregistered']);
  });

  it.each(
    demoCards
      .filter(({ state }) => ['valid', 'no-signature-certificate'].includes(state))
      .map((card) => [card.id, card.note, card] as const),
  )('%s: %s', (_, __, card) => {
    const decided = decision(card);
    expect(decided.kind === 'eligible' ? 'issued' : decided.notice).toBe(card.outcome);
  });

  it('behind a card that is refused stands an eligible resident: the refusal shows the card alone', () => {
    const refused = demoCards.filter(({ state }) => !['valid', 'no-signature-certificate'].includes(state));
    expect(refused.filter((card) => decision(card).kind !== 'eligible')).toEqual([]);
    for (const { outcome } of refused) {
      expect(outcome).not.toBe('issued');
      if (outcome !== 'issued')
        expect(['card', 'certificate', 'identity']).toContain(noticeByCode(outcome).group);
    }
  });

  it('most cards can be shown at any hour, at least one meets closed hours', () => {
    const atNight = instantOf(TODAY, 3 * 60);
    const openAtNight = ['992011', '992020', '993018'].map((code) => {
      const profile = municipalityProfile.parse(read(`profiles/${code}.json`));
      return serviceState(profile, kind.id, atNight).kind;
    });
    expect(openAtNight).toEqual(['open', 'closed', 'closed']);
  });
});
