/** 印鑑登録とカード in a browser: who, the seal, the consent, the card on the counter's own reader. */
import { test } from '@playwright/test';
import { counterReaderServer } from '#agent/counter/counterReader.ts';
import type { CardReaderPort } from '#agent/card/cardReaderPort.ts';
import { HOME } from '../../center/console/consoleHarness.ts';
import { expect, expectAccessible, expectReflows, openStand, type ConsoleStand } from './consoleStand.ts';

const READER_PORT = 8791;
let stand: ConsoleStand;
let certificate = Buffer.alloc(0);
let isCardThere = false;

const reader: CardReaderPort = {
  status: () => (isCardThere ? { kind: 'present', atr: Buffer.alloc(0) } : { kind: 'empty' }),
  watch: () => () => undefined,
  connect: async () => ({
    transmit: () => Promise.reject(new Error('not used')),
    close: async () => undefined,
  }),
  close: async () => undefined,
};
let server: ReturnType<typeof counterReaderServer>;

test.beforeAll(async () => {
  stand = await openStand();
  const card = { readHolder: async () => ({ kind: 'holder', certificate, triesLeft: 3 }) as const };
  server = counterReaderServer({ reader, card, consoleOrigin: stand.url });
  await new Promise<void>((listening) => server.listen(READER_PORT, '127.0.0.1', listening));
});
test.afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await stand.close();
});

test('a card is tied to the seal of the person it belongs to, and to nobody else', async ({ browser }) => {
  const residents = await stand.center.db
    .selectFrom('seal_registration')
    .innerJoin('resident', 'resident.id', 'seal_registration.resident_id')
    .select(['resident.id', 'resident.entry as person', 'seal_registration.entry as seal'])
    .where('seal_registration.municipality', '=', HOME)
    .orderBy('resident.id')
    .execute();
  const [one, other] = residents.filter(({ seal }) => seal.status === 'active');
  const cardOf = async (id: string) => {
    const { card } = await stand.center.cardOf(id);
    return Buffer.from(card.authentication.certificate, 'base64');
  };
  const { page, close } = await stand.open(browser, ['editor'], '/counter');
  await page.getByLabel(/氏名/).fill(one!.person.name.slice(0, 2));
  await page.getByRole('textbox', { name: '生年月日' }).fill(one!.person.birthDate);
  await page.getByRole('button', { name: 'さがす' }).click();
  await page.getByRole('button', { name: '登録された印鑑を見る' }).first().click();
  await expect(page.getByRole('img', { name: '登録された印影' })).toBeVisible();
  await expectAccessible(page);
  await expectReflows(page);
  await page.screenshot({ path: 'test-results/console-pages/counter.png', fullPage: true });

  const link = page.getByRole('button', { name: 'カードを読み取って結びつける' });
  await expect(link).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel(/本人の同意をもらいました/).check();
  await link.click();
  await expect(page.getByRole('alert')).toContainText('カードがありません');

  [isCardThere, certificate] = [true, await cardOf(other!.id)];
  await link.click();
  await expect(page.getByRole('alert')).toContainText('別の人のもの');

  certificate = await cardOf(one!.id);
  await link.click();
  await expect(page.getByText('カードを結びつけました')).toBeVisible();
  await expect(page.getByText(/電子証明書の番号の終わり/)).toHaveCount(1);

  await page.getByRole('button', { name: '結びつきをなくす' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'なくす', exact: true }).click();
  await expect(page.getByText('まだありません')).toBeVisible();
  await close();
});
