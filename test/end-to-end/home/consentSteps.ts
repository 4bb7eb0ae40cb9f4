/** The agent's consent page in a browser, beside the page that asks; a complaint for every fault the browser reports. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect as anyExpect, type Page } from '@playwright/test';
import { demoCard } from '../../contracts/fixtures/demoCard.ts';
import { openBench, requestWith, type Bench } from '../../agent/homeAgentBench.ts';

export const expect = anyExpect.configure({ timeout: 20_000 });
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const BUILT = join(import.meta.dirname, '../../../dist/home');

export interface Home {
  readonly bench: Bench;
  readonly card: { data: Awaited<ReturnType<typeof demoCard>> };
  /** origin of the page that may ask, and of one that may not */
  readonly site: string;
  readonly stranger: string;
  close(): Promise<void>;
}

/** Two empty pages of two origins, an agent for the first of them, a card that is not placed yet. */
export async function openHome(): Promise<Home> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><html lang="ja"><title>申請</title><link rel="icon" href="data:,">');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const [site, stranger] = [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  const bench = await openBench({ pageDirectory: BUILT, site });
  return {
    bench,
    card: { data: await demoCard() },
    site,
    stranger,
    close: async () => {
      await bench.stop();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export interface Consent {
  readonly page: Page;
  readonly complaints: readonly string[];
  shows(heading: string): Promise<void>;
  press(button: string): Promise<void>;
  type(label: RegExp, text: string): Promise<void>;
  axe(): Promise<void>;
}

/** Complains of every error and of every request to anybody but the agent. */
export function consentIn(page: Page, own: string): Consent {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(own)) complaints.push(`asked ${request.url()}`);
  });
  return {
    page,
    complaints,
    shows: (heading) => expect(page.getByRole('heading', { level: 1 })).toHaveText(heading),
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    type: (label, text) => page.getByLabel(label).fill(text),
    axe: async () => {
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    },
  };
}

/** Asked for without a browser, as its page would; the consent page is open. */
export async function openConsent(
  page: Page,
  { bench }: Home,
  change: Parameters<typeof requestWith>[0] = {},
): Promise<{ readonly id: string; readonly consent: Consent }> {
  const id = await bench.ask(requestWith(change));
  const consent = consentIn(page, bench.url);
  await page.goto(`${bench.url}/consent/${id}`);
  await consent.shows('この申請に署名しますか');
  return { id, consent };
}
