/**
 * The simulated store printer on the wire: IPP on one port, a JSON control channel on another.
 *
 *   GET  /state                     power, paper, reasons, jobs, sheets in the tray, duplicates, faults
 *   GET  /documents                 what was received: id, reference, pages, sheets, state, sha256, size
 *   GET  /documents/:id/bytes       the PDF
 *   POST /jam {sheet?}              now, or on that sheet of the next job    POST /clear   jam out, cover shut
 *   POST /empty   POST /refill {sheets?}   POST /cover {open}   POST /toner {present}   POST /pause {on}
 *   POST /power {on}                POST /faults {lostReplies?, cutRequests?, powerCutAfterSheet?, delayMs?, forgetsJobs?}
 *   POST /take                      takes the paper out of the tray          POST /step {sheets?} moves sheets by hand
 *   POST /duplex {on}               whether it can print the back of a sheet
 *   POST /reset
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock } from '#templates/vocabulary.ts';
import { json, listen, readBody, startJsonServer, type Route } from '../controlServer.ts';
import { answerIpp, readIpp, writeIpp } from './ippAnswers.ts';
import { createStorePrinter, FULL_TRAY_SHEETS, type StorePrinter } from './storePrinter.ts';

const MAX_JOB_BYTES = 50_000_000;

export interface PrinterSimulator {
  /** the PRINTER_URL of this printer */
  readonly url: string;
  readonly controlUrl: string;
  readonly printer: StorePrinter;
  close(): Promise<void>;
}
export interface PrinterSimulatorOptions {
  /** 0 or absent: a free one */
  readonly port?: number;
  readonly controlPort?: number;
  /** null: paper moves only by `printer.step()` or POST /step */
  readonly pageTimeMs: number | null;
  /** for printer-up-time only; the process's own clock when absent */
  readonly clock?: Clock;
}

/** Rejects when a port is in use. */
export async function startPrinterSimulator(options: PrinterSimulatorOptions): Promise<PrinterSimulator> {
  const printer = createStorePrinter(options.clock ?? (() => performance.now()));
  let url = '';
  const server = createServer((request, response) => {
    void serve(printer, url, request, response).catch(() => response.socket?.destroy());
  });
  const ippServer = await listen(server, options.port ?? 0);
  url = `ipp://127.0.0.1:${ippServer.port}/ipp/print`;
  const control = await startJsonServer(options.controlPort ?? 0, controlRoutes(printer)).catch(
    async (error: unknown) => {
      await ippServer.close();
      throw error;
    },
  );
  const timer = options.pageTimeMs === null ? null : setInterval(() => printer.step(), options.pageTimeMs);
  return {
    url,
    controlUrl: `http://127.0.0.1:${control.port}`,
    printer,
    close: async () => {
      if (timer) clearInterval(timer);
      await Promise.all([ippServer.close(), control.close()]);
    },
  };
}

async function serve(
  printer: StorePrinter,
  url: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!printer.power) return void response.socket?.destroy();
  if (request.method !== 'POST' || request.headers['content-type'] !== 'application/ipp') {
    response.writeHead(400).end();
    return;
  }
  const message = readIpp(await readBody(request, MAX_JOB_BYTES));
  const printing = message.operation === 'Print-Job';
  if (printing && printer.faults.cutRequests > 0) {
    printer.faults.cutRequests -= 1;
    return void response.socket?.destroy();
  }
  const bytes = writeIpp(answerIpp(printer, url, message));
  if (printing && printer.faults.lostReplies > 0) {
    printer.faults.lostReplies -= 1;
    return void response.socket?.destroy();
  }
  const reply = (): void => {
    response.writeHead(200, { 'content-type': 'application/ipp', 'content-length': bytes.length });
    response.end(bytes);
  };
  if (printer.faults.delayMs > 0) setTimeout(reply, printer.faults.delayMs);
  else reply();
}

const count = z.number().int().min(1);
const faultsBody = z.strictObject({
  lostReplies: z.number().int().min(0).optional(),
  cutRequests: z.number().int().min(0).optional(),
  powerCutAfterSheet: count.nullable().optional(),
  delayMs: z.number().int().min(0).max(600_000).optional(),
  forgetsJobs: z.boolean().optional(),
});

function controlRoutes(printer: StorePrinter): Record<string, Route> {
  const state = () => json(stateOf(printer));
  /** An act whose body is checked and whose answer is the state after it. */
  const act =
    <Body>(schema: z.ZodType<Body>, change: (body: Body) => void): Route =>
    (_parameters, body) => {
      change(schema.parse(body));
      return state();
    };
  const none = z.unknown();
  return {
    'GET /state': state,
    'GET /documents': () => json(printer.jobs.map(describeJob)),
    'GET /documents/:id/bytes': ([id]) => {
      const job = printer.jobs.find((candidate) => candidate.id === Number(id));
      if (!job) return json({ error: 'no such document' }, 404);
      return { kind: 'bytes', contentType: 'application/pdf', body: job.bytes };
    },
    'POST /jam': act(z.object({ sheet: count.optional() }), ({ sheet }) => {
      if (sheet === undefined) printer.jam();
      else printer.faults.jamOnSheet = sheet;
    }),
    'POST /clear': act(none, () => printer.clear()),
    'POST /empty': act(none, () => printer.setPaper(0)),
    'POST /refill': act(z.object({ sheets: count.optional() }), ({ sheets }) =>
      printer.setPaper(sheets ?? FULL_TRAY_SHEETS),
    ),
    'POST /cover': act(z.object({ open: z.boolean() }), ({ open }) => printer.setCover(open)),
    'POST /toner': act(z.object({ present: z.boolean() }), ({ present }) => printer.setToner(present)),
    'POST /pause': act(z.object({ on: z.boolean() }), ({ on }) => printer.setPaused(on)),
    'POST /power': act(z.object({ on: z.boolean() }), ({ on }) => printer.setPower(on)),
    'POST /faults': act(faultsBody, (faults) => void Object.assign(printer.faults, faults)),
    'POST /take': () => json({ taken: printer.takePaper() }),
    'POST /duplex': act(z.object({ on: z.boolean() }), ({ on }) => printer.setDuplex(on)),
    'POST /step': act(z.object({ sheets: count.optional() }), ({ sheets }) => {
      for (let moved = 0; moved < (sheets ?? 1); moved += 1) printer.step();
    }),
    'POST /reset': act(none, () => printer.reset()),
  };
}

function describeJob(job: StorePrinter['jobs'][number]) {
  const { bytes, user: _user, ...rest } = job;
  return { ...rest, size: bytes.length };
}

function stateOf(printer: StorePrinter) {
  return {
    power: printer.power,
    paper: printer.paper,
    duplex: printer.duplex,
    reasons: printer.stopReasons(),
    sheetsInTray: printer.tray.length,
    tray: printer.tray,
    duplicates: printer.duplicates,
    faults: printer.faults,
    jobs: printer.jobs.map(describeJob),
  };
}
