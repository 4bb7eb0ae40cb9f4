/** What the kiosk says of itself: at once when it changes, now and then when it does not, never about a person. */
import { describe, expect, it } from 'vitest';
import { kioskStatusRequest } from '#center/contract/kioskStatus.ts';
import { authenticated, makeTestKiosk, NOON, settled } from './testKiosk.ts';
import { makeCenterState } from './testCenter.ts';

const CHECK_MS = 15_000;

describe('the word of a kiosk about itself', () => {
  it('is said at the start, when a device fails and when it is mended, and every five minutes', async () => {
    const kiosk = makeTestKiosk();
    await kiosk.runner.start();
    await settled();
    expect(kiosk.center.statuses).toEqual([
      {
        reader: 'ready',
        printer: 'ready',
        printerReasons: [],
        payment: 'ready',
        outOfService: null,
        unsettled: 0,
        build: '0.0.0+test',
        now: new Date(NOON).toISOString(),
      },
    ]);
    await kiosk.pass(4 * CHECK_MS);
    expect(kiosk.center.statuses).toHaveLength(1);
    kiosk.world.printerReady = false;
    await kiosk.pass(CHECK_MS);
    await settled();
    expect(kiosk.center.statuses.at(-1)).toMatchObject({ printer: 'fault', outOfService: 'PRNT-01' });
    kiosk.world.printerReady = true;
    await kiosk.pass(CHECK_MS);
    await settled();
    expect(kiosk.center.statuses.at(-1)).toMatchObject({ printer: 'ready', outOfService: null });
    const said = kiosk.center.statuses.length;
    await kiosk.pass(5 * 60_000 + CHECK_MS);
    await settled();
    expect(kiosk.center.statuses).toHaveLength(said + 1);
    for (const status of kiosk.center.statuses) kioskStatusRequest.parse(status);
    await kiosk.runner.stop();
  });

  it('is said again when it was not heard', async () => {
    const center = makeCenterState();
    center.unreachable.add('status');
    const kiosk = makeTestKiosk({ center });
    await kiosk.runner.start();
    await settled();
    expect(center.statuses).toEqual([]);
    center.unreachable.delete('status');
    await kiosk.pass(CHECK_MS);
    await settled();
    expect(center.statuses).toHaveLength(1);
    await kiosk.runner.stop();
  });

  it('does not tell that somebody stands at the screen', async () => {
    const kiosk = makeTestKiosk();
    await kiosk.runner.start();
    await settled();
    await authenticated(kiosk);
    await kiosk.until('choosingCertificate');
    await kiosk.pass(2 * CHECK_MS);
    await settled();
    expect(kiosk.center.statuses).toHaveLength(1);
    await kiosk.runner.stop();
  });
});
