/** Every screen in every state, upright and lying, normal and large letters: nothing clipped, nothing too small, axe. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openGallery } from './screens.gallery.ts';
import type { Gallery } from './screens.gallery.ts';
import { measureScreen } from './screens.measure.js';

const PANELS = [
  { name: 'upright', viewport: { width: 1080, height: 1920 } },
  { name: 'lying', viewport: { width: 1920, height: 1080 } },
] as const;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
/** All fixtures on one panel; well above what they take, so that a slow machine does not fail them. */
const ALL_FIXTURES_MS = 1_800_000;

let gallery: Gallery;
test.beforeAll(async () => {
  gallery = await openGallery();
});
test.afterAll(() => gallery.close());

async function fixtureNames(page: Page): Promise<string[]> {
  await page.goto(gallery.url);
  const names = page.locator('#fixtures a');
  await names.first().waitFor(); // the gallery loads the words of the keyboard first
  return names.allTextContents();
}

async function show(page: Page, name: string, text: 'normal' | 'large'): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(`view=${name}&text=${text}`)}`);
  await page.waitForFunction(`document.title === ${JSON.stringify(name)}`);
  await page.evaluate(
    'document.fonts.ready.then(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))',
  );
}

for (const panel of PANELS) {
  test.describe(panel.name, () => {
    test.use({ viewport: panel.viewport, contextOptions: { reducedMotion: 'reduce' } });
    test.setTimeout(ALL_FIXTURES_MS);

    for (const text of ['normal', 'large'] as const) {
      test(`fits the panel, targets and letters are large, contrast is 7:1: ${text} letters`, async ({
        page,
      }) => {
        const findings: string[] = [];
        for (const name of await fixtureNames(page)) {
          await show(page, name, text);
          const found = await page.evaluate(measureScreen);
          findings.push(...found.map((sentence) => `${name}: ${sentence}`));
        }
        expect(findings).toEqual([]);
      });
    }

    // the same elements in both arrangements: what axe sees differs in nothing but places, which the test above measures
    if (panel.name === 'lying') return;
    test('axe finds nothing', async ({ page }) => {
      const findings: string[] = [];
      for (const name of await fixtureNames(page)) {
        if (name.startsWith('every-notice-')) continue; // the same screen with other words
        await show(page, name, 'normal');
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
        const sentences = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`));
        findings.push(...sentences.map((sentence) => `${name}: ${sentence}`));
      }
      expect(findings).toEqual([]);
    });
  });
}

test('a strict CSP has nothing to report on any screen', async ({ page }) => {
  test.setTimeout(ALL_FIXTURES_MS);
  const complaints: string[] = [];
  page.on('console', (message) => (message.type() === 'error' ? complaints.push(message.text()) : null));
  page.on('pageerror', (error) => complaints.push(error.message));
  for (const name of await fixtureNames(page)) await show(page, name, 'normal');
  expect(complaints).toEqual([]);
});

test('every list can be paged to its end without scrolling', async ({ page }) => {
  await fixtureNames(page);
  await show(page, 'choosingCertificate-all-withheld', 'large');
  const seen = new Set<string>();
  const labels = page.locator('.withheld .choice-label');
  for (;;) {
    for (const label of await labels.allTextContents()) seen.add(label);
    const next = page.getByRole('button', { name: '次へ' });
    if (await next.isDisabled()) break;
    await next.tap();
  }
  expect(seen.size).toBe(9);
});

test('nothing is applied for before its last page was seen', async ({ page }) => {
  await fixtureNames(page);
  await show(page, 'reviewingApplication-long', 'large');
  const apply = page.getByRole('button', { name: '申請する' });
  const next = page.getByRole('button', { name: '次へ' });
  await expect(next).toBeEnabled();
  while (await next.isEnabled()) {
    await expect(apply).toBeDisabled();
    await next.tap();
  }
  await expect(apply).toBeEnabled();
});

test('the picture of where the card goes stands still where motion is unwanted', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await fixtureNames(page);
  await show(page, 'awaitingCard-first', 'normal');
  const animations = 'document.getAnimations().filter((each) => each.playState === "running").length';
  expect(await page.evaluate(animations)).toBe(0);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await page.evaluate(animations)).toBeGreaterThan(0);
});
