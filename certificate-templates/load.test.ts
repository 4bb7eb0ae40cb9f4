import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadTemplates, templateDigest, templatesDirectory } from './load.ts';
import { profileFaults } from './profileChecks.ts';
import type { GridLayout } from './layoutSchema.ts';
import { municipalityProfile } from './profileSchema.ts';
import { readSealImage } from './sealImage.ts';
import { TemplateError, type TemplateFault } from './templateFault.ts';

type Json = Record<string, unknown>;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'templates-test-'));
  for (const part of ['kinds', 'layouts', 'profiles']) {
    cpSync(join(templatesDirectory, part), join(folder, part), { recursive: true });
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Rewrites one file of the copy. */
function change(file: string, edit: (json: Json) => void): void {
  const path = join(folder, file);
  const json = JSON.parse(readFileSync(path, 'utf8')) as Json;
  edit(json);
  writeFileSync(path, JSON.stringify(json));
}
const PROFILE = 'profiles/992011.json';
const LAYOUT = 'layouts/resident-record-copy.household.json';
const KIND = 'kinds/resident-record-copy.json';
const firstKind = (json: Json): Json => (json.kinds as Json[])[0]!;
const kindOf = (json: Json, id: string): Json => (json.kinds as Json[]).find(({ kind }) => kind === id)!;
const cells = (json: Json): Json[] => (json.persons as { cells: Json[] }).cells;

function faultsOf(): readonly TemplateFault[] {
  try {
    loadTemplates(folder);
  } catch (error) {
    if (error instanceof TemplateError) return error.faults;
    throw error;
  }
  return [];
}

describe('templates as shipped', () => {
  const templates = loadTemplates();

  it('load: kinds, their layouts, three municipalities, each with a seal of at least 400 dpi', () => {
    expect([...templates.kinds.keys()]).toContain('resident-record-copy');
    expect([...templates.profiles.keys()]).toEqual(['992011', '992020', '993018']);
    for (const { value: profile } of templates.profiles.values()) {
      expect(profileFaults(profile, templates)).toEqual([]);
      expect(templates.seals.get(profile.seal[0]!.image)!.value.width).toBeGreaterThanOrEqual(400);
    }
  });

  it('are frozen to the last cell', () => {
    const layout = templates.layouts.get('resident-record-copy.household')!.value as GridLayout;
    expect(() => ((layout.persons!.cells[0]!.box as number[])[0] = 9)).toThrow(TypeError);
    expect(() => ((templates.profiles.get('992011' as never)!.value as { name: string }).name = 'x')).toThrow(
      TypeError,
    );
  });

  it('have digests that follow the bytes of the files', () => {
    const copy = loadTemplates(folder);
    const digests = (of: typeof copy) =>
      [of.kinds, of.layouts, of.profiles].flatMap((map) => [...map.values()].map(({ digest }) => digest));
    expect(digests(copy)).toEqual(digests(templates));
    change(PROFILE, (json) => (json.name = 'みほん市（改）'));
    const changed = loadTemplates(folder);
    expect(changed.profiles.get('992011' as never)!.digest).not.toBe(
      copy.profiles.get('992011' as never)!.digest,
    );
    expect(changed.profiles.get('992020' as never)!.digest).toBe(
      copy.profiles.get('992020' as never)!.digest,
    );
    const [one, two] = [copy, changed].map((set) => templateDigest(...set.profiles.values()));
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(two).not.toBe(one);
  });
});

describe('a template that cannot be used names its file and its fault', () => {
  it.each<[string, string, (json: Json) => void, RegExp]>([
    [
      'an unknown key',
      PROFILE,
      (json) => (json.verification = false),
      /^profiles\/992011\.json: 知らない項目があります：verification$/,
    ],
    ['a wrong check digit', PROFILE, (json) => (json.municipality = '992012'), /団体コード/],
    [
      'another municipality’s file',
      PROFILE,
      (json) => (json.municipality = '992020'),
      /ファイルの名前が、中に書かれた 992020 と合いません/,
    ],
    [
      'an option the kind lacks',
      PROFILE,
      (json) => (firstKind(json).options as string[]).push('blood-type'),
      /kinds\.0\.options: resident-record-copy に項目 blood-type はありません/,
    ],
    [
      'an option twice',
      PROFILE,
      (json) => (firstKind(json).options = ['relationship', 'relationship']),
      /kinds\.0\.options: 同じ項目が2回/,
    ],
    [
      'an option that the layout prints nowhere',
      PROFILE,
      (json) => (kindOf(json, 'income-certificate').options = ['tax-amounts']),
      /kinds\.\d+\.options: income-certificate\.standard に、項目 tax-amounts の欄がありません/,
    ],
    [
      'a label of a field outside the dataset',
      PROFILE,
      (json) => (firstKind(json).labels = { income: '所得' }),
      /kinds\.0\.labels: データセット resident-record に項目 income はありません/,
    ],
    [
      'a layout that is not there',
      PROFILE,
      (json) => (firstKind(json).layout = 'resident-record-copy.single'),
      /kinds\.0\.layout: レイアウト resident-record-copy\.single のファイルがありません/,
    ],
    [
      'a seal that is not there',
      PROFILE,
      (json) => ((json.seal as Json[])[0]!.image = 'none.png'),
      /profiles\/seals\/none\.png: ファイルがありません/,
    ],
    [
      'a seal path that leaves the folder',
      PROFILE,
      (json) => ((json.seal as Json[])[0]!.image = '../992011.png'),
      /seal\.0\.image/,
    ],
    [
      'fees that do not ascend',
      PROFILE,
      (json) =>
        (firstKind(json).fees = [
          { from: '2025-01-01', fee: 1 },
          { from: '2024-01-01', fee: 1 },
        ]),
      /kinds\.0\.fees: 適用の日（from）は、古い順に/,
    ],
    [
      'no fee on the first day',
      PROFILE,
      (json) => (firstKind(json).fees = [{ from: '2099-01-01', fee: 1 }]),
      /kinds\.0\.fees: 交付を始める日（serviceStartsOn）に/,
    ],
    [
      'hours that close before they open',
      PROFILE,
      (json) =>
        (((firstKind(json).hours as Json[])[0]!.weekly as Json).monday = { opens: '23:00', closes: '06:30' }),
      /monday: 終わりの時刻が、始まりの時刻より前です/,
    ],
    [
      'a maintenance that ends before it begins',
      PROFILE,
      (json) => (json.maintenance = [{ kinds: 'all', from: '2026-01-02T00:00', to: '2026-01-01T00:00' }]),
      /maintenance\.0: 終わりが、始まりより前です/,
    ],
    [
      'a day that does not exist',
      PROFILE,
      (json) => (json.closedDays = [{ kind: 'date', on: '2026-02-30' }]),
      /closedDays\.0\.on: ない日付です/,
    ],
    [
      'an option that reveals no field',
      KIND,
      (json) => ((json.options as Json[])[0]!.reveals = ['income']),
      /項目 income はありません/,
    ],
    [
      'two options that reveal one field',
      KIND,
      (json) => ((json.options as Json[])[1]!.reveals = ['relationship']),
      /2つの選択肢/,
    ],
    ['a cell left out', LAYOUT, (json) => cells(json).splice(3, 1), /日本人の欄：.*升目が 6 個/],
    [
      'two cells in one place',
      LAYOUT,
      (json) => ((cells(json)[3]!.box as number[])[1] = 1),
      /重なっています/,
    ],
    [
      'a field outside the dataset',
      LAYOUT,
      (json) => (cells(json)[2]!.content = { kind: 'field', field: 'income' }),
      /項目に income はありません/,
    ],
    [
      'a header field in a person’s cell',
      LAYOUT,
      (json) => (cells(json)[2]!.content = { kind: 'field', field: 'address' }),
      /項目に address はありません/,
    ],
    [
      'less than 10 mm of margin',
      LAYOUT,
      (json) => ((json.grid as Json).leftPt = 20),
      /10mm以上離れていません/,
    ],
    [
      'a last page without its seal',
      LAYOUT,
      (json) =>
        (json.lastPage = (json.lastPage as { content: Json }[]).filter(
          ({ content }) => content.kind !== 'seal',
        )),
      /最後のページ.*公印/,
    ],
    [
      'a page without its number',
      LAYOUT,
      (json) =>
        (json.everyPage = (json.everyPage as { content: Json }[]).filter(
          ({ content }) => content.kind !== 'page-number',
        )),
      /すべてのページ.*ページ番号/,
    ],
  ])('%s', (_what, file, edit, fault) => {
    change(file, edit);
    expect(() => loadTemplates(folder)).toThrow(TemplateError);
    expect(() => loadTemplates(folder)).toThrow(fault);
  });

  it('all faults of all files, each with file, path and reason', () => {
    writeFileSync(join(folder, LAYOUT), '{');
    change(KIND, (json) => (json.minimumAge = 'fifteen'));
    change(PROFILE, (json) => {
      json.prefecture = '';
      json.maintenance = [{ kinds: 'all', from: '2026-01-02', to: '2026-01-03T00:00' }];
    });
    const faults = faultsOf();
    expect(faults).toEqual([
      { file: KIND, path: 'minimumAge', reason: '数ではありません' },
      { file: LAYOUT, path: '', reason: 'JSONとして読めません' },
      { file: PROFILE, path: 'prefecture', reason: '1文字以上にしてください' },
      { file: PROFILE, path: 'maintenance.0.from', reason: 'YYYY-MM-DDTHH:MM の形ではありません' },
    ]);
  });

  it.each<[string, (json: Json) => void, string, RegExp]>([
    [
      'an extent offered without its 認証文',
      (json) => delete (firstKind(json).statements as Json).part,
      'kinds.0.statements',
      /範囲 part の認証文がありません/,
    ],
    [
      'an extent twice',
      (json) => (firstKind(json).extents = ['self', 'self']),
      'kinds.0.extents',
      /同じ範囲が2回/,
    ],
    [
      '年度 of a certificate that is not about tax',
      (json) => (firstKind(json).taxYears = [{ from: '2016-01-01', year: 2016 }]),
      'kinds.0.taxYears',
      /年度（taxYears）はありません/,
    ],
    [
      'a stop of a kind nobody knows',
      (json) =>
        (json.maintenance = [{ kinds: ['passport'], from: '2026-01-01T00:00', to: '2026-01-02T00:00' }]),
      'maintenance.0.kinds',
      /証明書の種類 passport のファイルがありません/,
    ],
    [
      'a font of 外字 that is not there',
      (json) => (json.characterFont = 'mihon.ttf'),
      'characterFont',
      /外字のフォント mihon\.ttf がないか、読み取れません/,
    ],
    [
      'a list to tick from with too few options',
      (json) => (firstKind(json).options = []),
      'kinds.0.options',
      /選ばなければならない数/,
    ],
  ])('%s', (_what, edit, path, reason) => {
    change(KIND, (json) => {
      json.asking = { as: 'list', heading: '項目', explanation: '選んでください。', minimum: 1 };
    });
    change(PROFILE, edit);
    const found = faultsOf().filter((fault) => fault.file === PROFILE && fault.path === path);
    expect(found.map((fault) => fault.reason).join()).toMatch(reason);
  });

  it('a form for the center’s own sheets, offered as a certificate', () => {
    change(LAYOUT, (json) => (json.purpose = 'sheet'));
    expect(faultsOf().map(({ path, reason }) => `${path} ${reason}`)).toContain(
      'kinds.0.layout resident-record-copy.household は証明書のレイアウトではありません',
    );
  });

  it('text that is not JSON', () => {
    writeFileSync(join(folder, KIND), '{');
    expect(() => loadTemplates(folder)).toThrow(/^kinds\/resident-record-copy\.json: JSONとして読めません$/m);
  });

  it('a seal too coarse for its size', () => {
    const templates = loadTemplates(folder);
    const profile = templates.profiles.get('992011' as never)!.value;
    const seals = new Map(
      [...templates.seals].map(([name, seal]) => [
        name,
        { ...seal, value: { ...seal.value, width: 200, height: 200 } },
      ]),
    );
    expect(profileFaults(profile, { ...templates, seals })[0]).toEqual({
      path: 'seal.0.widthMm',
      reason: expect.stringMatching(/dpi です（400dpi 以上が必要）/) as string,
    });
  });

  it('a seal larger than its place on the layout', () => {
    change(PROFILE, (json) => ((json.seal as Json[])[0]!.widthMm = 26));
    expect(() => loadTemplates(folder)).toThrow(/に 26mm の公印を置く場所がありません/);
  });

  it('a seal that is no one-bit PNG', () => {
    writeFileSync(join(folder, 'profiles/seals/992011.png'), 'GIF89a');
    expect(() => loadTemplates(folder)).toThrow(/profiles\/seals\/992011\.png: 画像がPNGではありません/);
    const png = readFileSync(join(templatesDirectory, 'profiles/seals/992020.png'));
    png[24] = 8; // bit depth in IHDR
    expect(() => readSealImage(png)).toThrow(/1ビット/);
    expect(() => readSealImage(png.subarray(0, 33))).toThrow(/途中で切れて/);
  });
});

describe('外字', () => {
  it('a file that is no font is named', () => {
    mkdirSync(join(folder, 'profiles/fonts'), { recursive: true });
    writeFileSync(join(folder, 'profiles/fonts/mihon.ttf'), 'OTTO');
    change(PROFILE, (json) => (json.characterFont = 'mihon.ttf'));
    expect(() => loadTemplates(folder)).toThrow(
      /profiles\/fonts\/mihon\.ttf: TrueTypeフォントとして読み取れません/,
    );
  });
});

describe('profile defaults', () => {
  it('marks may be replaced one by one', () => {
    const json = JSON.parse(readFileSync(join(folder, PROFILE), 'utf8')) as Json;
    const parsed = municipalityProfile.parse({ ...json, marks: { omitted: '（省略）' } });
    expect(parsed.marks).toEqual({ omitted: '（省略）', empty: '【空欄】', notApplicable: '＊＊＊' });
  });
});
