/**
 * The simulated store printer as a process: `node --import tsx test/simulators/printer/main.ts`
 * Environment: PRINTER_PORT (8631), PRINTER_CONTROL_PORT (8632), PRINTER_PAGE_MS (1500); 0 as a port chooses a free one.
 * Prints one line of JSON when it is ready: {"printer":"ipp://…","control":"http://…"}.
 */
import { z } from 'zod';
import { startPrinterSimulator } from './printerServer.ts';

const environment = z
  .object({
    PRINTER_PORT: z.coerce.number().int().min(0).max(65_535).default(8631),
    PRINTER_CONTROL_PORT: z.coerce.number().int().min(0).max(65_535).default(8632),
    PRINTER_PAGE_MS: z.coerce.number().int().min(1).max(60_000).default(1_500),
  })
  .parse(process.env);

const simulator = await startPrinterSimulator({
  port: environment.PRINTER_PORT,
  controlPort: environment.PRINTER_CONTROL_PORT,
  pageTimeMs: environment.PRINTER_PAGE_MS,
}).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  console.error(
    'the simulated printer cannot start: its port is in use (PRINTER_PORT, PRINTER_CONTROL_PORT)',
  );
  process.exit(1);
});
console.log(JSON.stringify({ printer: simulator.url, control: simulator.controlUrl }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void simulator.close().then(() => process.exit(0)));
}
