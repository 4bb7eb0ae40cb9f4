/**
 * Certificates without code (architecture.md 4): a kind over an existing dataset and a municipality with layouts of its own,
 * both forms, written here as the JSON a municipality would hand in, then checked, composed and drawn by what is there.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certificateKind } from '#templates/kindSchema.ts';
import { certificateLayout } from '#templates/layoutSchema.ts';
import { loadTemplates, type Templates } from '#templates/load.ts';
import { profileFaults } from '#templates/profileChecks.ts';
import { municipalityProfile } from '#templates/profileSchema.ts';
import { loadSamples } from '#templates/samples.ts';
import { civilDate, municipalityCode } from '#templates/vocabulary.ts';
import { openCertificateFont } from './font.ts';
import { loadFonts } from './fontFile.ts';
import { createRenderer } from './renderer.ts';
import { composeRequest } from './request.ts';
import { sampleHousehold } from './sampleHousehold.ts';

/** A code of 架空県 that no shipped profile has: 99102 with its check digit. */
const NEW_TOWN = '991023';
const hours = Object.fromEntries(
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'holiday'].map((day) => [
    day,
    { opens: '09:00', closes: '17:00' },
  ]),
);
const paper = { widthPt: 595.28, heightPt: 841.89 };
const item = (content: object, frame: number[], sizePt = 10) => ({ content, frame, sizePt });
const everyPage = [
  item({ kind: 'title' }, [60, 40, 300, 20], 16),
  item({ kind: 'issue-number' }, [360, 40, 180, 20], 8),
  item({ kind: 'page-number', pattern: '{page}枚目（全{pages}枚）', digits: 'full' }, [60, 780, 200, 12], 8),
];
const lastPage = [
  item({ kind: 'statement' }, [60, 660, 400, 20]),
  item({ kind: 'issue-date' }, [60, 684, 200, 16]),
  item({ kind: 'certifier' }, [60, 704, 380, 20]),
  { ...item({ kind: 'seal' }, [450, 660, 80, 80]), align: 'right' },
  item({ kind: 'text', text: 'この印は黒色です' }, [450, 744, 100, 10], 7),
];

const gridLayout = {
  id: 'family-certificate.town',
  form: 'grid',
  dataset: 'resident-record',
  paper,
  text: { sizePt: 11, paddingPt: 4 },
  grid: {
    leftPt: 60,
    topPt: 80,
    columns: 12,
    rows: 22,
    columnWidthPt: 39,
    rowHeightPt: 24,
    ruleWidthPt: 0.5,
    frameWidthPt: 1,
  },
  header: [
    { box: [1, 1, 1, 3], content: { kind: 'label', text: '現在の住所', field: 'address' } },
    { box: [1, 4, 1, 9], content: { kind: 'field', field: 'address' } },
  ],
  persons: {
    firstRow: 3,
    rows: 2,
    perPage: 10,
    cells: [
      { box: [1, 1, 2, 1], content: { kind: 'number' } },
      { box: [1, 2, 1, 3], content: { kind: 'label', text: '名前', field: 'name' } },
      { box: [1, 5, 1, 8], content: { kind: 'field', field: 'name' } },
      { box: [2, 2, 1, 3], content: { kind: 'label', text: '世帯主との関係', field: 'relationship' } },
      { box: [2, 5, 1, 8], content: { kind: 'field', field: 'relationship' } },
    ],
  },
  endMark: '以上',
  everyPage,
  lastPage,
};

const flowLayout = {
  id: 'address-list.town',
  form: 'flow',
  dataset: 'family-register-address',
  paper,
  text: { sizePt: 10, paddingPt: 4 },
  flow: {
    leftPt: 60,
    topPt: 80,
    bottomPt: 640,
    lastBottomPt: 640,
    columns: 12,
    columnWidthPt: 39,
    ruleWidthPt: 0.5,
    frameWidthPt: 1,
  },
  pageHead: [{ heightPt: 18, cells: [{ columns: [1, 12], content: { kind: 'field', field: 'domicile' } }] }],
  rows: {
    member: {
      heightPt: 20,
      ruleAbove: 'thin',
      cells: [{ columns: [1, 6], content: { kind: 'field', field: 'name' } }],
    },
    'member-items': {
      heightPt: 14,
      cells: [{ columns: [1, 12], content: { kind: 'field', field: 'resident-record-code' } }],
    },
    removed: {
      heightPt: 14,
      cells: [{ columns: [2, 4], content: { kind: 'field', field: 'removal-reason' }, boxed: true }],
    },
    address: {
      heightPt: 16,
      cellRules: true,
      cells: [
        { columns: [1, 9], content: { kind: 'field', field: 'address' }, maxLines: 3 },
        { columns: [10, 3], content: { kind: 'field', field: 'address-set-on' } },
      ],
    },
  },
  endMark: '以下余白',
  everyPage,
  lastPage,
};

const kindOf = (id: string, dataset: string, label: string, reveals: string[]) => ({
  id,
  dataset,
  label,
  printedTitle: label,
  purpose: 'ためしの証明書です。',
  holder: 'same-household',
  minimumAge: 15,
  extents: [{ id: 'whole', label: '全員', explanation: '全員の分をのせます。' }],
  options: [
    {
      id: 'more',
      label: 'くわしく',
      explanation: 'くわしくのせます。',
      preselected: false,
      audience: 'anyone',
      reveals,
    },
  ],
});
const profileKind = (kind: string, layout: string) => ({
  kind,
  layout,
  options: ['more'],
  fees: [{ from: '2026-01-01', fee: 150 }],
  hours: [{ from: '2026-01-01', weekly: hours }],
  statements: { whole: '上のとおりであることを証明します。' },
});

function withNewTown(shipped: Templates): Templates {
  const loaded = <Value>(value: Value) => ({
    value,
    digest: createHash('sha256').update(JSON.stringify(value)).digest('hex'),
  });
  const kinds = [
    kindOf('family-certificate', 'resident-record', '家族のしるし', ['relationship']),
    kindOf('address-list', 'family-register-address', '住所のうつりかわり', ['domicile']),
  ].map((json) => certificateKind.parse(json));
  const layouts = [gridLayout, flowLayout].map((json) => certificateLayout.parse(json));
  const profile = municipalityProfile.parse({
    municipality: NEW_TOWN,
    prefecture: '架空県',
    name: '例示町',
    serviceStartsOn: '2026-01-01',
    kinds: [profileKind('family-certificate', gridLayout.id), profileKind('address-list', flowLayout.id)],
    head: [{ from: '2026-01-01', title: '架空県例示町長', name: '例示　花子' }],
    seal: [{ from: '2026-01-01', image: '992020.png', widthMm: 20, description: '架空県例示町長之印' }],
    marks: { omitted: '（省略）' },
    issueNumberLabel: '番号',
  });
  return {
    ...shipped,
    kinds: new Map([...shipped.kinds, ...kinds.map((kind) => [kind.id, loaded(kind)] as const)]),
    layouts: new Map([...shipped.layouts, ...layouts.map((layout) => [layout.id, loaded(layout)] as const)]),
    profiles: new Map([...shipped.profiles, [profile.municipality, loaded(profile)]]),
  };
}

const templates = withNewTown(loadTemplates());
const render = createRenderer(openCertificateFont(loadFonts()));

/** The text of the document, without white space. */
function printed(kind: string, value: unknown, include: readonly string[]): string {
  const composed = composeRequest(templates, {
    requestId: 'no-code',
    municipality: municipalityCode.parse(NEW_TOWN),
    kind,
    extent: 'whole',
    include,
    value,
    issueNumber: '7K3M-9QXA-2B4C-D5EF',
    issueDate: civilDate.parse('2026-11-21'),
  });
  if (composed.kind !== 'composed') throw new Error(composed.kind);
  const outcome = render(composed.request);
  if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
  const text = spawnSync('pdftotext', ['-layout', '-', '-'], { input: outcome.bytes });
  return text.stdout.toString('utf8').replace(/\s/g, '');
}

describe('a new kind and a new municipality are files', () => {
  it('agree with everything that is loaded', () => {
    expect(profileFaults(templates.profiles.get(municipalityCode.parse(NEW_TOWN))!.value, templates)).toEqual(
      [],
    );
  });

  it('a grid of its own over the resident record', () => {
    const text = printed('family-certificate', sampleHousehold, ['more']);
    for (const { name, relationship } of sampleHousehold.persons) {
      expect(text).toContain(name.replace(/\s/g, ''));
      expect(text).toContain(relationship);
    }
    for (const words of [
      '家族のしるし',
      '番号7K3M-9QXA-2B4C-D5EF',
      '上のとおりであることを証明します。',
      '架空県例示町長例示花子',
      '１枚目（全１枚）',
      '以上',
    ]) {
      expect(text).toContain(words);
    }
    expect(printed('family-certificate', sampleHousehold, [])).toContain('（省略）');
  });

  it('a flow of its own over the address history', () => {
    const { value } = loadSamples().get('family-register-address-copy')!;
    const text = printed('address-list', value, ['more']);
    for (const words of [
      '住所のうつりかわり',
      '架空県ためし市本町四丁目5番6号',
      '令和2年10月5日',
      '死亡',
      '以下余白',
    ]) {
      expect(text).toContain(words);
    }
    expect(printed('address-list', value, [])).toContain('（省略）');
  });
});
