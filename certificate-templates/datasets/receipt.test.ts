import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { templatesDirectory } from '../load.ts';
import { receipt, receiptDataset } from './receipt.ts';

const sample = JSON.parse(readFileSync(`${templatesDirectory}samples/sheets/receipt.json`, 'utf8')) as {
  value: z.input<typeof receipt>;
};
const { value } = sample;
const refused = (change: object) => receipt.safeParse({ ...value, ...change }).success === false;

describe('a receipt', () => {
  it('adds up', () => {
    expect(refused({})).toBe(false);
    expect(refused({ total: value.total + 50 })).toBe(true);
    const [line, ...rest] = value.lines;
    expect(refused({ lines: [{ ...line, copies: line!.copies + 1 }, ...rest] })).toBe(true);
    expect(refused({ lines: [] })).toBe(true);
  });

  it('has no field for anything about a person', () => {
    for (const key of [
      'name',
      'address',
      'birthDate',
      'residentId',
      'card',
      'issueNumber',
      'individualNumber',
    ]) {
      expect(refused({ [key]: '見本　一郎' }), key).toBe(true);
      expect(refused({ lines: value.lines.map((line) => ({ ...line, [key]: '見本　一郎' })) }), key).toBe(
        true,
      );
      if (key !== 'name') expect(refused({ store: { ...value.store, [key]: '見本　一郎' } }), key).toBe(true);
    }
    const places = JSON.stringify(z.toJSONSchema(receipt, { unrepresentable: 'any', io: 'input' }));
    const named = [...places.matchAll(/"properties":\{/g)].length;
    expect([...places.matchAll(/"additionalProperties":false/g)]).toHaveLength(named);
    const declared = [...receiptDataset.headerFields, ...Object.values(receiptDataset.rows).flat()];
    expect([...new Set(declared)].sort()).toEqual([
      'amount',
      'copies',
      'inquiry-number',
      'kind',
      'machine-serial',
      'municipality',
      'paid-at',
      'store-name',
      'store-number',
      'total',
      'unit-price',
    ]);
  });

  it('prints a row for each line, then the total, never alone on a page', () => {
    const { header, flow } = receiptDataset.view(value, { omitted: [], labels: {} });
    expect(Object.keys(header).sort()).toEqual([...receiptDataset.headerFields].sort());
    expect(flow.map(({ row }) => row)).toEqual(['line', 'line', 'line', 'line', 'total']);
    for (const { row, fields } of flow) {
      expect(Object.keys(fields).sort()).toEqual([...receiptDataset.rows[row]!].sort());
    }
    expect(flow[0]!.fields).toMatchObject({ copies: { text: '2部' }, amount: { text: '400円' } });
    expect(flow.at(-2)!.keepWithNext).toBe(true);
    expect(flow.at(-1)!.fields).toEqual({
      copies: { kind: 'text', text: '5部' },
      amount: { kind: 'text', text: '1,250円' },
    });
    expect(header['paid-at']).toEqual({ kind: 'text', text: '令和8年11月21日　9時05分' });
  });

  it('says that no consumption tax is in it', () => {
    const layout = readFileSync(`${templatesDirectory}layouts/receipt.standard.json`, 'utf8');
    expect(layout).toContain('証明書交付手数料（不課税）');
  });
});
