/** A 本籍 of twenty characters in less than forty touches: those of the demo, long ones, and without a list of 町字. */
import { describe, expect, it } from 'vitest';
import { loadTemplates } from '#templates/load.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { demoFamilyRegisters } from '#simulators/municipality/familyRegisters.ts';
import { demoMunicipalities } from '#simulators/municipality/residents.ts';
import { makeEngine, type Town } from '../../renderer/keyboard/engine.ts';
import type { EditRules } from '../../renderer/keyboard/editing.ts';
import { openLexicon } from '../../renderer/keyboard/lexicon.ts';
import { builtWords } from './builtWords.ts';
import { write, type KnownWord } from './resident.ts';

const MOST_TOUCHES = 39;
const profiles = loadTemplates().profiles;
const lexicon = openLexicon(builtWords());
const rulesWith = (towns: readonly Town[]): EditRules => ({
  engine: makeEngine(lexicon, 'address', towns),
  longest: 60,
});

interface Domicile {
  readonly whole: string;
  /** without prefecture and municipality, which the resident has chosen before */
  readonly typed: string;
  readonly towns: readonly Town[];
}

const domiciles: readonly Domicile[] = demoMunicipalities.flatMap((code) => {
  const profile = profiles.get(code)!.value;
  const place = profile.prefecture + profile.name;
  const all = demoFamilyRegisters(civilDate.parse('2026-11-26'))
    .filter(({ municipality }) => municipality === code)
    .map(({ domicile }) => domicile);
  return [...new Set(all)].map((whole) => {
    if (!whole.startsWith(place)) throw new Error(`${whole} is not in ${place}`);
    return { whole, typed: whole.slice(place.length), towns: profile.towns ?? [] };
  });
});

/** The town the resident reads, and the numbers behind it. */
function partsOf(typed: string, towns: readonly Town[]): readonly (KnownWord | string)[] {
  const town = towns
    .filter(({ name }) => typed.startsWith(name))
    .sort((left, right) => right.name.length - left.name.length)[0];
  if (!town) throw new Error(`no town of ${typed}`);
  const rest = typed.slice(town.name.length);
  const [, before, digits] = /^(第?)(.*)$/.exec(rest)!;
  const number = before === '' ? [] : [{ text: '第', reading: 'だい' }];
  return [{ text: town.name, reading: town.reading }, ...number, digits!].filter((part) => part !== '');
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)]!;
}

describe('touches for a 本籍', () => {
  it('of the three demo municipalities', () => {
    const written = domiciles.map(({ typed, towns }) => {
      const { text, touches } = write(partsOf(typed, towns), rulesWith(towns));
      expect(text).toBe(typed);
      return touches;
    });
    expect(written.length).toBeGreaterThanOrEqual(30);
    expect(median(written)).toBeLessThanOrEqual(MOST_TOUCHES);
    expect(Math.max(...written)).toBeLessThanOrEqual(MOST_TOUCHES);
  });

  it('of twenty characters and more, all of them typed', () => {
    const towns = profiles.get(demoMunicipalities[2]!)!.value.towns!;
    const long = [
      '大字例示字試平第3地割145番地の16',
      '大字例示字試平第12地割345番地の6',
      '大字架空字見本平第12地割1345番地の26',
    ];
    for (const typed of long) {
      expect([...typed].length).toBeGreaterThanOrEqual(19);
      const { text, touches } = write(partsOf(typed, towns), rulesWith(towns));
      expect(text).toBe(typed);
      expect(touches).toBeLessThanOrEqual(MOST_TOUCHES);
    }
  });

  it('with prefecture and municipality typed too, as twenty characters from an empty field', () => {
    const places: Readonly<Record<string, readonly KnownWord[]>> = {
      '992011': [
        { text: '架空', reading: 'かくう' },
        { text: '県', reading: 'けん' },
        { text: 'みほん', reading: 'みほん' },
        { text: '市', reading: 'し' },
      ],
    };
    const long = domiciles.filter(
      ({ whole, towns }) => whole.startsWith('架空県みほん市') && towns.length > 0,
    );
    for (const { whole, typed, towns } of long) {
      const parts = [...places['992011']!, ...partsOf(typed, towns)];
      const { text, touches } = write(parts, rulesWith(towns));
      expect(text).toBe(whole);
      expect(touches).toBeLessThanOrEqual(MOST_TOUCHES);
    }
  });

  it('where the municipality has given no 町字: real names from the dictionary', () => {
    const real: readonly (readonly (KnownWord | string)[])[] = [
      [{ text: '霞が関', reading: 'かすみがせき' }, '一丁目2番地3'],
      [{ text: '西新宿', reading: 'にししんじゅく' }, '二丁目8番地'],
      [{ text: '南青山', reading: 'みなみあおやま' }, '五丁目11番地22'],
      [{ text: '桜丘', reading: 'さくらがおか' }, '三丁目26番地'],
      [{ text: '本町', reading: 'ほんちょう' }, '四丁目5番地の6'],
      [{ text: '旭町', reading: 'あさひまち' }, '1234番地'],
      [{ text: '神田', reading: 'かんだ' }, { text: '神保町', reading: 'じんぼうちょう' }, '一丁目105番地'],
    ];
    for (const parts of real) {
      const { touches } = write(parts, rulesWith([]));
      expect(touches).toBeLessThanOrEqual(MOST_TOUCHES);
    }
  });
});
