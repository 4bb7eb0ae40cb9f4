/**
 * What a resident waits for, on the real stack: from the touch that orders the certificates to documents checked in the
 * agent's hands, and from a touch to the next screen painted in Chromium.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { openHeadlessScreen } from '#simulators/screen/headlessScreen.ts';
import { payWhenAsked } from '../demo/payment.ts';
import { driveVisit } from '../demo/driveVisit.ts';
import { startStack, type Stack } from '../demo/stack.ts';
import { median } from './median.ts';

export interface VisitFigures {
  readonly confirmToDocumentMs: number;
  readonly touchToScreenMs: number;
}
const VISITS = 20;
const ROUNDS_OF_TOUCHES = 10;
/** A day inside everybody's hours. */
const DEMO_NOW = Date.parse('2026-11-20T10:00:00+09:00');

export async function benchVisit(progress: (text: string) => void): Promise<VisitFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kiosk-bench-'));
  const stack = await startStack({
    dataDir,
    kioskPort: 0,
    centerPort: 0,
    pageTimeMs: 5,
    demoNow: DEMO_NOW,
    reader: 'direct',
  });
  try {
    progress(`${VISITS} visits of a four-person household`);
    const confirmToDocumentMs = await documentWaits(stack);
    progress('touches in Chromium');
    const touchToScreenMs = await touchWaits(stack);
    return { confirmToDocumentMs, touchToScreenMs };
  } finally {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Median of the time the visit stands at `preparing`: request, snapshot, PDF, manifest, transfer, check. */
async function documentWaits(stack: Stack): Promise<number> {
  const waits: number[] = [];
  for (let visit = 0; visit < VISITS; visit += 1) {
    const screen = await openHeadlessScreen(await stack.kioskUrl());
    const outcome = await driveVisit(
      screen,
      { pin: '1234', kinds: ['resident-record-copy'], members: 'all', include: ['relationship'], copies: 1 },
      {
        insertCard: () => stack.shelf.insert('taro'),
        removeCard: () => stack.shelf.remove(),
        pay: () => payWhenAsked(stack),
      },
    );
    await screen.close();
    if (outcome.kind !== 'collected')
      throw new Error(`a visit of the bench ended with ${JSON.stringify(outcome)}`);
    waits.push(outcome.milliseconds.preparing ?? 0);
    stack.printer.printer.takePaper();
  }
  return median(waits);
}

/** From pointerdown to the frame after the screen has changed, measured inside the page. */
async function touchWaits(stack: Stack): Promise<number> {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });
  try {
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, hasTouch: true });
    await page.goto(await stack.kioskUrl());
    const waits: number[] = [];
    for (let round = 0; round < ROUNDS_OF_TOUCHES; round += 1) {
      waits.push(await touch(page, 'はじめる'), await touch(page, '同意してすすむ'));
      await page.getByRole('button', { name: 'やめる' }).tap();
      await page.getByRole('alertdialog').getByRole('button', { name: 'やめる' }).tap();
      await page.getByRole('button', { name: 'はじめる' }).waitFor();
    }
    return median(waits);
  } finally {
    await browser.close();
  }
}

async function touch(page: Page, name: string): Promise<number> {
  const button = page.getByRole('button', { name });
  await button.waitFor();
  const measured = page.evaluate<number>(PROBE);
  await button.tap();
  return measured;
}

/** Runs in the page: from the next pointerdown until the heading has changed and that frame has been painted. */
const PROBE = `new Promise((resolve) => {
  const heading = () => document.querySelector('h1')?.textContent;
  const before = heading();
  addEventListener('pointerdown', () => {
    const touched = performance.now();
    const observer = new MutationObserver(() => {
      if (heading() === before) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - touched)));
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  }, { once: true, capture: true });
})`;
