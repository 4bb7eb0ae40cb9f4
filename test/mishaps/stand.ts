/**
 * The whole demo with real processes, and the hands that break it: kill the agent or the center, switch the printer off,
 * unplug the coins, hold a table of the center's so that a stage lasts as long as a test wants. Paper moves only while
 * `paper.moves`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { View, ViewMessage } from '#agent/contract/deviceLink.ts';
import type { CenterDatabase } from '#center/database/connect.ts';
import { startPaymentSimulator, type PaymentSimulator } from '#simulators/payment/paymentServer.ts';
import { openHeadlessScreen, type HeadlessScreen } from '#simulators/screen/headlessScreen.ts';
import { startStack, type Stack } from '../demo/stack.ts';
import { until } from './conditions.ts';

/** A Friday morning inside everybody's hours. */
export const DEMO_NOW = Date.parse('2026-11-20T10:00:00+09:00');
const SHEET_MS = 20;

export type Victim = 'agent' | 'center' | 'printer' | 'coins';
export const victims: readonly Victim[] = ['agent', 'center', 'printer', 'coins'];

export interface Stand {
  readonly stack: Stack;
  readonly paper: { moves: boolean };
  coins(): PaymentSimulator;
  screen(): HeadlessScreen;
  view(): View;
  /** everything any screen has shown since the stand was made */
  readonly shown: readonly ViewMessage[];
  /** waits until the screen shows it */
  sees(what: string, wanted: (view: View) => boolean, limitMs?: number): Promise<View>;
  /** the link to the screen stands */
  isUp(): boolean;
  breaks(victim: Victim): Promise<void>;
  mends(victim: Victim): Promise<void>;
  /** until released nobody reads or writes this table of the center */
  holdTable(table: 'session' | 'certificate'): Promise<Hold>;
  stop(): Promise<void>;
}
export interface Hold {
  /** resolves when the center waits for the table */
  waitedFor(): Promise<void>;
  release(): Promise<void>;
}

/** @param env for the agent and the center, e.g. VISIT_SETTINGS */
export async function startStand(env: NodeJS.ProcessEnv = {}): Promise<Stand> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mishaps-'));
  const stack = await startStack({
    dataDir,
    kioskPort: 0,
    centerPort: 0,
    demoNow: DEMO_NOW,
    reader: 'direct',
    pageTimeMs: null,
    env,
  });
  return standOver(stack);
}

/** The hands over a running stack; `stop` stops the stack and removes its data. */
export async function standOver(stack: Stack): Promise<Stand> {
  const paper = { moves: true };
  const sheets = setInterval(() => paper.moves && stack.printer.printer.step(), SHEET_MS);
  const shown: ViewMessage[] = [];
  let coins = stack.payment;
  let screen = await openScreen(stack, shown);
  const sees: Stand['sees'] = async (what, wanted, limitMs) => {
    const look = (): boolean => wanted(screen.latest().view);
    const seen = (): string => JSON.stringify(screen.latest().view);
    await until(what, look, { seen, ...(limitMs === undefined ? {} : { limitMs }) });
    return screen.latest().view;
  };
  return {
    stack,
    paper,
    shown,
    coins: () => coins,
    screen: () => screen,
    view: () => screen.latest().view,
    sees,
    isUp: () => screen.isOpen(),
    breaks: (victim) => breaks(victim, stack, coins),
    mends: async (victim) => {
      if (victim === 'center') await stack.restartCenter();
      if (victim === 'printer') stack.printer.printer.setPower(true);
      if (victim === 'coins') coins = await switchOn(coins, stack);
      if (victim !== 'agent') return;
      await stack.restartAgent();
      screen = await openScreen(stack, shown);
    },
    holdTable: (table) => holdTable(stack.db, table),
    stop: async () => {
      clearInterval(sheets);
      await screen.close();
      await coins.close();
      await stack.stop();
      rmSync(stack.dataDir, { recursive: true, force: true });
    },
  };
}

async function openScreen(stack: Stack, shown: ViewMessage[]): Promise<HeadlessScreen> {
  const screen = await openHeadlessScreen(await stack.kioskUrl());
  void (async () => {
    for await (const message of screen.views()) shown.push(message);
  })();
  return screen;
}

/** The power goes: nothing is said, nothing is finished. */
async function breaks(victim: Victim, stack: Stack, coins: PaymentSimulator): Promise<void> {
  switch (victim) {
    case 'agent':
      return stack.agent().kill();
    case 'center':
      return stack.center().kill();
    case 'printer':
      return stack.printer.printer.setPower(false);
    case 'coins':
      return coins.close();
  }
}

/** A mechanism on the books and the address of before. */
function switchOn(before: PaymentSimulator, stack: Stack): Promise<PaymentSimulator> {
  const port = Number(new URL(before.url).port);
  const journalFile = join(stack.dataDir, 'coins.json');
  return startPaymentSimulator({ port, journalFile, clock: stack.clock });
}

async function holdTable(db: CenterDatabase, table: 'session' | 'certificate'): Promise<Hold> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let held = (): void => undefined;
  const holding = new Promise<void>((resolve) => (held = resolve));
  const transaction = db.transaction().execute(async (tx) => {
    await sql`LOCK TABLE ${sql.table(table)} IN ACCESS EXCLUSIVE MODE`.execute(tx);
    held();
    await released;
  });
  await Promise.race([holding, transaction]);
  const waiting = async (): Promise<boolean> => {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*)::int AS count FROM pg_locks
      WHERE NOT granted AND relation = ${table}::regclass`.execute(db);
    return (rows[0]?.count ?? 0) > 0;
  };
  return {
    waitedFor: () => until(`the center to wait for ${table}`, waiting),
    release: async () => {
      release();
      await transaction;
    },
  };
}
