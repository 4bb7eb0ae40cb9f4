/**
 * The simulated coin mechanism as a process: `node --import tsx test/simulators/payment/main.ts`
 * Environment: PAYMENT_PORT (8641), PAYMENT_CONTROL_PORT (8642), 0 chooses a free one; PAYMENT_JOURNAL (a file, absent:
 * memory only); PAYMENT_AUTO=1 pays every charge by itself.
 * Prints one line of JSON when it is ready: {"payment":"http://…","control":"http://…"}.
 */
import { z } from 'zod';
import { startPaymentSimulator } from './paymentServer.ts';

const environment = z
  .object({
    PAYMENT_PORT: z.coerce.number().int().min(0).max(65_535).default(8641),
    PAYMENT_CONTROL_PORT: z.coerce.number().int().min(0).max(65_535).default(8642),
    PAYMENT_JOURNAL: z.string().min(1).optional(),
    PAYMENT_AUTO: z.enum(['0', '1']).default('0'),
  })
  .parse(process.env);

const simulator = await startPaymentSimulator({
  port: environment.PAYMENT_PORT,
  controlPort: environment.PAYMENT_CONTROL_PORT,
  journalFile: environment.PAYMENT_JOURNAL ?? null,
  clock: Date.now,
  autoPay: environment.PAYMENT_AUTO === '1',
}).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  console.error(
    'the simulated coin mechanism cannot start: its port is in use (PAYMENT_PORT, PAYMENT_CONTROL_PORT)',
  );
  process.exit(1);
});
console.log(JSON.stringify({ payment: simulator.url, control: simulator.controlUrl }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void simulator.close().then(() => process.exit(0)));
}
