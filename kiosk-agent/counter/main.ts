/** `npm run counter:reader` on the counter's own machine: CONSOLE_URL says who may ask, COUNTER_READER where it listens. */
import { z } from 'zod';
import { readHolder } from '../card/jpkiCard.ts';
import { createPcscReader } from '../card/pcscReader.ts';
import { counterReaderServer } from './counterReader.ts';

const environment = z.object({
  CONSOLE_URL: z.url(),
  COUNTER_READER: z
    .string()
    .regex(/^http:\/\/127\.0\.0\.1:\d+$/)
    .default('http://127.0.0.1:8791'),
  CARD_READER: z.string().min(1).optional(),
});

const parsed = environment.safeParse(process.env);
if (!parsed.success) {
  process.stderr.write(`${String(parsed.error.issues[0]?.path[0])}: ${parsed.error.issues[0]?.message}\n`);
  process.exit(2);
}
const { CONSOLE_URL, COUNTER_READER, CARD_READER } = parsed.data;
const reader = createPcscReader(CARD_READER ? { readerName: CARD_READER } : {});
const server = counterReaderServer({
  reader,
  card: { readHolder },
  consoleOrigin: new URL(CONSOLE_URL).origin,
});
server.on('error', (error: NodeJS.ErrnoException) => {
  process.stderr.write(`${COUNTER_READER}: ${error.code ?? 'cannot listen'}\n`);
  process.exit(2);
});
server.listen(Number(new URL(COUNTER_READER).port), '127.0.0.1', () =>
  process.stdout.write(`card reader for ${new URL(CONSOLE_URL).origin} at ${COUNTER_READER}\n`),
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    void reader.close().then(() => process.exit(0));
  });
}
