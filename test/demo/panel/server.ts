/**
 * The developer panel: a page of its own beside the demo, with buttons for what a resident and a store clerk do by hand.
 * Part of test/, so never in a production build. Listens on 127.0.0.1.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { CardFault } from '#simulators/card/faults.ts';
import {
  json,
  startJsonServer,
  type Reply,
  type Route,
  type RunningServer,
} from '#simulators/controlServer.ts';
import { payWhenAsked } from '../payment.ts';
import type { Stack } from '../stack.ts';

const act = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('insertCard'),
    value: z.string(),
    pullAtApdu: z.number().int().min(1).optional(),
  }),
  z.object({ act: z.literal('removeCard') }),
  z.object({
    act: z.literal('insertCoin'),
    value: z.union([z.literal(10), z.literal(50), z.literal(100), z.literal(500), z.literal(1000)]),
  }),
  z.object({ act: z.literal('pay') }),
  z.object({ act: z.literal('paymentFault'), value: z.enum(['coin-jam', 'none']) }),
  z.object({ act: z.literal('printer'), value: z.enum(['jam', 'clear', 'empty', 'refill', 'take']) }),
  z.object({ act: z.literal('openKiosk') }),
]);
type Act = z.infer<typeof act>;

const FILES: Readonly<Record<string, string>> = {
  'GET /': 'index.html',
  'GET /panel.css': 'panel.css',
  'GET /panel.js': 'panel.js',
};
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/** Rejects when the port is in use. */
export function startPanel(port: number, stack: Stack): Promise<RunningServer> {
  const files = Object.entries(FILES).map(([route, name]): [string, Route] => [route, () => file(name)]);
  return startJsonServer(port, {
    ...Object.fromEntries(files),
    'GET /api/state': async () => json(await stateOf(stack)),
    'GET /api/cards': async () => json(stack.listCards()),
    'POST /api/act': async (_parameters, body) => {
      const parsed = act.safeParse(body);
      if (!parsed.success) return json({ message: 'その操作はありません。' }, 400);
      try {
        return json(await perform(stack, parsed.data));
      } catch (error) {
        return json({ message: error instanceof Error ? error.message : 'failed' }, 409);
      }
    },
    'GET /documents/:id': ([id]) => {
      const job = stack.printer.printer.jobs.find((candidate) => candidate.id === Number(id));
      return job
        ? { kind: 'bytes', contentType: 'application/pdf', body: job.bytes }
        : json({ message: 'ありません。' }, 404);
    },
  });
}

function file(name: string): Reply {
  const body = readFileSync(new URL(name, import.meta.url));
  return { kind: 'bytes', contentType: TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain', body };
}

async function perform(stack: Stack, order: Act): Promise<object> {
  switch (order.act) {
    case 'insertCard':
      await stack.shelf.insert(order.value, faultsOf(order.pullAtApdu));
      return {};
    case 'removeCard':
      await stack.shelf.remove();
      return {};
    case 'insertCoin':
      return { taken: stack.payment.mechanism.insert(order.value) };
    case 'pay':
      await payWhenAsked(stack);
      return {};
    case 'paymentFault':
      stack.payment.mechanism.setJam(order.value === 'coin-jam');
      return {};
    case 'printer':
      actOnPrinter(stack, order.value);
      return {};
    case 'openKiosk':
      return { url: await stack.kioskUrl() };
  }
}

function faultsOf(pullAtApdu: number | undefined): CardFault[] {
  return pullAtApdu === undefined ? [] : [{ kind: 'pull', when: { kind: 'nth', nth: pullAtApdu } }];
}

function actOnPrinter(stack: Stack, what: 'jam' | 'clear' | 'empty' | 'refill' | 'take'): void {
  const { printer } = stack.printer;
  switch (what) {
    case 'jam':
      return printer.jam();
    case 'clear':
      return printer.clear();
    case 'empty':
      return printer.setPaper(0);
    case 'refill':
      return printer.setPaper(FULL_TRAY);
    case 'take':
      return void printer.takePaper();
  }
}
const FULL_TRAY = 250;

/** What the page shows. Names of fictional residents only. */
async function stateOf(stack: Stack) {
  const { mechanism } = stack.payment;
  const { printer } = stack.printer;
  const charge = mechanism.books.charges.find((entry) => entry.state === 'collecting');
  const reasons = printer.stopReasons();
  return {
    cards: stack.listCards(),
    onReader: stack.shelf.onReader(),
    payment: charge ? `${charge.amount}円のうち${charge.inserted}円が入っています` : 'お金を待っていません',
    printer: `${reasons.length > 0 ? `止まっています（${reasons.join(', ')}）` : '動きます'} 用紙${printer.paper}枚、受け皿${printer.tray.length}枚`,
    documents: await documentsOf(stack),
    processes: stack.processes(),
  };
}

/** What the printer received, each with the issue number the center gave these bytes. */
async function documentsOf({ printer, db }: Stack) {
  const jobs = printer.printer.jobs.map(({ bytes: _bytes, ...job }) => job);
  if (jobs.length === 0) return [];
  const hashes = jobs.map(({ sha256 }) => sha256);
  const rows = await db
    .selectFrom('certificate')
    .select(['issue_number', 'document_sha256', 'kind'])
    .where('document_sha256', 'in', hashes)
    .execute();
  const issued = new Map(rows.map((row) => [row.document_sha256, row]));
  return jobs.map((job) => {
    const row = issued.get(job.sha256);
    return { ...job, issueNumber: row?.issue_number ?? null, kind: row?.kind ?? null };
  });
}
