import { describe, expect, it } from 'vitest';
import { BORN, child, eventOf, memberWith, register, type SampleEvent } from './familyRegister.fixture.ts';
import { familyRegisterLabels } from './familyRegisterLabels.ts';
import { familyRegisterDataset } from './familyRegisterView.ts';
import type { PrintableRow } from './printable.ts';

const viewOf = (change: object, labels: Record<string, string> = {}) =>
  familyRegisterDataset.view({ ...register, ...change }, { omitted: [], labels });
const textOf = (row: PrintableRow, field: string) => {
  const content = row.fields[field];
  return content?.kind === 'text' ? content.text : undefined;
};
/** `左欄|右欄` of each row. */
const linesOf = (rows: readonly PrintableRow[]) =>
  rows.map((row) => `${textOf(row, 'label') ?? ''}|${textOf(row, 'value') ?? ''}`);
/** Rows of the one member, after the heading 身分事項. */
function eventLines(event: SampleEvent): readonly string[] {
  const lines = linesOf(viewOf({ members: [memberWith(event)] }).flow);
  return lines.slice(lines.indexOf('身分事項|') + 1);
}
const labelsOf = (lines: readonly string[]) => lines.map((line) => /【(.+?)】/.exec(line)![1]);

/** forms.md 6.2, row by row, with every optional item. */
const FORM: readonly (readonly [kind: string, label: string, items: string])[] = [
  ['birth', '出　　生', '出生日 出生地 届出日 届出人 送付を受けた日 受理者'],
  ['acknowledged', '認　　知', '認知日 認知者氏名 認知者の戸籍 送付を受けた日 受理者'],
  ['acknowledging', '認　　知', '認知日 認知した子の氏名 認知した子の戸籍 送付を受けた日 受理者'],
  ['adopted', '養子縁組', '縁組日 養父氏名 養母氏名 代諾者 送付を受けた日 受理者 従前戸籍'],
  ['adopting', '養子縁組', '縁組日 共同縁組者 養子氏名 送付を受けた日 受理者'],
  ['adoption-ended', '養子離縁', '離縁日 養父氏名 養母氏名 代諾者 送付を受けた日 受理者 入籍戸籍'],
  ['ending-adoption', '養子離縁', '離縁日 共同離縁者 養子氏名 送付を受けた日 受理者'],
  [
    'special-adoption',
    '民法８１７条の２',
    '民法８１７条の２による裁判確定日 届出日 届出人 送付を受けた日 受理者 従前戸籍',
  ],
  [
    'marriage',
    '婚　　姻',
    '婚姻日 配偶者氏名 配偶者の国籍 配偶者の生年月日 婚姻の方式 証書提出日 送付を受けた日 受理者 新本籍 称する氏',
  ],
  ['divorce', '離　　婚', '離婚の裁判確定日 配偶者氏名 届出日 届出人 送付を受けた日 受理者 入籍戸籍'],
  ['spouse-death', '配偶者の死亡', '配偶者の死亡日'],
  ['parental-authority', '親　　権', '親権者を定めた日 親権者 届出人 送付を受けた日 受理者'],
  ['entry', '入　　籍', '届出日 入籍事由 届出人 送付を受けた日 受理者 従前戸籍'],
  ['family-name-kept', '氏の変更', '氏変更日 氏変更の事由 送付を受けた日 受理者'],
  ['branching', '分　　籍', '分籍日 送付を受けた日 受理者 新本籍'],
  ['death', '死　　亡', '死亡日 死亡時分 死亡地 届出日 届出人 送付を受けた日 受理者'],
  [
    'disappearance',
    '失踪宣告',
    '死亡とみなされる日 失踪宣告の裁判確定日 届出日 届出人 送付を受けた日 受理者',
  ],
  ['naturalization', '帰　　化', '帰化日 届出日 届出人 帰化の際の国籍 従前の氏名 送付を受けた日 受理者'],
  [
    'nationality-acquired',
    '国籍取得',
    '国籍取得日 届出日 届出人 取得の際の国籍 従前の氏名 送付を受けた日 受理者',
  ],
  ['given-name-change', '名の変更', '名の変更日 送付を受けた日 受理者 従前の記録 名'],
  ['updating', '更　　正', '更正日 更正事項 更正事由 従前の記録 父'],
  ['correction', '訂　　正', '訂正日 訂正事項 訂正事由 従前の記録 母 続柄'],
];

describe('身分事項', () => {
  it.each(FORM)('%s: %s 【%s】', (kind, label, items) => {
    const lines = eventLines(eventOf(kind));
    expect(lines[0]!.split('|')[0]).toBe(label);
    expect(labelsOf(lines)).toEqual(items.split(' '));
    expect(lines.slice(1).filter((line) => !line.startsWith('|'))).toEqual([]);
  });

  it('without what was not filed elsewhere and not asked for, those lines are absent', () => {
    const bare = { kind: 'marriage', on: '2014-04-01', spouseName: '見本花子' };
    expect(labelsOf(eventLines(bare))).toEqual(['婚姻日', '配偶者氏名']);
  });

  it.each([
    ['agreement', '離婚日'],
    ['judgment', '離婚の裁判確定日'],
    ['conciliation', '離婚の調停成立日'],
  ])('a divorce by %s is dated by its %s', (by, label) => {
    expect(labelsOf(eventLines({ ...eventOf('divorce'), by }))[0]).toBe(label);
  });

  it('an acknowledgement before the birth says so', () => {
    const lines = eventLines({ ...eventOf('acknowledged'), on: '1983-07-01' });
    expect(lines[0]).toBe('認　　知|【胎児認知日】昭和５８年７月１日');
  });

  it('values: full-width digits, a register with its 筆頭者, 称する氏, the hour of death, a Western birth date', () => {
    const marriage = eventLines(eventOf('marriage'));
    expect(marriage).toContain('|【配偶者の生年月日】西暦１９９０年１月１５日');
    expect(marriage.at(-1)).toBe('|【称する氏】夫の氏');
    expect(eventLines(eventOf('entry')).at(-1)).toBe('|【従前戸籍】架空県ためし市本町４番地５　見本太郎');
    const death = eventLines(eventOf('death'));
    expect(death[1]).toBe('|【死亡時分】午後１時２０分');
    expect(death[4]).toBe('|【届出人】親族　見本花子');
    expect(death.join('')).not.toMatch(/[0-9]/);
  });

  it.each([
    ['00:05', '午前０時５分'],
    ['12:00', '午後０時'],
    ['23:59', '午後１１時５９分'],
  ])('%s is %s', (at, words) => {
    expect(eventLines({ ...eventOf('death'), at })[1]).toBe(`|【死亡時分】${words}`);
  });

  it.each(['birth', 'adopted', 'marriage', 'death'])(
    '%s: 除籍日 and 特記事項 close the event where they are recorded',
    (kind) => {
      const plain = eventLines(eventOf(kind));
      const recorded = { removedOn: '2020-10-05', note: '第1子の記録は錯誤' };
      expect(eventLines({ ...eventOf(kind), ...recorded })).toEqual([
        ...plain,
        '|【除籍日】令和２年１０月５日',
        '|【特記事項】第１子の記録は錯誤',
      ]);
    },
  );

  it('従前の記録 heads what stood there before, indented', () => {
    expect(eventLines(eventOf('correction')).slice(-3)).toEqual([
      '|【従前の記録】',
      '|　【母】見本誤',
      '|　【続柄】二男',
    ]);
  });
});

describe('dates keep the era of their day', () => {
  it.each([
    ['1926-12-24', '大正１５年１２月２４日'],
    ['1926-12-25', '昭和元年１２月２５日'],
    ['1989-01-07', '昭和６４年１月７日'],
    ['1989-01-08', '平成元年１月８日'],
    ['2019-04-30', '平成３１年４月３０日'],
    ['2019-05-01', '令和元年５月１日'],
    ['2024-02-29', '令和６年２月２９日'],
  ])('%s is %s', (birthDate, printed) => {
    const lines = linesOf(viewOf({ members: [{ ...child, birthDate }] }).flow);
    expect(lines).toContain(`|【生年月日】${printed}`);
  });
});

describe('戸籍事項', () => {
  it.each([
    [{ kind: 'established', on: '2014-04-01' }, ['戸籍編製|【編製日】平成２６年４月１日']],
    [
      { kind: 'revised', on: '2004-02-14', reason: '平成6年法務省令第51号附則第2条第1項による改製' },
      [
        '戸籍改製|【改製日】平成１６年２月１４日',
        '|【改製事由】平成６年法務省令第５１号附則第２条第１項による改製',
      ],
    ],
    [
      { kind: 'transferred-in', on: '2014-04-01', previousDomicile: '架空県ためし市本町1番地' },
      ['転　　籍|【転籍日】平成２６年４月１日', '|【従前本籍】架空県ためし市本町１番地'],
    ],
  ])('$kind', (entry, expected) => {
    const lines = linesOf(viewOf({ entries: [entry] }).flow);
    expect(lines.slice(2, 3 + expected.length)).toEqual(['戸籍事項|', ...expected]);
  });

  it.each([
    [
      {
        kind: 'transferred-within',
        on: '2015-04-01',
        previous: [{ item: 'domicile', value: '架空県みほん市1番地' }],
      },
      ['転　　籍|【転籍日】平成２７年４月１日', '|【従前の記録】', '|　【本籍】架空県みほん市１番地'],
    ],
    [
      {
        kind: 'family-name-changed',
        on: '2015-04-01',
        reason: '戸籍法107条1項の氏変更届',
        previous: [{ item: 'family-name', value: '乙見本' }],
      },
      [
        '氏の変更|【氏変更日】平成２７年４月１日',
        '|【氏変更の事由】戸籍法１０７条１項の氏変更届',
        '|【従前の記録】',
        '|　【氏】乙見本',
      ],
    ],
    [{ kind: 'closed', on: '2015-04-01' }, ['戸籍消除|【消除日】平成２７年４月１日']],
    [
      { kind: 'transferred-out', on: '2015-04-01', newDomicile: '架空県ためし市2番地' },
      ['転　　籍|【転籍日】平成２７年４月１日', '|【新本籍】架空県ためし市２番地'],
    ],
  ])('after the first one: $kind', (entry, expected) => {
    const lines = linesOf(viewOf({ entries: [...register.entries, entry] }).flow);
    expect(lines.slice(4, 4 + expected.length)).toEqual(expected);
  });
});

describe('head and members', () => {
  it('本籍 in full-width digits, 氏名 with a space, readings only when recorded', () => {
    expect(linesOf(viewOf({}).flow).slice(0, 2)).toEqual([
      '本　　　籍|架空県みほん市中央町一丁目２番地３',
      '氏　　　名|見本　太郎',
    ]);
    const read = viewOf({
      familyNameFurigana: 'ミホン',
      members: [{ ...child, givenNameFurigana: 'ハジメ' }],
    });
    expect(linesOf(read.flow)).toEqual(
      expect.arrayContaining(['|【氏の振り仮名】ミホン', '|【名の振り仮名】ハジメ']),
    );
  });

  it('配偶者区分 on the line of the birth date; natural parents before adoptive ones; a father nobody knows is said', () => {
    const member = {
      ...child,
      spouse: 'husband',
      father: undefined,
      adoptiveMother: '例示母',
      adoptiveRelationship: '養子',
      events: [{ ...eventOf('marriage'), leavingFor: undefined }],
    };
    const lines = linesOf(viewOf({ members: [member] }).flow);
    expect(lines.slice(4, 11)).toEqual([
      '戸籍に記録されている者|【名】一',
      '|【生年月日】昭和５８年７月２日　　【配偶者区分】夫',
      '|【父】【空欄】',
      '|【母】見本花子',
      '|【続柄】長男',
      '|【養母】例示母',
      '|【続柄】養子',
    ]);
  });

  it('除籍 stands in a row of its own template under 戸籍に記録されている者, for removed members only', () => {
    const removedRows = (member: object) =>
      viewOf({ members: [member] }).flow.filter(({ row }) => row === 'removed');
    expect(removedRows(child)).toEqual([]);
    const [removed] = removedRows(memberWith(eventOf('death')));
    expect(removed!.fields).toEqual({
      label: { kind: 'text', text: '除　　籍' },
      value: { kind: 'text', text: '【生年月日】昭和５８年７月２日' },
    });
  });

  it('a municipality prints another label by its id', () => {
    const lines = linesOf(
      viewOf({}, { 'given-name': '名前', 'label-member': '記録されている者', 'not-recorded': '＊＊＊' }).flow,
    );
    expect(lines).toContain('記録されている者|【名前】一');
  });
});

describe('what stays together on a page', () => {
  const { flow } = viewOf({
    members: [{ ...child, events: [{ ...eventOf('birth'), on: BORN }] }],
  });
  const kept = (from: number, to: number) =>
    flow.slice(from, to).map(({ keepWithNext }) => keepWithNext ?? false);

  it('a member’s five lines; a heading with its first event; an event’s first two and last two lines', () => {
    // 0-1 head, 2-3 戸籍事項, 4-8 member, 9 heading, 10-15 birth
    expect(flow).toHaveLength(16);
    expect(kept(0, 4)).toEqual([true, false, true, false]);
    expect(kept(4, 9)).toEqual([true, true, true, true, false]);
    expect(kept(9, 16)).toEqual([true, true, false, false, false, true, false]);
  });

  it('every row of a member carries its number, every row is declared with its fields', () => {
    expect(flow.slice(4).every(({ person }) => person === 1)).toBe(true);
    for (const { row, fields } of flow) {
      expect(Object.keys(fields)).toEqual(familyRegisterDataset.rows[row]);
    }
  });
});

describe('labels', () => {
  it('each has an id a profile can name; each is printed within 【】 or the left column', () => {
    expect(familyRegisterDataset.labelIds).toEqual(Object.keys(familyRegisterLabels));
    expect(Object.values(familyRegisterLabels).filter((label) => /[0-9]/.test(label))).toEqual([]);
  });
});
