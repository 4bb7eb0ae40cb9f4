/** Another kiosk in another store, with its own reader, printer, coins and agent, against the center of a stand. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { centerKeys } from '#center/kiosks/centerKeys.ts';
import { enrolKiosk } from '#center/kiosks/kioskRegister.ts';
import { hashStaffCode } from '#agent/visit/staffCode.ts';
import { civilMoment } from '#templates/civilTime.ts';
import { startPaymentSimulator } from '#simulators/payment/paymentServer.ts';
import { startPrinterSimulator } from '#simulators/printer/printerServer.ts';
import { createCardShelf } from '../demo/cardShelf.ts';
import { startChild } from '../demo/childProcess.ts';
import { freePort } from '../demo/ports.ts';
import { DEMO_STORE } from '../demo/processes.ts';
import { DEMO_STAFF_CODE, type Stack } from '../demo/stack.ts';
import { standOver, type Stand } from './stand.ts';

export const SECOND_KIOSK = 'demo-store-002';

/** Enrols it and starts its processes; `stop` of the result ends them and leaves the first stand alone. */
export async function startSecondKiosk(first: Stand): Promise<Stand> {
  const { stack } = first;
  const dataDir = mkdtempSync(join(tmpdir(), 'mishaps-second-'));
  mkdirSync(join(dataDir, 'kiosk'), { mode: 0o700 });
  const keys = await centerKeys(stack.dataDir, Date.now());
  const place = { db: stack.db, keys, centerUrl: stack.centerUrl, now: Date.now() };
  const enrolment = await enrolKiosk(place, SECOND_KIOSK);
  writeFileSync(join(dataDir, 'kiosk/enrolment.json'), JSON.stringify(enrolment), { mode: 0o600 });
  const code = await hashStaffCode(DEMO_STAFF_CODE, Buffer.alloc(16, 1));
  writeFileSync(join(dataDir, 'kiosk/staff-code'), code, { mode: 0o600 });
  const printer = await startPrinterSimulator({ pageTimeMs: null });
  const payment = await startPaymentSimulator({ journalFile: null, clock: stack.clock });
  const [readerPort, kioskPort] = [await freePort(), await freePort()];
  const agent = await startChild({
    name: 'second kiosk-agent',
    script: 'test/demo/directAgent.ts',
    logFile: join(dataDir, 'agent.log'),
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      KIOSK_PORT: String(kioskPort),
      ...DEMO_STORE,
      PRINTER_URL: printer.url,
      PAYMENT_URL: payment.url,
      DIRECT_READER_PORT: String(readerPort),
      RENDERER_DIR: resolve(import.meta.dirname, '../../dist/renderer'),
      DEMO_NOW: new Date(stack.clock()).toISOString(),
    },
  });
  const shelf = createCardShelf({
    authority: stack.authority,
    folder: join(dataDir, 'cards'),
    today: civilMoment(stack.clock()).date,
    readerPort,
  });
  const token = (): string => readFileSync(join(dataDir, 'kiosk/screen-token'), 'utf8').trim();
  const own: Stack = {
    ...stack,
    dataDir,
    shelf,
    printer,
    payment,
    agent: () => agent,
    kioskUrl: async () => `http://127.0.0.1:${kioskPort}/?token=${token()}`,
    stop: async () => {
      await agent.stop();
      await printer.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return standOver(own);
}
