/** The Japanese keyboard on a touch panel, with all its words: how many touches a 本籍 takes. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openGallery } from './screens.gallery.ts';
import type { Gallery } from './screens.gallery.ts';

const PANELS = [
  { name: 'upright', viewport: { width: 1080, height: 1920 } },
  { name: 'lying', viewport: { width: 1920, height: 1080 } },
] as const;
/** Less than forty touches. */
const MOST_TOUCHES = 39;

let gallery: Gallery;
test.beforeAll(async () => {
  gallery = await openGallery();
});
test.afterAll(() => gallery.close());

async function open(page: Page, name: string): Promise<void> {
  await page.goto(`${gallery.url}#view=${name}&text=normal`);
  await expect(page).toHaveTitle(name);
}

/** Taps the keys by their names and returns what stands in the field. */
async function tap(page: Page, names: readonly string[]): Promise<string | null> {
  for (const name of names) await page.locator('main').getByRole('button', { name, exact: true }).tap();
  return page.getByRole('textbox').textContent();
}

for (const { name, viewport } of PANELS) {
  test.describe(name, () => {
    test.use({ viewport, hasTouch: true });

    test('a 本籍 of twenty characters takes less than forty touches', async ({ page }) => {
      await open(page, 'keyboard-address-empty');
      const touches = [
        ...['お', 'お', 'あ', 'さ', 'てんてんをつける、とる', '大字例示字試平'],
        ...['た', 'てんてんをつける、とる', 'い', '第', '数字・丁目'],
        ...['1', '2', '地割', '3', '4', '5', '番地', 'の', '6'],
      ];
      const written = await tap(page, touches);
      expect(written).toBe('大字例示字試平第12地割345番地の6');
      expect([...written!].length).toBeGreaterThanOrEqual(19);
      expect(touches.length).toBeLessThanOrEqual(MOST_TOUCHES);
    });

    test('a name with an old form of a letter', async ({ page }) => {
      await open(page, 'keyboard-name-typing');
      expect(await tap(page, ['渡邉', '空白', 'た', 'ろ', 'う', '太郎'])).toBe('渡邉　太郎');
    });
  });
}
