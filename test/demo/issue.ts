/** `npm run issue`: one visit without a screen, through the same agent, card, center, coins and printer. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTemplates } from '#templates/load.ts';
import { shippedKindIds } from '#templates/vocabulary.ts';
import { openHeadlessScreen } from '#simulators/screen/headlessScreen.ts';
import { driveVisit, type VisitOutcome, type VisitWish } from './driveVisit.ts';
import { startPanel } from './panel/server.ts';
import { panelClient, type PanelClient, type ReceivedDocument } from './panelClient.ts';
import { runningDemo } from './running.ts';
import { demoSettings } from './settings.ts';
import { startStack } from './stack.ts';

const HELP = `Issues a certificate without a screen, through the whole demo.

  npm run issue -- --card <id> --pin <pin> --certificate <kind> --out <dir>
      [--members all|1,3] [--include relationship,registered-domicile,...] [--copies n]
  npm run issue -- --list-cards

Prints one JSON object. Exit status: 0 issued, 3 refused with a notice, 2 wrong arguments, 1 a fault.
Kinds: ${shippedKindIds.join(', ')}
`;
const REFUSED = 3;
const WRONG = 2;
/** Paper moves at once: nobody watches. */
const PAGE_TIME_MS = 20;

class UsageError extends Error {}

interface Order {
  readonly card: string;
  readonly out: string;
  readonly wish: VisitWish;
}

function parse(args: readonly string[]): 'help' | 'list-cards' | Order {
  const { values } = parseArgs({
    args: [...args],
    options: {
      card: { type: 'string' },
      pin: { type: 'string' },
      certificate: { type: 'string' },
      members: { type: 'string' },
      include: { type: 'string', default: '' },
      copies: { type: 'string', default: '1' },
      out: { type: 'string' },
      'list-cards': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  if (values['list-cards']) return 'list-cards';
  const { card, pin, certificate, out } = values;
  if (!card || !pin || !certificate || !out)
    throw new UsageError('--card, --pin, --certificate and --out are needed (--help)');
  if (!/^\d{4}$/.test(pin)) throw new UsageError('--pin is four digits');
  if (!shippedKindIds.some((kind) => kind === certificate))
    throw new UsageError(`no such certificate: ${certificate}`);
  if (!/^[1-9]\d?$/.test(values.copies)) throw new UsageError('--copies is a number from 1');
  const include = values.include.split(',').filter((id) => id !== '');
  return {
    card,
    out: resolve(out),
    wish: {
      pin,
      kind: certificate,
      members: membersOf(values.members),
      include,
      unlessNobody: conditionalOptions(certificate, include),
      copies: Number(values.copies),
    },
  };
}

/** Which of these ask about Japanese or foreign residents only. Throws UsageError for an id the certificate does not have. */
function conditionalOptions(certificate: string, include: readonly string[]): string[] {
  const options = [...loadTemplates().kinds.values()].find(({ value }) => value.id === certificate)?.value
    .options;
  if (!options) return [];
  const unknown = include.filter((id) => !options.some((option) => option.id === id));
  const known = options.map(({ id }) => id).join(', ');
  if (unknown.length > 0) throw new UsageError(`no such option: ${unknown.join(', ')}; there are ${known}`);
  return options.filter(({ audience }) => audience !== 'anyone').map(({ id }) => id);
}

function membersOf(text: string | undefined): VisitWish['members'] {
  if (text === undefined || text === 'all') return text;
  if (!/^\d{1,2}(,\d{1,2})*$/.test(text)) throw new UsageError('--members is all, or numbers such as 1,3');
  return text.split(',').map(Number);
}

/** Joins the demo that runs on this data directory, or starts one on free ports for this visit. */
async function withPanel<T>(use: (panel: PanelClient) => Promise<T>): Promise<T> {
  const settings = demoSettings(process.env);
  mkdirSync(settings.dataDir, { recursive: true });
  const running = runningDemo(settings.dataDir);
  if (running) return use(panelClient(running.panelUrl));
  const stack = await startStack({ ...settings, kioskPort: 0, centerPort: 0, pageTimeMs: PAGE_TIME_MS });
  const panel = await startPanel(0, stack);
  try {
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
      const printed = (await panel.documents()).filter(({ id }) => !before.has(id));
      mkdirSync(order.out, { recursive: true });
      const copies = await Promise.all(printed.map((job) => keep(panel, job, order.out)));
      const [first] = copies;
      print({
        ...first,
        kind: order.wish.kind,
        milliseconds: outcome.milliseconds,
        ...(copies.length > 1 ? { copies } : {}),
      });
      return first ? 0 : 1;
    }
  }
}

/** What the printer received, as a file named by its issue number. */
async function keep(panel: PanelClient, job: ReceivedDocument, out: string) {
  const bytes = await panel.documentBytes(job.id);
  if (job.issueNumber === null) throw new Error('the printer received a document the center did not issue');
  const file = join(out, `${job.issueNumber}.pdf`);
  writeFileSync(file, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { issueNumber: job.issueNumber, pages: job.pages, sha256, file };
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

async function main(): Promise<number> {
  const order = parse(process.argv.slice(2));
  if (order === 'help') {
    process.stdout.write(HELP);
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
