/** The verification page in a browser: what it says, with a complaint for every fault the browser reports. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect as anyExpect, type Locator, type Page } from '@playwright/test';

/** Reading a PDF of two sheets takes seconds on two shared cores. */
const SHOWN_LIMIT_MS = 30_000;
export const expect = anyExpect.configure({ timeout: SHOWN_LIMIT_MS });
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

export interface File {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}
export const pdfFile = (buffer: Buffer, name = 'certificate.pdf'): File => ({
  name,
  mimeType: 'application/pdf',
  buffer,
});
export const photo = (buffer: Buffer, name = 'photo.jpg'): File => ({ name, mimeType: 'image/jpeg', buffer });

export interface VerificationPage {
  readonly page: Page;
  readonly verdict: Locator;
  /** what the browser complained about, and requests to anybody else */
  readonly complaints: readonly string[];
  choose(...files: File[]): Promise<void>;
  ask(number: string): Promise<void>;
  says(heading: string): Promise<void>;
  axe(): Promise<void>;
}

export async function openPage(page: Page, url: string): Promise<VerificationPage> {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const expected = /status of (400|404|429)/.test(message.text());
    if (message.type() === 'error' && !expected) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const own = request.url().startsWith(url) || /^(blob|data):/.test(request.url());
    if (!own) complaints.push(`asked ${request.url()}`);
  });
  await page.goto(url);
  const verdict = page.locator('.verdict');
  return {
    page,
    verdict,
    complaints,
    choose: (...files) => page.locator('input[type=file]').setInputFiles(files),
    ask: async (number) => {
      await page.getByLabel('発行番号（16文字）').fill(number);
      await page.getByRole('button', { name: 'この番号を調べる' }).click();
    },
    says: (heading) => expect(verdict.getByRole('heading')).toHaveText(heading),
    axe: async () => {
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    },
  };
}
