/**
 * What a touch on the Japanese keyboard costs: candidates for every beginning of the demo's towns and names, of each kana and
 * each pair of kana, over all the words of the build and a municipality of three hundred 町字. CPU time of this process, so
 * that a busy machine does not change it.
 */
import { loadTemplates } from '#templates/load.ts';
import { civilMoment } from '#templates/civilTime.ts';
import { demoFamilyRegisters } from '#simulators/municipality/familyRegisters.ts';
import { demoMunicipalities } from '#simulators/municipality/residents.ts';
import { makeEngine, type Engine, type Town } from '../../renderer/keyboard/engine.ts';
import { inHiragana } from '../../renderer/keyboard/kana.ts';
import { openLexicon } from '../../renderer/keyboard/lexicon.ts';
import { builtWords } from '../keyboard/builtWords.ts';

export interface KeyboardFigures {
  /** 99 of 100 touches have their candidates within this */
  readonly keyboardCandidatesMs: number;
  readonly keyboardWorstMs: number;
}

const KANA = [
  ...'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわがぎぐげござじずぜぞだばびぶべぼ',
];
const MUCH_TYPED = [
  'みほんだい3ちょうめ12ばんち',
  'おおあざれいじあざためしだいらだい3ちわり45ばんちの6',
  'とうきょうとちよだくかすみがせき2ちょうめ1ばん2ごう',
  'わたなべこうたろうのすけ',
];
const TOWNS = 300;

/** Every question once to warm up, then once measured. */
export function benchKeyboard(): KeyboardFigures {
  const lexicon = openLexicon(builtWords());
  const towns = manyTowns();
  const engines: readonly Engine[] = [makeEngine(lexicon, 'address', towns), makeEngine(lexicon, 'name')];
  const ask = readings(towns);
  const costs: number[] = [];
  for (const measured of [false, true]) {
    for (const engine of engines) {
      for (const reading of ask) {
        const cost = cpuMs(() => engine.suggest(reading, ''));
        if (measured) costs.push(cost);
      }
      for (const reading of MUCH_TYPED) {
        const cost = cpuMs(() => engine.convert(reading, ''));
        if (measured) costs.push(cost);
      }
    }
  }
  costs.sort((left, right) => left - right);
  return {
    keyboardCandidatesMs: costs[Math.floor(costs.length * 0.99)]!,
    keyboardWorstMs: costs[costs.length - 1]!,
  };
}

function cpuMs(act: () => unknown): number {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function manyTowns(): readonly Town[] {
  const profiles = loadTemplates().profiles;
  const own = demoMunicipalities.flatMap((code) => profiles.get(code)?.value.towns ?? []);
  return Array.from({ length: TOWNS }, (_, index) => {
    const { name, reading } = own[index % own.length]!;
    const kana = KANA[index % KANA.length]!;
    return { name: `${kana}${name}`, reading: `${kana}${reading}` };
  });
}

function readings(towns: readonly Town[]): readonly string[] {
  const registers = demoFamilyRegisters(civilMoment(Date.now()).date);
  const names = registers.flatMap(({ familyNameFurigana, members }) => [
    familyNameFurigana ?? '',
    ...members.map(({ givenNameFurigana }) => givenNameFurigana ?? ''),
  ]);
  const whole = [...names.map(inHiragana), ...towns.map(({ reading }) => reading)];
  const beginnings = whole.flatMap((reading) => [...reading].map((_, index) => reading.slice(0, index + 1)));
  const pairs = KANA.flatMap((first) => KANA.map((second) => first + second));
  return [...new Set([...KANA, ...pairs, ...beginnings, ...MUCH_TYPED])].filter((reading) => reading !== '');
}
