/** `npm run templates:check` on a copy of the templates: every planted fault is named, and what is sound is drawn. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { templatesDirectory } from '#templates/load.ts';

const root = mkdtempSync(join(tmpdir(), 'templates-check-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const KINDS = ['resident-record-copy', 'seal-registration-certificate'];
const FILES = [
  'kinds/resident-record-copy.json',
  'kinds/seal-registration-certificate.json',
  'layouts/resident-record-copy.household.json',
  'layouts/resident-record-copy.individual.json',
  'layouts/seal-registration-certificate.standard.json',
  'layouts/receipt.standard.json',
  'profiles/992011.json',
  'profiles/992020.json',
  'profiles/993018.json',
  'profiles/seals/992011.png',
  'profiles/seals/992020.png',
  'profiles/seals/992020-deputy.png',
  'profiles/seals/993018.png',
  'profiles/fonts/992020.ttf',
  'samples/resident-record-copy.json',
  'samples/seal-registration-certificate.json',
  'samples/sheets/receipt.json',
];

type Json = Record<string, unknown>;
interface ProfileJson extends Json {
  kinds: { kind: string; statements: Record<string, string> }[];
  maintenance?: { kinds: unknown }[];
}
interface SampleJson extends Json {
  include: string[];
  value: { persons: { name: string }[] };
}

/** Two kinds, three municipalities, three samples: enough to be checked, quick to be drawn. */
function copyOf(name: string): string {
  const directory = join(root, name);
  for (const file of FILES) cpSync(join(templatesDirectory, file), join(directory, file));
  for (const file of FILES.filter((path) => /^profiles\/\d+\.json$/.test(path))) {
    edit<ProfileJson>(directory, file, (profile) => {
      profile.kinds = profile.kinds.filter(({ kind }) => KINDS.includes(kind));
      profile.maintenance = [];
    });
  }
  return directory;
}

function edit<File>(directory: string, file: string, change: (json: File) => void): void {
  const json = JSON.parse(readFileSync(join(directory, file), 'utf8')) as File;
  change(json);
  writeFileSync(join(directory, file), JSON.stringify(json));
}

/** A sample of its own, changed. */
function addSample(directory: string, name: string, change: (sample: SampleJson) => void): void {
  const file = `samples/${name}.json`;
  cpSync(join(directory, 'samples/resident-record-copy.json'), join(directory, file));
  edit(directory, file, change);
}

interface Checked {
  readonly status: number | null;
  readonly lines: readonly string[];
  readonly written: readonly string[];
}

function check(directory: string): Checked {
  const out = `${directory}-out`;
  mkdirSync(out);
  const command = join(import.meta.dirname, 'templatesCheck.ts');
  const args = ['--import', 'tsx', command, '--templates', directory, '--out', out];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(stderr).toBe('');
  return { status, lines: stdout.trim().split('\n'), written: readdirSync(out).sort() };
}

describe('templates without a fault', () => {
  let checked: Checked;
  beforeAll(() => {
    checked = check(copyOf('sound'));
  });

  it('end with status 0 and say so', () => {
    expect(checked.status).toBe(0);
    expect(checked.lines[0]).toBe('不備はありません。');
  });

  it('every sample of every municipality and every sheet is there as PDF and as pictures', () => {
    const documents = [
      ...['992011', '992020', '993018'].flatMap((code) => KINDS.map((kind) => `${kind}.${code}`)),
      'receipt',
    ];
    const drawn = checked.written.filter((file) => file.endsWith('.pdf'));
    expect(drawn).toEqual(documents.map((name) => `${name}.pdf`).sort());
    for (const name of documents) {
      expect(checked.written.some((file) => file.startsWith(`${name}-`) && file.endsWith('1.png'))).toBe(
        true,
      );
    }
    for (const file of drawn) {
      expect(
        readFileSync(join(root, 'sound-out', file))
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
  });
});

describe('templates with faults', () => {
  let checked: Checked;
  const lineOf = (...parts: readonly string[]) =>
    checked.lines.filter((line) => parts.every((part) => line.includes(part)));
  beforeAll(() => {
    const directory = copyOf('faulty');
    edit<Json>(directory, 'layouts/resident-record-copy.individual.json', (layout) => {
      (layout.header as Json[]).push({ box: [1, 1, 1, 1], content: { kind: 'field', field: 'shoe-size' } });
    });
    edit<ProfileJson>(directory, 'profiles/992020.json', ({ kinds }) => delete kinds[0]!.statements.part);
    writeFileSync(join(directory, 'profiles/seals/993018.png'), 'not a picture');
    addSample(directory, 'option', ({ include }) => include.push('shoe-size'));
    addSample(directory, 'long', ({ value }) => {
      value.persons[1]!.name = '見本'.repeat(60);
    });
    addSample(directory, 'undrawable', ({ value }) => {
      value.persons[0]!.name = '見本　\u{E123}子';
    });
    addSample(directory, 'incomplete', ({ value }) => {
      delete (value.persons[0] as Partial<{ name: string }>).name;
    });
    edit<{ value: Json }>(directory, 'samples/sheets/receipt.json', ({ value }) => {
      value.total = 'much';
    });
    writeFileSync(join(directory, 'samples/cut.json'), '{"kind":');
    checked = check(directory);
  });

  it.each([
    ['a field that the dataset lacks', 'layouts/resident-record-copy.individual.json', 'shoe-size'],
    ['a missing statement', 'profiles/992020.json: kinds.0.statements', '認証文がありません'],
    ['a seal that is no PNG', 'profiles/seals/993018.png', '画像がPNGではありません'],
    ['an option that the kind lacks', 'samples/option.json: include', '選択肢 shoe-size はありません'],
    ['a text that does not fit', 'samples/long.json: 992011', 'name（2人目）'],
    ['a character no font draws', 'samples/undrawable.json: 992011', '印刷できない文字があります：U+E123'],
    ['a value that is incomplete', 'samples/incomplete.json: value.persons.0.name', ''],
    ['a sheet with a wrong value', 'samples/sheets/receipt.json: value.total', ''],
    ['a file that is cut off', 'samples/cut.json', 'JSONとして読めません'],
  ])('%s is named with file and path, and why in Japanese', (_, place, reason) => {
    const lines = lineOf(place, reason);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/[ぁ-ん]/);
  });

  it('no name stands in a fault', () => {
    expect(checked.lines.join('\n')).not.toContain('見本見本');
  });

  it('ends with status 1 and the number of faults', () => {
    expect(checked.status).toBe(1);
    const faults = checked.lines.filter((line) => /^(kinds|layouts|profiles|samples)\//.test(line));
    expect(checked.lines).toContain(`不備が ${faults.length} 件あります。`);
  });

  it('what is sound in spite of them is drawn, what is not is left out', () => {
    expect(checked.written).toContain('resident-record-copy.992011.pdf');
    for (const file of [
      'long.992011.pdf',
      'receipt.pdf',
      'resident-record-copy.992020.pdf',
      'cut.992011.pdf',
    ]) {
      expect(existsSync(join(root, 'faulty-out', file)), file).toBe(false);
    }
  });
});
