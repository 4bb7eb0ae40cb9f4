import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { templatesDirectory } from '../load.ts';
import { household, question, residents } from './holder.fixture.ts';
import { sealImprint } from './sealImprint.ts';
import { sealRegistrationEntry, sealRegistrationSource } from './sealRegistration.ts';
import { sealRegistrationDataset } from './sealRegistrationFields.ts';

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const chunk = (type: string, data: Buffer) =>
  Buffer.concat([u32(data.length), Buffer.from(type, 'latin1'), data, u32(0)]);

/** A PNG of `side` pixels square; `rows` are its filtered rows, white when absent. */
function png(side: number, rows?: Buffer, depth = 1): string {
  const stride = Math.ceil((side * depth) / 8) + 1;
  const white = Buffer.alloc(stride * side, 0xff);
  for (let y = 0; y < side; y += 1) white[y * stride] = 0;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const header = Buffer.concat([u32(side), u32(side), Buffer.from([depth, 0, 0, 0, 0])]);
  const data = deflateSync(rows ?? white);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]).toString('base64');
}

/** With a stroke in the middle row, told from a white one by its `filter`. */
function inked(side: number, filter = 0): string {
  const stride = Math.ceil(side / 8) + 1;
  const rows = Buffer.alloc(stride * side, filter === 2 ? 0 : 0xff);
  for (let y = 0; y < side; y += 1) rows[y * stride] = y === 0 ? 0 : filter;
  if (filter === 2) rows.fill(0xff, 1, stride);
  rows[stride * (side >> 1) + 2] = 0x0f;
  return png(side, rows);
}

const imprint = { png: inked(300), dpi: 600 };
const entry = (change: object = {}) =>
  sealRegistrationEntry.parse({
    municipality: '992011',
    residentId: 'r1',
    registeredOn: '2014-04-10',
    status: 'active',
    imprint,
    ...change,
  });

describe('an imprint at the door', () => {
  it.each([
    ['8 mm and a little', 190, 600, true],
    ['8 mm', 188, 600, false],
    ['25 mm', 590, 600, true],
    ['more than 25 mm', 592, 600, false],
    ['12.7 mm at 400 dpi', 200, 400, true],
    ['too few dots', 200, 399, false],
  ])('%s: %i pixels at %i dpi', (_what, side, dpi, accepted) => {
    expect(sealImprint.safeParse({ png: inked(side), dpi }).success).toBe(accepted);
  });

  it.each([
    ['no PNG', Buffer.from('not a picture').toString('base64'), /PNG/],
    ['8 bits', png(300, undefined, 8), /1ビット/],
    ['half of the rows', png(300, Buffer.alloc(39 * 150, 0)), /途中で切れて/],
    ['nothing on it', png(300), /何も写って/],
  ])('%s is refused in words', (_what, bytes, message) => {
    const { error } = sealImprint.safeParse({ png: bytes, dpi: 600 });
    expect(error!.issues.map((issue) => issue.message).join()).toMatch(message);
  });

  it.each([0, 2])('a stroke is seen through row filter %i', (filter) => {
    expect(sealImprint.safeParse({ png: inked(300, filter), dpi: 600 }).success).toBe(true);
  });

  it('a white picture stays white whatever its last byte is padded with', () => {
    const rows = Buffer.alloc(39 * 300, 0xff);
    for (let y = 0; y < 300; y += 1) [rows[y * 39], rows[y * 39 + 38]] = [0, 0xf0];
    expect(sealImprint.safeParse({ png: png(300, rows), dpi: 600 }).success).toBe(false);
  });
});

describe('a row of the seal register', () => {
  it.each([
    ['cancelled without a day', { status: 'cancelled' }],
    ['active with a day of cancelling', { cancelledOn: '2026-01-01' }],
    ['cancelled before it was registered', { status: 'cancelled', cancelledOn: '2014-04-09' }],
    ['a copy of the name', { name: '見本　一郎' }],
  ])('refuses %s', (_what, change) => {
    expect(() => entry(change)).toThrow();
  });
});

describe('who is given a 印鑑登録証明書', () => {
  const find = (holder: string, seal?: object) =>
    sealRegistrationSource.find(
      { household, residents, seal: seal as ReturnType<typeof entry> },
      question(holder),
    );

  it('the holder of an active registration, as the resident register knows them', () => {
    const found = find('r1', entry());
    expect(found).toMatchObject({
      kind: 'found',
      value: { holder: { name: '見本　一郎', formerName: '例示', address: household.address }, imprint },
      persons: [{ number: 1, self: true, texts: ['見本　一郎', '例示'] }],
      texts: [household.address],
    });
  });

  it.each([
    ['nothing is registered', undefined],
    ['the seal was cancelled', entry({ status: 'cancelled', cancelledOn: '2026-11-20' })],
    ['it was cancelled today', entry({ status: 'cancelled', cancelledOn: '2026-11-21' })],
    // no schema was asked: the source must not trust the status alone
    ['a row says both', { ...entry(), cancelledOn: '2026-11-20' }],
    ['it is registered tomorrow', entry({ registeredOn: '2026-11-22' })],
    ['the row is another resident’s', entry({ residentId: 'r2' })],
    ['the row is another municipality’s', entry({ municipality: '992020' })],
  ])('nobody when %s', (_what, seal) => {
    expect(find('r1', seal)).toEqual({ kind: 'withheld', reason: 'seal-not-registered' });
  });

  it('nobody who is not on the record any more', () => {
    const seal = entry({ residentId: 'r3' });
    expect(find('r3', seal)).toEqual({ kind: 'withheld', reason: 'ask-at-the-counter' });
  });

  it('cannot be reduced to somebody else', () => {
    const found = find('r1', entry());
    if (found.kind !== 'found') throw new Error('not found');
    expect(sealRegistrationSource.select(found.value, [1])).toBe(found.value);
    expect(() => sealRegistrationSource.select(found.value, [2])).toThrow(RangeError);
    expect(() => sealRegistrationSource.select(found.value, [])).toThrow(RangeError);
  });
});

describe('the printed fields', () => {
  const viewOf = (holder: string, change: object = {}) => {
    const rows = { household, residents, seal: entry({ residentId: holder, ...change }) };
    const found = sealRegistrationSource.find(rows, question(holder));
    if (found.kind !== 'found') throw new Error('not found');
    return sealRegistrationDataset.view(found.value, { omitted: [], labels: {} });
  };

  it('are exactly the declared ones', () => {
    for (const holder of ['r1', 'r2']) {
      expect(Object.keys(viewOf(holder).header).sort()).toEqual(
        [...sealRegistrationDataset.headerFields].sort(),
      );
    }
  });

  it('the sex is not among them', () => {
    expect(sealRegistrationDataset.headerFields).not.toContain('sex');
  });

  it('the imprint has its true width: 300 dots of 600 to the inch are 12.7 mm', () => {
    const { imprint: printed } = viewOf('r1').header;
    if (printed?.kind !== 'image') throw new Error('no picture');
    expect([printed.image.width, printed.widthMm, printed.alt]).toEqual([300, 12.7, '登録された印影']);
  });

  it('a foreign resident: both names, 通称, the katakana of the seal, a Western birth date', () => {
    expect(viewOf('r2', { katakanaName: 'サンプル　マリア' }).header).toMatchObject({
      name: { text: 'SAMPLE MARIA　見本　真理亜' },
      alias: { text: '見本　マリア' },
      'former-name': { kind: 'not-applicable' },
      'katakana-name': { text: 'サンプル　マリア' },
      'birth-date': { text: '1983年7月2日' },
    });
  });
});

describe('the form', () => {
  it('gives the imprint a box of 30 mm', () => {
    const path = `${templatesDirectory}layouts/seal-registration-certificate.standard.json`;
    const { grid, header } = JSON.parse(readFileSync(path, 'utf8')) as {
      grid: { columnWidthPt: number; rowHeightPt: number };
      header: { box: [number, number, number, number]; content: { kind: string } }[];
    };
    const [, , rows, columns] = header.find(({ content }) => content.kind === 'image')!.box;
    const millimetres = (points: number) => (points / 72) * 25.4;
    expect(millimetres(columns * grid.columnWidthPt)).toBeCloseTo(30, 2);
    expect(millimetres(rows * grid.rowHeightPt)).toBeCloseTo(30, 2);
  });
});
