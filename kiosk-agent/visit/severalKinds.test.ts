/** Certificates of several kinds in one visit: one payment, one paper each, and what becomes of the rest after a mishap. */
import { describe, expect, it } from 'vitest';
import { makeWorld, moneyKept } from '../transaction/testDevices.ts';
import { FEE, ITEMS_FEE, makeCenterState } from './testCenter.ts';
import { authenticated, makeTestKiosk, settled } from './testKiosk.ts';
import type { Given, TestKiosk } from './testKiosk.ts';

/** A copy for the holder, the items of the other member, and one more copy: three certificates of two kinds. */
async function threeOrdered(given: Given = {}): Promise<TestKiosk> {
  const kiosk = makeTestKiosk(given);
  await kiosk.runner.start();
  await authenticated(kiosk);
  await kiosk.until('choosingCertificate');
  choose(kiosk, 'resident-record-copy');
  kiosk.touch({ type: 'addAnother' });
  choose(kiosk, 'resident-record-items', [
    { type: 'answer', question: 'extent', values: ['part'] },
    { type: 'answer', question: 'members', values: ['1', '2'] },
    { type: 'answer', question: 'items', values: ['name', 'nationality'] },
  ]);
  kiosk.touch({ type: 'addAnother' });
  choose(kiosk, 'resident-record-copy', [{ type: 'answer', question: 'extent', values: ['whole'] }]);
  kiosk.touch({ type: 'goOn' });
  return kiosk;
}
type Touch = Parameters<TestKiosk['touch']>[0];

function choose(kiosk: TestKiosk, kind: string, answers: readonly Touch[] = []): void {
  kiosk.touch({ type: 'chooseKind', kind });
  for (let question = 0; question < 10; question += 1) {
    const { view } = kiosk.latest();
    if (view.at !== 'choosingOptions') return;
    for (const answer of answers) {
      if (answer.type === 'answer' && answer.question === view.question) kiosk.touch(answer);
    }
    kiosk.touch({ type: 'goOn' });
  }
}

describe('several kinds in one visit', () => {
  it('one total, one payment, each printed once under its own name, one receipt', async () => {
    const kiosk = await threeOrdered();
    const confirming = await kiosk.until('confirming');
    expect(confirming.total).toBe(2 * FEE + ITEMS_FEE);
    expect(confirming.items.map(({ label, details }) => [label, details.map(({ text }) => text)])).toEqual([
      ['住民票の写し', ['のせる人：本人だけ', '続柄：なし']],
      ['住民票記載事項証明書', ['のせる人：架空 花子', 'のせる項目：氏名、国籍']],
      ['住民票の写し', ['のせる人：世帯の全員', '続柄：なし']],
    ]);
    const printing: string[] = [];
    kiosk.runner.watch(({ view }) => {
      if (view.at === 'printing') printing.push(`${view.what} ${view.label} ${view.certificate}/${view.of}`);
    });
    kiosk.touch({ type: 'confirm' });
    expect(await kiosk.until('collecting')).toMatchObject({ certificates: 3, sheets: 6, receipt: 'printed' });
    expect([...new Set(printing)]).toEqual([
      'certificate 住民票の写し 1/3',
      'certificate 住民票記載事項証明書 2/3',
      'certificate 住民票の写し 3/3',
      'receipt  3/3',
    ]);
    expect(kiosk.world.charged.size).toBe(1);
    expect(moneyKept(kiosk.world)).toBe(2 * FEE + ITEMS_FEE);
    expect(kiosk.center.receipts.map(({ certificates }) => certificates.length)).toEqual([3]);
    await settled();
    expect([...kiosk.center.ledger.values()]).toEqual(['printed', 'printed', 'printed']);
    await kiosk.runner.stop();
  });

  it('jam before the second: its fee and the third’s go back, the first is kept and has a receipt', async () => {
    const kiosk = await threeOrdered({ world: makeWorld({ prints: ['printed', 'not-printed', 'printed'] }) });
    await kiosk.until('confirming');
    kiosk.touch({ type: 'confirm' });
    expect((await kiosk.until('notice')).notice).toBe('PRNT-03');
    expect(moneyKept(kiosk.world)).toBe(FEE);
    await settled();
    expect([...kiosk.center.ledger.values()].sort()).toEqual(['printed', 'void', 'void']);
    expect(kiosk.center.receipts.map(({ certificates }) => certificates.length)).toEqual([1]);
    kiosk.touch({ type: 'noticeRead' });
    expect(await kiosk.until('collecting')).toMatchObject({ certificates: 1, sheets: 2, receipt: 'printed' });
    await kiosk.runner.stop();
  });

  it('one of them refused while it is made: the notice names it, nothing is taken, the basket stands', async () => {
    const center = makeCenterState();
    center.refusedKinds.set('resident-record-items', 'DESK-01');
    const kiosk = await threeOrdered({ center });
    expect(await kiosk.until('notice')).toMatchObject({ notice: 'DESK-01', about: '住民票記載事項証明書' });
    await settled();
    expect([...kiosk.center.ledger.values()]).toEqual(['void']);
    expect(moneyKept(kiosk.world)).toBe(0);
    kiosk.touch({ type: 'noticeRead' });
    expect((await kiosk.until('basket')).items).toHaveLength(3);
    await kiosk.runner.stop();
  });
});
