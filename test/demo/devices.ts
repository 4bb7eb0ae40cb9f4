/** The demo's devices: authority, printer, coins, card reader, and the cards that can be put on it. */
import { join } from 'node:path';
import { createAuthority, type Authority } from '#simulators/authority/authority.ts';
import { startOcspResponder, type OcspResponder } from '#simulators/authority/ocspResponder.ts';
import { VPCD_PORTS } from '#simulators/card/insertCard.ts';
import { startPaymentSimulator, type PaymentSimulator } from '#simulators/payment/paymentServer.ts';
import { startPrinterSimulator, type PrinterSimulator } from '#simulators/printer/printerServer.ts';
import { startPcscd } from '#simulators/reader/pcscDaemon.ts';
import { createCardShelf, type CardShelf } from './cardShelf.ts';
import { freePort } from './ports.ts';
import type { Place, StackOptions } from './stack.ts';

/** Fast enough to watch, slow enough to see page by page. */
const PAGE_TIME_MS = 1_500;

export interface Devices {
  readonly authority: Authority;
  readonly ocsp: OcspResponder;
  readonly printer: PrinterSimulator;
  readonly payment: PaymentSimulator;
  readonly reader: ChosenReader;
  readonly shelf: CardShelf;
}

/** Starts them; how each is stopped again goes onto `stops`. */
export async function startDevices(
  { dataDir, clock, today }: Place,
  options: StackOptions,
  stops: (() => Promise<void>)[],
): Promise<Devices> {
  const authority = await createAuthority(join(dataDir, 'authority'), { clock });
  const ocsp = await startOcspResponder({ authority, port: 0, clock });
  stops.push(() => ocsp.close());
  const pageTimeMs = options.pageTimeMs === undefined ? PAGE_TIME_MS : options.pageTimeMs;
  const printer = await startPrinterSimulator({ pageTimeMs });
  stops.push(() => printer.close());
  const payment = await startPaymentSimulator({ journalFile: join(dataDir, 'coins.json'), clock });
  stops.push(() => payment.close());
  const reader = await chooseReader(options, dataDir);
  stops.push(reader.stop);
  const folder = join(dataDir, 'cards');
  const shelf = createCardShelf({ authority, folder, today, readerPort: reader.port });
  stops.push(() => shelf.remove());
  return { authority, ocsp, printer, payment, reader, shelf };
}

export interface ChosenReader {
  readonly port: number;
  readonly words: string;
  readonly agentScript: string;
  readonly env: NodeJS.ProcessEnv;
  readonly processes: readonly { readonly name: string; readonly pid: number }[];
  readonly stop: () => Promise<void>;
}

/** PC/SC with the virtual reader, or, where that cannot be had, the reader inside the agent's process. */
async function chooseReader(options: StackOptions, dataDir: string): Promise<ChosenReader> {
  const daemon = options.reader === 'direct' ? null : await startPcscd({ buildDir: join(dataDir, 'build') });
  if (daemon && daemon.kind !== 'unavailable') {
    return {
      port: VPCD_PORTS[0],
      words:
        daemon.kind === 'started'
          ? 'pcscd (started here) with a virtual card'
          : 'pcscd (already running) with a virtual card',
      agentScript: 'kiosk-agent/main.ts',
      env: { CARD_READER: 'Virtual PCD 00 00' },
      processes: daemon.kind === 'started' ? [{ name: 'pcscd', pid: daemon.pid }] : [],
      stop: () => daemon.stop(),
    };
  }
  const port = await freePort();
  const why = daemon ? daemon.reason : 'as asked for';
  return {
    port,
    words: `virtual card attached in process, without PC/SC (${why})`,
    agentScript: 'test/demo/directAgent.ts',
    env: { DIRECT_READER_PORT: String(port) },
    processes: [],
    stop: async () => undefined,
  };
}
