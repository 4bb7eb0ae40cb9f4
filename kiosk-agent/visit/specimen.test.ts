/** 見本の印刷: once, by the staff, beside no resident; what is not the center's word for this kiosk is not printed. */
import { describe, expect, it } from 'vitest';
import { makeWorld } from '../transaction/testDevices.ts';
import { makeCenterState } from './testCenter.ts';
import { makeTestKiosk, settled, type Given, type TestKiosk } from './testKiosk.ts';

const ID = '7b1f4b9e-3a52-4bb1-9d0e-0c4f8f1f6a01';
const OTHER = '7b1f4b9e-3a52-4bb1-9d0e-0c4f8f1f6a02';

async function staffAt(given: Given = {}): Promise<TestKiosk> {
  const center = given.center ?? makeCenterState();
  center.specimens.set(ID, 'waiting');
  const kiosk = makeTestKiosk({ ...given, center });
  await kiosk.runner.start();
  await kiosk.until('idle');
  kiosk.touch({ type: 'staffOpen' });
  kiosk.touch({ type: 'staffCode', code: '246810' });
  await kiosk.until('staffMenu');
  await settled();
  return kiosk;
}
const menu = async (kiosk: TestKiosk) => {
  for (let turn = 0; turn < 10; turn += 1) await settled();
  return kiosk.until('staffMenu');
};
const papers = ({ world }: TestKiosk) => [...world.sheets.values()];

describe('a specimen', () => {
  it('is listed for the staff and printed once, on both sides, without money or a row of the journal', async () => {
    const kiosk = await staffAt();
    const { specimens } = await menu(kiosk);
    expect(specimens).toEqual([
      {
        id: ID,
        municipality: '架空県架空市',
        label: '住民票の写し',
        requestedAt: '2026-11-20T02:00:00.000Z',
      },
    ]);
    kiosk.touch({ type: 'staffPrintSpecimen', id: ID });
    kiosk.touch({ type: 'staffPrintSpecimen', id: ID });
    const after = await menu(kiosk);
    expect(after).toMatchObject({
      specimens: [],
      message: expect.stringContaining('見本を印刷しました（1枚）'),
    });
    expect(papers(kiosk)).toEqual([expect.objectContaining({ sheets: 1, sides: 'two-sided' })]);
    expect(kiosk.center.specimens.get(ID)).toBe('printed');
    expect(kiosk.everyRow()).toEqual([]);
    expect(kiosk.world.charged.size).toBe(0);
    kiosk.touch({ type: 'staffPrintSpecimen', id: ID });
    await menu(kiosk);
    expect(papers(kiosk)).toHaveLength(1);
    await kiosk.runner.stop();
  });

  it('keeps the staff at the screen until the paper is out: no resident comes in between', async () => {
    const kiosk = await staffAt({ settings: { staffForMs: 10_000 } });
    await menu(kiosk);
    kiosk.center.silent.add('fetchTestIssue');
    kiosk.touch({ type: 'staffPrintSpecimen', id: ID });
    expect((await menu(kiosk)).message).toMatch(/お待ちください/);
    kiosk.touch({ type: 'staffLeave' });
    expect((await menu(kiosk)).at).toBe('staffMenu');
    // nor does time send them away
    await kiosk.pass(30_000);
    expect((await menu(kiosk)).message).toMatch(/お待ちください/);
    // a center that never answers holds nobody for ever
    await kiosk.pass(30_000);
    expect((await menu(kiosk)).message).toMatch(/つながりません/);
    kiosk.touch({ type: 'staffLeave' });
    await kiosk.until('idle');
    await kiosk.runner.stop();
  });

  it.each([
    ['of another kiosk', { kioskId: 'kiosk-other' }],
    ['of another request', { testIssueId: OTHER }],
    ['of other bytes', { documentSha256: 'f'.repeat(64) }],
    ['with a page too few', { pages: 4, sheets: 2 }],
    ['of yesterday', { expiresAt: '2026-11-19T02:00:00.000Z' }],
  ])('%s is not printed, and the center is told', async (_what, spoilt) => {
    const center = makeCenterState();
    center.spoilSpecimen = (manifest) => ({ ...manifest, ...spoilt });
    const kiosk = await staffAt({ center });
    await menu(kiosk);
    kiosk.touch({ type: 'staffPrintSpecimen', id: ID });
    expect((await menu(kiosk)).message).toMatch(/正しくない/);
    expect(papers(kiosk)).toEqual([]);
    expect(center.specimens.get(ID)).toBe('not-printed');
    await kiosk.runner.stop();
  });

  it('is not fetched while the printer is not ready: it is handed out once only', async () => {
    const kiosk = await staffAt();
    await menu(kiosk);
    kiosk.world.printerReady = false;
    kiosk.touch({ type: 'staffPrintSpecimen', id: ID });
    expect((await menu(kiosk)).message).toMatch(/印刷の機械/);
    expect(kiosk.center.specimens.get(ID)).toBe('waiting');
    await kiosk.runner.stop();
  });

  it.each([
    ['not-printed', 'not-printed', /できませんでした/],
    ['printed-reply-lost', 'unknown', /出ていたら、処分/],
  ] as const)('%s is told as it is', async (script, fate, words) => {
    const kiosk = await staffAt({ world: makeWorld({ prints: [script], blindPrinter: true }) });
    await menu(kiosk);
    kiosk.touch({ type: 'staffPrintSpecimen', id: ID });
    expect((await menu(kiosk)).message).toMatch(words);
    expect(kiosk.center.specimens.get(ID)).toBe(fate);
    await kiosk.runner.stop();
  });

  it('of a center that is away or of another kiosk changes nothing on the screen', async () => {
    const center = makeCenterState();
    center.unreachable.add('testIssues');
    const kiosk = await staffAt({ center });
    expect((await menu(kiosk)).specimens).toEqual([]);
    kiosk.touch({ type: 'staffPrintSpecimen', id: ID });
    await menu(kiosk);
    expect(center.specimens.get(ID)).toBe('waiting');
    await kiosk.runner.stop();
  });
});
