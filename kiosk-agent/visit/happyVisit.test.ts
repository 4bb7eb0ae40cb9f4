import { describe, expect, it } from 'vitest';
import { viewMessage } from '../contract/deviceLink.ts';
import type { ViewMessage } from '../contract/deviceLink.ts';
import { moneyKept } from '../transaction/testDevices.ts';
import { makeTestKiosk, ordered, settled } from './testKiosk.ts';

describe('a visit without mishap', () => {
  it('goes through every screen, charges once, prints each copy once, confirms and forgets', async () => {
    const kiosk = makeTestKiosk();
    const seen: ViewMessage[] = [];
    kiosk.runner.watch((message) => seen.push(message));
    await kiosk.runner.start();
    await ordered(kiosk, 2);
    const confirming = await kiosk.until('confirming');
    expect(confirming.total).toBe(600);
    expect(confirming.items[0]?.details).toEqual([{ text: 'のせる人：本人だけ' }, { text: '続柄：なし' }]);
    kiosk.touch({ type: 'confirm' });
    const collecting = await kiosk.until('collecting');
    expect(collecting).toMatchObject({ certificates: 2, sheets: 4, change: 0, receipt: 'printed' });
    expect(collecting.inquiryNumber).toMatch(/^TEST-\d{4}$/);
    expect(moneyKept(kiosk.world)).toBe(600);
    expect([...kiosk.world.sheets.values()].map(({ whole }) => whole)).toEqual([true, true, true]);
    await settled();
    expect([...kiosk.center.ledger.values()]).toEqual(['printed', 'printed']);
    expect(kiosk.journal.openRows()).toEqual([]);
    kiosk.touch({ type: 'collected' });
    await kiosk.until('idle');
    expect([...new Set(seen.map(({ view }) => view.at))]).toEqual([
      'outOfService',
      'idle',
      'consent',
      'awaitingCard',
      'readingCard',
      'enteringPin',
      'authenticating',
      'returningCard',
      'choosingCertificate',
      'choosingOptions',
      'basket',
      'preparing',
      'confirming',
      'paying',
      'printing',
      'collecting',
    ]);
    for (const message of seen) viewMessage.parse(message);
    expect(kiosk.desk.connections).toBe(0);
    expect(kiosk.desk.pins.every((pin) => pin.every((byte) => byte === 0))).toBe(true);
    await kiosk.runner.stop();
  });
});
