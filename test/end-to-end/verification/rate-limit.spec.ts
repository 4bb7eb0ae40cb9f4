/** Who asks too often is told when to ask again. */
import { test } from '@playwright/test';
import { openPage } from './page.ts';
import { openCounter, type Counter } from './paper.ts';

let counter: Counter;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  counter = await openCounter(2);
});
test.afterAll(() => counter.close());

test('the third question within a minute', async ({ page }) => {
  const opened = await openPage(page, counter.url);
  for (const number of ['0000-0000-0000-0001', '0000-0000-0000-0002']) {
    await opened.ask(number);
    await opened.says('発行の記録がありません');
  }
  await opened.ask('0000-0000-0000-0003');
  await opened.says('続けて調べる回数の上限をこえました');
  await opened.axe();
});
