import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../civilTime.ts';
import { feeOn } from '../fees.ts';
import { certificateKind } from '../kindSchema.ts';
import { inForceOn, municipalityProfile } from '../profileSchema.ts';
import { serviceState } from '../serviceHours.ts';
import { certificateKindId, civilDate } from '../vocabulary.ts';

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.json'));
const profiles = files.map((name) => municipalityProfile.parse(read(name)));
const named = (code: string) => profiles.find(({ municipality }) => municipality === code)!;
const RECORD = certificateKindId.parse('resident-record-copy');
const day = (text: string) => civilDate.parse(text);
const stateAt = (code: string, date: string, hour: number) =>
  serviceState(named(code), RECORD, instantOf(day(date), hour * 60));

describe('municipality profiles', () => {
  it('three fictional municipalities, each in the file of its code', () => {
    expect(files).toEqual(['992011.json', '992020.json', '993018.json']);
    expect(profiles.map(({ municipality }) => `${municipality}.json`)).toEqual(files);
    // prefecture 99 is never allocated
    expect(
      profiles.every(
        ({ municipality, prefecture }) => municipality.startsWith('99') && prefecture === '架空県',
      ),
    ).toBe(true);
  });

  it('町字 have a reading in hiragana, and stand in the list once', () => {
    const base = read('992011.json') as { towns: object[] };
    expect(named('992011').towns?.length).toBeGreaterThan(5);
    const faults = (towns: object[]) => {
      const { error } = municipalityProfile.safeParse({ ...base, towns });
      return error?.issues.map(({ path }) => path.join('.')) ?? [];
    };
    const town = { name: '見本台', reading: 'みほんだい' };
    expect(faults([town, { ...town, reading: 'みほんたい' }])).toEqual([]);
    expect(faults([town, town])).toEqual(['towns.1']);
    expect(faults([{ ...town, reading: 'ミホンダイ' }])).toEqual(['towns.0.reading']);
    expect(faults([{ ...town, reading: '' }])).toEqual(['towns.0.reading']);
  });

  it('every option and extent a profile allows is declared by the kind', () => {
    for (const { kinds } of profiles) {
      for (const entry of kinds) {
        const kind = certificateKind.parse(read(`../kinds/${entry.kind}.json`));
        expect(kind.options.map(({ id }) => id)).toEqual(expect.arrayContaining(entry.options));
        expect(kind.extents.map(({ id }) => id)).toEqual(expect.arrayContaining(entry.extents ?? []));
        expect(entry.options, '住民票コード is off unless a municipality wants it').not.toContain(
          'resident-record-code',
        );
      }
    }
  });

  it('head and seal change together when a deputy acts, and back', () => {
    const { head, seal } = named('992020');
    const on = (date: string) => [
      inForceOn(head, day(date))!.deputy?.name,
      inForceOn(seal, day(date))!.image,
    ];
    expect(on('2026-10-31')).toEqual([undefined, '992020.png']);
    expect(on('2026-11-01')).toEqual(['試　次郎', '992020-deputy.png']);
    expect(on('2027-02-01')).toEqual([undefined, '992020.png']);
  });

  it('みほん市 issues at any time, so that a demo works at night', () => {
    for (const date of ['2026-01-01', '2026-05-03', '2026-11-20', '2026-12-31']) {
      for (const hour of [0, 3, 12, 23]) {
        expect(stateAt('992011', date, hour)).toEqual({ kind: 'open', closesAt: null });
      }
    }
  });

  it('ためし市: 6:30 to 23:00, closed around the new year, no 個人番号, fees that change', () => {
    expect(stateAt('992020', '2026-11-20', 7).kind).toBe('open');
    expect(stateAt('992020', '2026-11-20', 6)).toMatchObject({
      notice: 'SERV-01',
      until: '2026-11-20T06:30:00+09:00',
    });
    expect(stateAt('992020', '2026-12-31', 12)).toMatchObject({
      notice: 'SERV-02',
      until: '2027-01-04T06:30:00+09:00',
    });
    expect(named('992020').kinds[0]!.options).not.toContain('individual-number');
    const fees = ['2026-09-30', '2026-10-01', '2027-04-01'].map((date) =>
      feeOn(named('992020'), RECORD, day(date)),
    );
    expect(fees).toEqual([300, 250, 150]);
  });

  it('戸籍: at any time, on weekdays 9-17, or 8:30-17:15; the 附票 may be open longer than the 戸籍', () => {
    const kindAt = (code: string, kind: string, time: string) =>
      serviceState(named(code), certificateKindId.parse(kind), Date.parse(`2026-11-${time}+09:00`)).kind;
    expect(kindAt('992011', 'family-register-full', '22T03:00')).toBe('open'); // Sunday
    const opens = (code: string) =>
      ['20T08:29', '20T08:30', '20T09:00', '20T16:59', '20T17:14', '20T17:15', '21T12:00', '23T12:00'].map(
        (time) => kindAt(code, 'family-register-full', time) === 'open',
      );
    expect(opens('992020')).toEqual([false, false, true, true, false, false, false, false]);
    expect(opens('993018')).toEqual([false, true, true, true, true, false, false, false]);
    expect(kindAt('992020', 'family-register-individual', '21T12:00')).toBe('closed'); // Saturday
    expect(kindAt('992020', 'family-register-address-copy', '21T12:00')).toBe('open');
    const fees = ['2026-09-30', '2026-10-01'].map((date) =>
      feeOn(named('992020'), certificateKindId.parse('family-register-full'), day(date)),
    );
    expect(fees).toEqual([450, 350]);
    const offered = (code: string) => named(code).kinds.map(({ kind }) => kind);
    expect(offered('993018').filter((kind) => kind.startsWith('family-register'))).toEqual([
      'family-register-full',
    ]);
  });

  it('見本町: shorter weekends, shorter 祝日, maintenance to the minute', () => {
    expect(stateAt('993018', '2026-11-20', 21).kind).toBe('open'); // Friday
    expect(stateAt('993018', '2026-11-21', 21)).toMatchObject({
      notice: 'SERV-01',
      until: '2026-11-22T08:45:00+09:00',
    });
    expect(stateAt('993018', '2026-11-23', 18)).toMatchObject({ notice: 'SERV-01' }); // 勤労感謝の日
    expect(stateAt('993018', '2026-12-13', 9)).toMatchObject({
      notice: 'SERV-03',
      until: '2026-12-13T12:00:00+09:00',
    });
  });
});
