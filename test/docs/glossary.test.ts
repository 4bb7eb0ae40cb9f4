import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { datasetIds } from '#templates/datasets/catalogue.ts';
import { article30_45Categories } from '#templates/datasets/residentRecord.ts';
import { residentRecordDataset } from '#templates/datasets/residentRecordFields.ts';
import { residentStatus } from '#templates/datasets/residentRegister.ts';
import { certificateKind, extent } from '#templates/kindSchema.ts';
import { shippedKindIds } from '#templates/vocabulary.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const glossary = readFileSync(join(ROOT, 'GLOSSARY.md'), 'utf8');
const dataIds = new Set([...glossary.matchAll(/`([^`]+)`/g)].map(([, id]) => id!));
const kindFiles = readdirSync(join(ROOT, 'certificate-templates/kinds'));
const kinds = kindFiles.map((file) =>
  certificateKind.parse(JSON.parse(readFileSync(join(ROOT, 'certificate-templates/kinds', file), 'utf8'))),
);
const rows = glossary
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| 日本語'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const missing = (ids: Iterable<string>) => [...ids].filter((id) => !dataIds.has(id));

describe('GLOSSARY.md', () => {
  it('every certificate kind of the vocabulary', () => {
    expect(missing(shippedKindIds)).toEqual([]);
  });

  it('every option and extent of the kinds', () => {
    expect(kinds.length).toBeGreaterThan(0);
    expect(missing(kinds.flatMap(({ options }) => options.map(({ id }) => id)))).toEqual([]);
    expect(missing(extent.options)).toEqual([]);
  });

  it('every field of the datasets, every category and status', () => {
    expect(datasetIds).toContain(residentRecordDataset.id);
    expect(missing([...residentRecordDataset.headerFields, ...residentRecordDataset.personFields])).toEqual(
      [],
    );
    expect(missing(Object.keys(article30_45Categories))).toEqual([]);
    expect(missing(residentStatus.options)).toEqual([]);
  });

  it('the words that are printed stand beside their ids', () => {
    for (const [id, japanese] of Object.entries(article30_45Categories)) {
      const row = rows.find((cells) => cells[2]?.includes(`\`${id}\``));
      expect(row?.[0], id).toBe(japanese);
    }
    for (const { id, label } of kinds) {
      expect(rows.find((cells) => cells[2]?.includes(`\`${id}\``))?.[0]).toBe(label);
    }
  });

  it('rows are whole: term, identifier, data id, meaning, source', () => {
    expect(rows.filter((cells) => cells.length !== 5).map(([term]) => term)).toEqual([]);
    expect(rows.filter(([term, , , meaning, source]) => !term || !meaning || !source)).toEqual([]);
  });

  it('a term is defined once', () => {
    const terms = rows.map(([term]) => term!);
    expect(terms.filter((term, index) => terms.indexOf(term) !== index)).toEqual([]);
  });

  it('data ids are kebab-case, notices aside', () => {
    const odd = [...dataIds].filter(
      (id) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(id) && !/^[A-Z]{3,4}-\d{2}$/.test(id),
    );
    expect(odd.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
  });
});
