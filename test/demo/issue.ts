/** `npm run issue`: one visit without a screen, through the same agent, card, center, coins and printer. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openHeadlessScreen } from '#simulators/screen/headlessScreen.ts';
import { driveVisit, type VisitOutcome } from './driveVisit.ts';
import { help, readOrder, UsageError, type Order } from './issueOrder.ts';
import { startPanel } from './panel/server.ts';
import { panelClient, type PanelClient, type ReceivedDocument } from './panelClient.ts';
import { registerDemoCard } from './registration.ts';
import { runningDemo } from './running.ts';
import { demoSettings } from './settings.ts';
import { startStack } from './stack.ts';

const REFUSED = 3;
const WRONG = 2;
/** Paper moves at once: nobody watches. */
const SHEET_TIME_MS = 20;

/** Joins the demo that runs on this data directory, or starts one on free ports for this visit. */
async function withPanel<T>(use: (panel: PanelClient) => Promise<T>): Promise<T> {
  const settings = demoSettings(process.env);
  mkdirSync(settings.dataDir, { recursive: true });
  const running = runningDemo(settings.dataDir);
  if (running) return use(panelClient(running.panelUrl));
  const stack = await startStack({ ...settings, kioskPort: 0, centerPort: 0, pageTimeMs: SHEET_TIME_MS });
  const panel = await startPanel(0, stack);
  try {
    // a day on which no application is taken is no reason against a certificate of the residence
    await registerDemoCard(stack).catch((error: unknown) =>
      process.stderr.write(`issue: no card is registered at its 本籍地: ${String(error)}\n`),
    );
    return await use(panelClient(`http://127.0.0.1:${panel.port}/`));
  } finally {
    await panel.close();
    await stack.stop();
  }
}

async function issue(panel: PanelClient, order: Order): Promise<number> {
  const known = await panel.cards();
  if (!known.some(({ id }) => id === order.card))
    throw new UsageError(`no such card: ${order.card} (--list-cards)`);
  const before = new Set((await panel.documents()).map(({ id }) => id));
  const screen = await openHeadlessScreen(await panel.kioskUrl());
  try {
    const outcome = await driveVisit(screen, order.wish, {
      insertCard: async () => void (await panel.act('insertCard', order.card)),
      removeCard: async () => void (await panel.act('removeCard')),
      pay: async () => void (await panel.act('pay')),
    });
    return await report(panel, order, outcome, before);
  } finally {
    await screen.close();
  }
}

async function report(
  panel: PanelClient,
  order: Order,
  outcome: VisitOutcome,
  before: ReadonlySet<number>,
): Promise<number> {
  switch (outcome.kind) {
    case 'impossible':
      throw new UsageError(outcome.reason);
    case 'refused': {
      const { kind: _kind, ...refusal } = outcome;
      print(refusal);
      return REFUSED;
    }
    case 'collected': {
      const received = (await panel.documents()).filter(({ id }) => !before.has(id));
      return keepAll(panel, order, outcome, received);
    }
  }
}

/** Writes what the printer received and prints a line for each certificate. */
async function keepAll(
  panel: PanelClient,
  { out }: Order,
  { milliseconds, inquiryNumber }: Extract<VisitOutcome, { kind: 'collected' }>,
  received: readonly ReceivedDocument[],
): Promise<number> {
  mkdirSync(out, { recursive: true });
  const receipt = received.find(({ sides }) => sides === 'one-sided');
  const receiptFile = receipt ? (await keep(panel, receipt, out, `receipt-${inquiryNumber}`)).file : null;
  const certificates = received.filter((job) => job !== receipt);
  for (const job of certificates) {
    const { issueNumber, kind, pages, sheets } = job;
    if (issueNumber === null) throw new Error('the printer received a document the center did not issue');
    const kept = await keep(panel, job, out, issueNumber);
    print({ issueNumber, kind, pages, sheets, ...kept, receipt: receiptFile, milliseconds });
  }
  return certificates.length > 0 ? 0 : 1;
}

/** As a file of this name: an issue number or the number of the visit, never a person's. */
async function keep(panel: PanelClient, job: ReceivedDocument, out: string, name: string) {
  const bytes = await panel.documentBytes(job.id);
  const file = join(out, `${name}.pdf`);
  writeFileSync(file, bytes);
  return { sha256: createHash('sha256').update(bytes).digest('hex'), file };
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

async function main(): Promise<number> {
  const order = readOrder(process.argv.slice(2));
  if (order === 'help') {
    process.stdout.write(help());
    return 0;
  }
  if (order !== 'list-cards') return withPanel((panel) => issue(panel, order));
  for (const card of await withPanel((panel) => panel.cards())) print(card);
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const wrong = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
    process.stderr.write(`issue: ${error instanceof Error ? error.message : 'failed'}\n`);
    process.exit(wrong ? WRONG : 1);
  },
);
