import { describe, expect, it } from 'vitest';
import { loadTemplates, type Templates } from '#templates/load.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { exampleOrder, exampleProfile, exampleTemplates, MIHON } from './documents.fixture.ts';
import { composeRequest, composeSheet } from './request.ts';
import { warmUpRequests } from './warmUp.ts';

const shipped = loadTemplates();
const digest = '0'.repeat(64);
const withProfile = (change: object): Templates => ({
  ...exampleTemplates,
  profiles: new Map([[MIHON, { digest, value: { ...exampleProfile, ...change } }]]),
});
const composedOf = (templates: Templates, changes: Parameters<typeof exampleOrder>[0] = {}) => {
  const composed = composeRequest(templates, exampleOrder(changes));
  return composed.kind === 'composed' ? composed.request : composed.kind;
};

describe('a certificate', () => {
  it('takes head and seal of its day from one date', () => {
    const day = civilDate.parse('2026-11-21');
    const [head, seal] = [exampleProfile.head[0]!, exampleProfile.seal[0]!];
    const templates = withProfile({
      head: [head, { ...head, from: day, name: '例示　二郎' }],
      seal: [seal, { ...seal, from: day, description: '新しい公印' }],
    });
    const on = (date: string) => {
      const request = composedOf(templates, { issueDate: civilDate.parse(date) });
      return typeof request === 'string'
        ? request
        : [request.certifier?.name, request.seal?.description, request.issueDate];
    };
    expect(on('2026-11-20')).toEqual(['見本　一郎', seal.description, '2026-11-20']);
    expect(on('2026-11-21')).toEqual(['例示　二郎', '新しい公印', '2026-11-21']);
  });

  it('no seal, no head, no statement for the extent: no document', () => {
    expect(composedOf({ ...exampleTemplates, seals: new Map() })).toBe('not-offered');
    const late = civilDate.parse('2030-01-01');
    expect(composedOf(withProfile({ seal: [{ ...exampleProfile.seal[0]!, from: late }] }))).toBe(
      'not-offered',
    );
    expect(composedOf(withProfile({ head: [{ ...exampleProfile.head[0]!, from: late }] }))).toBe(
      'not-offered',
    );
    const [entry] = exampleProfile.kinds;
    const { whole: _whole, ...statements } = entry!.statements;
    expect(composedOf(withProfile({ kinds: [{ ...entry!, statements }] }))).toBe('not-offered');
  });

  it('住民票コード is printed where a municipality allows it, and cannot be asked for elsewhere', () => {
    const include = ['resident-record-code'];
    const [entry] = exampleProfile.kinds;
    const allowed = withProfile({ kinds: [{ ...entry!, options: [...entry!.options, ...include] }] });
    const omitted = (wanted: readonly string[]) => {
      const request = composedOf(allowed, { include: wanted });
      return typeof request === 'string' ? request : request.omitted.includes('resident-record-code');
    };
    expect([omitted([]), omitted(include)]).toEqual([true, false]);
    expect(() => composedOf(exampleTemplates, { include })).toThrow(RangeError);
  });

  it('is finished plainly unless the order says how', () => {
    const request = composedOf(exampleTemplates);
    expect(typeof request === 'string' ? request : request.finish).toEqual({ kind: 'plain' });
  });

  it('has one digest for one set of templates and another when the seal changes', () => {
    const digestOf = (templates: Templates) => {
      const composed = composeRequest(templates, exampleOrder());
      return composed.kind === 'composed' ? composed.templateDigest : composed.kind;
    };
    const seals = new Map(
      [...exampleTemplates.seals].map(([id, seal]) => [id, { ...seal, digest: 'f'.repeat(64) }]),
    );
    expect(digestOf(exampleTemplates)).toBe(digestOf(exampleTemplates));
    expect(digestOf({ ...exampleTemplates, seals })).not.toBe(digestOf(exampleTemplates));
  });
});

describe('a sheet', () => {
  const order = {
    requestId: 'sheet',
    layout: 'receipt.standard',
    value: {},
    title: '領　収　書',
    issueNumberLabel: '取扱番号',
    issueNumber: '7K3M-9QXA',
    issueDate: civilDate.parse('2026-11-21'),
  };

  it('certifies nothing and needs no municipality', () => {
    const request = composeSheet(shipped, order);
    expect(request).toMatchObject({
      title: '領　収　書',
      issueNumberLabel: '取扱番号',
      dataset: { id: 'receipt' },
    });
    expect([request.statement, request.certifier, request.seal]).toEqual([undefined, undefined, undefined]);
    expect(request.marks).toEqual({ omitted: '【省略】', empty: '【空欄】', notApplicable: '＊＊＊' });
  });

  it('prints a municipality’s own marks when it is hers', () => {
    const profiles = new Map([
      [
        MIHON,
        { digest, value: { ...exampleProfile, marks: { ...exampleProfile.marks, empty: '（なし）' } } },
      ],
    ]);
    expect(composeSheet({ ...shipped, profiles }, { ...order, municipality: MIHON }).marks.empty).toBe(
      '（なし）',
    );
  });

  it('never takes the layout of a certificate, which would come without its seal', () => {
    expect(() => composeSheet(shipped, { ...order, layout: 'resident-record-copy.household' })).toThrow(
      RangeError,
    );
    expect(() => composeSheet(shipped, { ...order, layout: 'receipt.other' })).toThrow(RangeError);
  });
});

describe('the warm-up', () => {
  it('has one document of every dataset a municipality offers, of both forms', () => {
    const requests = warmUpRequests(shipped);
    const offered = [...shipped.profiles.values()].flatMap(({ value }) =>
      value.kinds.map(({ kind }) => shipped.kinds.get(kind)!.value.dataset),
    );
    expect(requests.map(({ dataset }) => dataset.id).sort()).toEqual([...new Set(offered)].sort());
    const forms = requests.map(({ layout }) => (JSON.parse(layout.json) as { form: string }).form);
    expect(new Set(forms)).toEqual(new Set(['grid', 'flow']));
  });

  it('is a fault when nobody offers anything', () => {
    expect(() => warmUpRequests({ ...shipped, profiles: new Map() })).toThrow(RangeError);
  });
});
