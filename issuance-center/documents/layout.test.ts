import { describe, expect, it } from 'vitest';
import type { GridLayout } from '#templates/layoutSchema.ts';
import { omittedFields } from '#templates/kindSchema.ts';
import { residentRecordDataset } from '#templates/datasets/residentRecordFields.ts';
import type { ResidentPerson, ResidentRecord } from '#templates/datasets/residentRecord.ts';
import { ALL_BUT_NUMBERS, exampleProfile, exampleTemplates, householdOf } from './documents.fixture.ts';
import { openCertificateFont } from './font.ts';
import { sampleHousehold } from './sampleHousehold.ts';
import { loadFonts } from './fontFile.ts';
import { fitText } from './layoutFit.ts';
import type { LaidOutPage } from './laidOut.ts';
import { layOut, type LayoutOutcome } from './layout.ts';
import { LabelDoesNotFitError } from './layoutFixed.ts';
import { compileSheet } from './layoutSheet.ts';

const { measure } = openCertificateFont(loadFonts());
const layout = exampleTemplates.layouts.get('resident-record-copy.household')!.value as GridLayout;
const kind = exampleTemplates.kinds.get('resident-record-copy')!.value;
const { marks } = exampleProfile;
const sheet = compileSheet(layout, { labels: {}, notApplicable: marks.notApplicable }, measure);
const { grid } = layout;

function outcomeOf(record: ResidentRecord, include: readonly string[] = ALL_BUT_NUMBERS): LayoutOutcome {
  const words = {
    marks,
    title: kind.printedTitle,
    omitted: omittedFields(kind, include),
    issueNumber: '発行番号　7K3M-9QXA-2B4C-D5EF',
    statement: 'この写しは、世帯全員の住民票の原本と相違ないことを証明する。',
    issueDate: '令和8年11月21日',
    certifier: '架空県みほん市長　　見本　一郎',
    seal: { image: { width: 4, height: 4, rows: new Uint8Array() }, widthMm: 20, alt: '公印' },
  };
  return layOut(
    sheet,
    residentRecordDataset.view(record, { omitted: words.omitted, labels: {} }),
    words,
    measure,
  );
}

function pagesOf(record: ResidentRecord, include?: readonly string[]): readonly LaidOutPage[] {
  const outcome = outcomeOf(record, include);
  if (outcome.kind !== 'laid-out') throw new Error(`${outcome.field} does not fit`);
  return outcome.pages;
}

const runsOf = (page: LaidOutPage) => [...page.blocks.flatMap(({ texts }) => texts), ...page.texts];

/** The text in the grid squares `[row, column, rows, columns]` of the sheet, lines joined. */
function textAt(
  page: LaidOutPage,
  [row, column, rows, columns]: readonly [number, number, number, number],
): string {
  const left = grid.leftPt + (column - 1) * grid.columnWidthPt;
  const top = grid.topPt + (row - 1) * grid.rowHeightPt;
  return runsOf(page)
    .filter(
      ({ x, baseline }) =>
        x >= left &&
        x < left + columns * grid.columnWidthPt &&
        baseline > top &&
        baseline <= top + rows * grid.rowHeightPt,
    )
    .sort((first, second) => first.baseline - second.baseline)
    .map(({ text }) => text)
    .join('');
}

/** Rows of forms.md 3.1: [row of the block, label column, label columns, value columns]. */
const PAIRS = {
  furigana: [1, 2, 5, 18, 1],
  individualNumber: [1, 25, 6, 10, 1],
  name: [2, 2, 5, 18, 2],
  residentRecordCode: [2, 25, 6, 10, 1],
  becameResidentOn: [3, 25, 6, 10, 1],
  formerNameFurigana: [4, 2, 5, 18, 1],
  addressSetOn: [4, 25, 6, 10, 1],
  formerName: [5, 2, 5, 18, 1],
  notifiedOn: [5, 25, 6, 10, 1],
  birthDate: [6, 2, 5, 8, 1],
  sex: [6, 15, 2, 2, 1],
  relationship: [6, 19, 2, 4, 1],
  headOfRegister: [6, 25, 6, 10, 1],
  domicile: [7, 2, 5, 34, 1],
  previousAddress: [8, 2, 5, 34, 1],
  spare9: [9, 2, 5, 18, 1],
  spare9right: [9, 25, 6, 10, 1],
  spare10: [10, 2, 5, 18, 1],
  spare10right: [10, 25, 6, 10, 1],
  remarks: [11, 2, 5, 34, 2],
} as const;

function pair(
  page: LaidOutPage,
  place: number,
  name: keyof typeof PAIRS,
): readonly [label: string, value: string] {
  const [row, column, labelColumns, valueColumns, rows] = PAIRS[name];
  const top = layout.persons!.firstRow - 1 + place * layout.persons!.rows + row;
  return [
    textAt(page, [top, column, rows, labelColumns]),
    textAt(page, [top, column + labelColumns, rows, valueColumns]),
  ];
}

function block(page: LaidOutPage, place: number): Record<string, readonly [string, string]> {
  const names = Object.keys(PAIRS) as (keyof typeof PAIRS)[];
  return Object.fromEntries(names.map((name) => [name, pair(page, place, name)]));
}

const N = '＊＊＊';
const TARO = '渡邉\u{E0117}　太郎';

describe('the worked example of forms.md 3.6, cell by cell', () => {
  const [page, ...others] = pagesOf(sampleHousehold) as [LaidOutPage];

  it('is one page with title, address and householder', () => {
    expect(others).toEqual([]);
    expect(textAt(page, [1, 11, 2, 18])).toBe('住　民　票');
    expect(textAt(page, [3, 1, 1, 6])).toBe('住所');
    expect(textAt(page, [3, 7, 1, 34])).toBe('架空県みほん市見本台三丁目12番34－567号　みほんハイツ');
    expect(textAt(page, [4, 1, 1, 6])).toBe('世帯主');
    expect(textAt(page, [4, 7, 1, 34])).toBe(TARO);
    expect([0, 1, 2, 3].map((place) => textAt(page, [6 + place * 12, 1, 12, 1]))).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
  });

  it('person 1', () => {
    expect(block(page, 0)).toEqual({
      furigana: ['氏名の振り仮名', 'ワタナベ　タロウ'],
      individualNumber: ['個人番号', '【省略】'],
      name: ['氏名', TARO],
      residentRecordCode: ['住民票コード', '【省略】'],
      becameResidentOn: ['住民となった年月日', '平成26年4月1日'],
      formerNameFurigana: ['旧氏の振り仮名', N],
      addressSetOn: ['住所を定めた年月日', '令和2年10月5日'],
      formerName: ['旧氏', N],
      notifiedOn: ['届出日', '平成26年4月3日'],
      birthDate: ['生年月日', '昭和58年7月2日'],
      sex: ['性別', '男'],
      relationship: ['続柄', '世帯主'],
      headOfRegister: ['筆頭者', TARO],
      domicile: ['本籍', '架空県みほん市中央町一丁目2番地3'],
      previousAddress: ['転入前住所', '架空県ためし市本町四丁目5番6号'],
      spare9: [N, N],
      spare9right: [N, N],
      spare10: [N, N],
      spare10right: [N, N],
      remarks: ['備考', N],
    });
  });

  it('person 2 has a 旧氏 with its reading', () => {
    const cells = block(page, 1);
    expect(cells.name).toEqual(['氏名', '渡邉\u{E0117}　櫻']);
    expect(cells.formerNameFurigana).toEqual(['旧氏の振り仮名', 'ヤナギダ']);
    expect(cells.formerName).toEqual(['旧氏', '栁田']);
    expect([cells.birthDate![1], cells.sex![1], cells.relationship![1]]).toEqual([
      '昭和60年11月23日',
      '女',
      '妻',
    ]);
  });

  it('person 3, registered at birth, has no address before', () => {
    const cells = block(page, 2);
    expect(cells.becameResidentOn![1]).toBe('平成29年5月6日');
    expect(cells.notifiedOn![1]).toBe('平成29年5月12日');
    expect(cells.previousAddress![1]).toBe('【空欄】');
  });

  it('person 4 is a foreign resident: forms.md 3.4', () => {
    expect(block(page, 3)).toEqual({
      furigana: ['氏名の振り仮名', N],
      individualNumber: ['個人番号', '【省略】'],
      name: ['氏名', 'SAMPLE MARIA ANGELICA'],
      residentRecordCode: ['住民票コード', '【省略】'],
      becameResidentOn: ['外国人住民となった年月日', '令和5年9月1日'],
      formerNameFurigana: ['', ''],
      addressSetOn: ['住所を定めた年月日', '【空欄】'],
      formerName: ['通称', '見本　マリア'],
      notifiedOn: ['届出日', '令和5年9月4日'],
      birthDate: ['生年月日', '1990年1月15日'],
      sex: ['性別', '女'],
      relationship: ['続柄', '同居人'],
      headOfRegister: ['国籍・地域', 'ブラジル'],
      domicile: ['第30条の45に規定する区分', '中長期在留者'],
      previousAddress: ['転入前住所', 'ブラジル'],
      spare9: ['在留資格', '技術・人文知識・国際業務'],
      spare9right: ['在留カード等の番号', 'AB12345678CD'],
      spare10: ['在留期間等', '5年'],
      spare10right: ['在留期間の満了の日', '2028年8月31日'],
      remarks: ['備考', '以下余白'],
    });
  });

  it('ends with statement, date, head, page number, and the seal at the right end', () => {
    const texts = page.texts.map(({ text }) => text);
    for (const text of [
      'この写しは、世帯全員の住民票の原本と相違ないことを証明する。',
      '令和8年11月21日',
      '架空県みほん市長　　見本　一郎',
      '発行番号　7K3M-9QXA-2B4C-D5EF',
      '1／1',
    ]) {
      expect(texts).toContain(text);
    }
    expect(runsOf(page).map(({ text }) => text)).toContain('この印は黒色です');
    const [seal] = page.images;
    expect((seal!.widthPt / 72) * 25.4).toBeCloseTo(20, 6);
    expect(seal!.x + seal!.widthPt).toBeCloseTo(grid.leftPt + grid.columns * grid.columnWidthPt, 1);
  });
});

describe('what is not asked for', () => {
  const OPTION_CELLS = [
    ['relationship', 0, 'relationship'],
    ['registered-domicile', 0, 'domicile'],
    ['registered-domicile', 0, 'headOfRegister'],
    ['individual-number', 0, 'individualNumber'],
    ['resident-record-code', 0, 'residentRecordCode'],
    ['nationality', 3, 'headOfRegister'],
    ['article-30-45-category', 3, 'domicile'],
    ['residence-status', 3, 'spare9'],
    ['period-of-stay', 3, 'spare10'],
    ['period-of-stay', 3, 'spare10right'],
    ['residence-card-number', 3, 'spare9right'],
  ] as const;

  it.each(OPTION_CELLS)(
    '%s off puts the omit mark, on shows the value (person %i, %s)',
    (option, place, cell) => {
      const all = kind.options.map(({ id }) => id);
      const [without] = pagesOf(
        sampleHousehold,
        all.filter((id) => id !== option),
      ) as [LaidOutPage];
      const [withIt] = pagesOf(sampleHousehold, all) as [LaidOutPage];
      expect(pair(without, place, cell)[1]).toBe(marks.omitted);
      expect(pair(withIt, place, cell)[1]).not.toBe(marks.omitted);
    },
  );

  it('世帯主 in the header goes with 続柄', () => {
    const [page] = pagesOf(sampleHousehold, []) as [LaidOutPage];
    expect(textAt(page, [4, 7, 1, 34])).toBe('【省略】');
  });
});

describe('no silent blank', () => {
  const bare = (number: number): Partial<ResidentPerson> => ({
    furigana: undefined,
    registeredDomicile: undefined,
    previousAddress: undefined,
    individualNumber: undefined,
    residentRecordCode: undefined,
    notifiedOn: undefined,
    ...(number === 2 ? foreignOf('LEE') : {}),
  });

  it('every value cell of every person holds words, however little is registered', () => {
    const [page] = pagesOf(
      householdOf(3, bare),
      kind.options.map(({ id }) => id),
    ) as [LaidOutPage];
    for (const place of [0, 1, 2]) {
      for (const [name, [label, value]] of Object.entries(block(page, place))) {
        if (place === 1 && name === 'formerNameFurigana') continue; // one cell of two rows with 通称 beneath
        expect(label, name).not.toBe('');
        expect(value, name).not.toBe('');
      }
    }
    expect(pair(page, 0, 'domicile')[1]).toBe('【空欄】');
    expect(pair(page, 0, 'furigana')[1]).toBe('【空欄】');
    expect(pair(page, 0, 'individualNumber')[1]).toBe('【空欄】');
    expect(pair(page, 1, 'formerName')).toEqual(['通称', N]);
  });

  it('特別永住者 have no status and no period', () => {
    const special = {
      ...foreignOf('LEE').foreign!,
      article30_45Category: 'special-permanent-resident' as const,
    };
    const record = householdOf(1, () => ({ ...bare(1), ...foreignOf('LEE'), foreign: special }));
    const [page] = pagesOf(record) as [LaidOutPage];
    expect(pair(page, 0, 'domicile')[1]).toBe('特別永住者');
    expect(pair(page, 0, 'spare9')).toEqual(['在留資格', N]);
    expect(pair(page, 0, 'spare10right')).toEqual(['在留期間の満了の日', N]);
  });
});

describe('more than four persons', () => {
  it.each([5, 6, 8, 9])('%i persons: numbering goes on, every page says which it is', (count) => {
    const pages = pagesOf(householdOf(count, (n) => ({ name: `見本　${n}` })));
    expect(pages).toHaveLength(Math.ceil(count / 4));
    pages.forEach((page, index) => {
      expect(textAt(page, [1, 11, 2, 18])).toBe('住　民　票');
      expect(textAt(page, [3, 7, 1, 34])).toContain('架空県みほん市');
      const texts = page.texts.map(({ text }) => text);
      expect(texts).toContain(`${index + 1}／${pages.length}`);
      expect(texts).toContain('発行番号　7K3M-9QXA-2B4C-D5EF');
      const last = index === pages.length - 1;
      expect(page.images).toHaveLength(last ? 1 : 0);
      expect(texts.some((text) => text.startsWith('この写しは'))).toBe(last);
      expect(runsOf(page).filter(({ text }) => text === '以下余白')).toHaveLength(last ? 1 : 0);
    });
    const fifth = pages[1]!;
    expect(textAt(fifth, [6, 1, 12, 1])).toBe('5');
    expect(pair(fifth, 0, 'name')[1]).toBe('見本　5');
  });

  it('nothing but the end mark stands in unused blocks', () => {
    const [, second] = pagesOf(householdOf(5)) as [LaidOutPage, LaidOutPage];
    expect(textAt(second, [18, 1, 1, 40])).toBe('以下余白');
    expect(textAt(second, [19, 1, 35, 40])).toBe('');
  });
});

describe('long texts', () => {
  const LATIN_72 = 'SAMPLE MARIA FERNANDA DA CONCEICAO DOS SANTOS OLIVEIRA PEREIRA NASCIMENTO';
  const ADDRESS_60 =
    '架空県みほん市見本台三丁目12番34－567号　みほんグランドタワーレジデンスウエスト棟B－1234号室　見本一郎様方二階';

  it('a name of 72 letters goes on two lines, whole words, nothing lost', () => {
    const record = householdOf(1, () => ({ ...foreignOf(LATIN_72) }));
    const [page] = pagesOf(record) as [LaidOutPage];
    expect(pair(page, 0, 'name')[1]).toBe(LATIN_72);
    const lines = page.texts.filter(({ text }) => LATIN_72.includes(text) && text.length > 20);
    expect(lines).toHaveLength(2);
    expect(lines[0]!.text.endsWith(' ')).toBe(true);
    expect(lines.every(({ sizePt }) => sizePt >= 14 * 0.6)).toBe(true);
  });

  it('an address of 60 letters is printed whole, in its row', () => {
    const record = { ...householdOf(1), address: ADDRESS_60 };
    expect([...ADDRESS_60].length).toBeGreaterThanOrEqual(60);
    const [page] = pagesOf(record) as [LaidOutPage];
    expect(textAt(page, [3, 7, 1, 34])).toBe(ADDRESS_60);
  });

  it('nothing runs out of the frame', () => {
    const record = householdOf(4, (n) =>
      n === 2 ? foreignOf(LATIN_72) : { name: '十二月三十一日　勘解由小路左衛門三郎' },
    );
    const right = grid.leftPt + grid.columns * grid.columnWidthPt;
    for (const page of pagesOf({ ...record, address: ADDRESS_60 })) {
      for (const run of runsOf(page))
        expect(run.x + measure(run.text) * run.sizePt).toBeLessThanOrEqual(right + 0.02);
    }
  });

  it('what fits in no way is refused with the field and the person’s number, never truncated', () => {
    const tooLong = '渡邉\u{E0117}'.repeat(60);
    expect(outcomeOf(householdOf(2, (n) => (n === 2 ? { name: tooLong } : {})))).toEqual({
      kind: 'does-not-fit',
      field: 'name',
      person: 2,
    });
    expect(outcomeOf({ ...householdOf(1), address: '長'.repeat(400) })).toEqual({
      kind: 'does-not-fit',
      field: 'address',
      person: undefined,
    });
  });

  it('a label that fits in no way names its field', () => {
    const words = { labels: { furigana: '長'.repeat(40) }, notApplicable: N };
    expect(() => compileSheet(layout, words, measure)).toThrow(LabelDoesNotFitError);
  });
});

describe('the fit rule', () => {
  const em = (text: string) => [...text.replaceAll(/[\u{e0100}-\u{e01ef}]/gu, '')].length;
  const room = { widthPt: 100, heightPt: 24 };

  it.each([
    ['あ'.repeat(10), 10, 1],
    ['あ'.repeat(11), 9, 1],
    ['あ'.repeat(16), 6.2, 1],
    ['あ'.repeat(17), 10, 2],
    ['あ'.repeat(32), 6.2, 2],
  ])('%s', (text, size, lines) => {
    const fit = fitText(text, room, 10, em);
    expect(fit.kind).toBe('fits');
    if (fit.kind !== 'fits') return;
    expect(fit.sizePt).toBeCloseTo(size, 5);
    expect(fit.lines).toHaveLength(lines);
    expect(fit.lines.join('')).toBe(text);
  });

  it('refuses what two lines at 60 % do not hold', () => {
    expect(fitText('あ'.repeat(33), room, 10, em)).toEqual({ kind: 'does-not-fit' });
  });

  it('never parts a character from its variation selector', () => {
    const fit = fitText('邉\u{E0117}'.repeat(30), room, 10, em);
    if (fit.kind !== 'fits') throw new Error('30 characters fit two lines');
    expect(fit.lines.every((line) => /^(邉\u{E0117})+$/u.test(line))).toBe(true);
  });
});

function foreignOf(name: string): Partial<ResidentPerson> {
  return {
    name,
    registeredDomicile: undefined,
    furigana: undefined,
    foreign: { romanName: name, nationality: '大韓民国', article30_45Category: 'mid-to-long-term-resident' },
  };
}
