import { plainPdf } from '#agent/center/fixtures/plainPdf.ts';
import { createIppPrinter } from '#agent/printer/ippPrinter.ts';
import { startPrinterSimulator } from '#simulators/printer/printerServer.ts';
import { printerContract, type PrinterBench } from './printer.contract.ts';

/** The printer has been on for an hour when a test begins. */
const LONG_RUNNING_MS = 3_600_000;

/** Waiting moves the clock and one sheet of paper: nothing here takes real time. */
async function ippBench(): Promise<PrinterBench> {
  let now = 0;
  const simulator = await startPrinterSimulator({ pageTimeMs: null, clock: () => now });
  const { printer } = simulator;
  now = LONG_RUNNING_MS;
  const port = createIppPrinter({
    url: simulator.url,
    clock: () => now,
    wait: async (milliseconds) => {
      now += milliseconds;
      printer.step();
    },
  });
  return {
    port,
    now: () => now,
    sheets: (reference) => printer.tray.filter((sheet) => sheet.reference === reference).length,
    received: (reference) => printer.jobs.filter((job) => job.reference === reference).length,
    sides: (reference) => printer.jobs.find((job) => job.reference === reference)?.sides,
    jamOnSheet: (sheet) => void (printer.faults.jamOnSheet = sheet),
    setDuplex: (on) => printer.setDuplex(on),
    stop: (reason) => {
      if (reason === 'media-empty') printer.setPaper(0);
      if (reason === 'cover-open') printer.setCover(true);
      if (reason === 'toner-empty') printer.setToner(false);
      if (reason === 'paused') printer.setPaused(true);
    },
    loseNextReply: () => void (printer.faults.lostReplies = 1),
    cutNextRequest: () => void (printer.faults.cutRequests = 1),
    cutPowerAfterSheet: (sheet, memory) => {
      printer.faults.powerCutAfterSheet = sheet;
      printer.faults.forgetsJobs = memory === 'lost';
    },
    powerOn: () => printer.setPower(true),
    away: () => simulator.close(),
    close: () => simulator.close(),
  };
}

printerContract({ name: 'IPP over the simulated store printer', bench: ippBench, document: plainPdf });
