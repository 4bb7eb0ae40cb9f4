import { describe, expect, it } from 'vitest';
import type { DomicileMunicipality } from '../../../contract/domicileApplication.ts';
import { found } from './findPlaces.ts';

const place = (code: string, name: string, reading: string): DomicileMunicipality => ({
  code: code as DomicileMunicipality['code'],
  prefecture: '架空県',
  name,
  reading,
  closed: null,
});
const PLACES = [
  place('992011', 'みほん市', 'みほんし'),
  place('993018', '見本郡見本町', 'みほんぐんみほんちょう'),
  place('992020', 'ためし市', 'ためしし'),
  place('994000', '無読市', ''),
];
const namesOf = (typed: string) => found(PLACES, typed).shown.map(({ name }) => name);

describe('the municipalities of a search', () => {
  it('are all of them while nothing is typed, without a reading last', () => {
    expect(namesOf('')).toEqual(['みほん市', 'ためし市', '見本郡見本町', '無読市']);
  });
  it.each([
    ['ためし', ['ためし市']],
    ['タメ', ['ためし市']],
    ['見本', ['見本郡見本町']],
    ['架空県見本郡', ['見本郡見本町']],
    ['ちょう', ['見本郡見本町']],
    ['どこにもない', []],
  ])('%s', (typed, names) => expect(namesOf(typed)).toEqual(names));

  it('are counted where there are too many to show', () => {
    const many = Array.from({ length: 70 }, (_, index) => place(String(100000 + index), `市${index}`, 'し'));
    const { shown, more } = found(many, '');
    expect([shown.length, more]).toEqual([60, 10]);
  });
});
