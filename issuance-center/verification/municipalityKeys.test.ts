import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { municipalityCode } from '#templates/vocabulary.ts';
import { publishedKey } from '../contract/verification.ts';
import { openFronts } from './front/openFront.ts';
import { addMunicipalityKey, municipalityKeys } from './municipalityKeys.ts';
import { signFront } from './signedFront.ts';
import { day, twoPages } from './verification.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'municipality-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [mihon, tameshi] = ['992011', '992020'].map((code) => municipalityCode.parse(code)) as [
  ReturnType<typeof municipalityCode.parse>,
  ReturnType<typeof municipalityCode.parse>,
];
const today = day('2026-11-21');
const publishedOf = (keys: ReturnType<typeof municipalityKeys>) =>
  keys.published().map((key) => publishedKey.parse({ ...key, municipalityName: '架空県みほん市' }));

describe("municipalities' keys", () => {
  it('are made once, one for each, for our eyes only', () => {
    const first = municipalityKeys(folder, [mihon, tameshi]);
    const again = municipalityKeys(folder, [mihon, tameshi]);
    expect(again.published()).toEqual(first.published());
    expect(first.keyOf(mihon, today).id).not.toBe(first.keyOf(tameshi, today).id);
    const files = readdirSync(join(folder, 'municipality-keys'));
    expect(files).toHaveLength(2);
    for (const file of files) expect(statSync(join(folder, 'municipality-keys', file)).mode & 0o077).toBe(0);
  });

  it('nothing private is published', () => {
    const text = JSON.stringify(publishedOf(municipalityKeys(folder, [mihon])));
    expect(text).not.toMatch(/"d"|PRIVATE/);
  });

  it('a new key takes over on its day; what the old one signed stays genuine', async () => {
    const before = municipalityKeys(folder, [mihon]).keyOf(mihon, today);
    const old = signFront(twoPages, before).flat();
    const id = addMunicipalityKey(folder, mihon, day('2027-01-01'), today);
    const keys = municipalityKeys(folder, [mihon]);
    expect(keys.keyOf(mihon, day('2026-12-31')).id).toBe(before.id);
    expect(keys.keyOf(mihon, day('2027-01-01')).id).toBe(id);
    expect(keys.published().filter(({ municipality }) => municipality === mihon)).toMatchObject([
      { kid: before.id, from: null, until: '2026-12-31' },
      { kid: id, from: '2027-01-01', until: null },
    ]);
    expect((await openFronts(old, publishedOf(keys))).kind).toBe('genuine');
    const late = signFront({ ...twoPages, issueDate: '2027-01-01' }, before).flat();
    expect((await openFronts(late, publishedOf(keys))).kind).toBe('forged');
  });

  it('a running center signs with a new key from its first day on, so that nothing genuine is called forged', async () => {
    const running = municipalityKeys(folder, [tameshi]);
    const before = running.keyOf(tameshi, today).id;
    const id = addMunicipalityKey(folder, tameshi, day('2026-11-22'), today);
    expect(running.keyOf(tameshi, today).id).toBe(before);
    const next = running.keyOf(tameshi, day('2026-11-22'));
    expect(next.id).toBe(id);
    expect(running.published()).toEqual(municipalityKeys(folder, []).published());
    const content = { ...twoPages, municipality: tameshi, issueDate: '2026-11-22' };
    const verdict = await openFronts(signFront(content, next).flat(), publishedOf(running));
    expect(verdict.kind).toBe('genuine');
  });

  it('a key cannot take over on a day the old one has signed on', () => {
    const own = mkdtempSync(join(folder, 'own-'));
    municipalityKeys(own, [mihon]);
    for (const from of [today, day('2026-11-20')]) {
      expect(() => addMunicipalityKey(own, mihon, from, today)).toThrow(/tomorrow at the earliest/);
    }
  });

  it('a day that is taken, or a municipality nobody knows, is refused', () => {
    expect(() => addMunicipalityKey(folder, mihon, day('2027-01-01'), today)).toThrow(/later day/);
    const stranger = municipalityCode.parse('993018');
    expect(() => addMunicipalityKey(folder, stranger, day('2027-01-01'), today)).toThrow(/no key yet/);
    expect(() => municipalityKeys(folder, []).keyOf(stranger, today)).toThrow(RangeError);
  });
});
