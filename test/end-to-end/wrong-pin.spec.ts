/** Wrong PINs: the tries that are left are told, the third one blocks, and nothing that is switched off unblocks. */
import { test } from '@playwright/test';
import { expect, kioskOfThisFile } from './kiosk.ts';
import { begin, cancel, enterPin, pinOf, placeCard, say, wrongPinOf, chooseResidence } from './visitSteps.ts';

const kiosk = kioskOfThisFile({ powerCuts: true });

test('the third wrong PIN blocks the card, also after the agent and the card were away', async ({ page }) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  const wrong = wrongPinOf('taro');
  await placeCard(kiosk(), screen, 'taro');
  await enterPin(screen, wrong);
  await expect(page.getByRole('alert')).toContainText('あと2回');
  await enterPin(screen, wrong);
  await expect(page.getByRole('alert')).toContainText(say['pin.lastTry']);
  expect(stack.shelf.isBlocked('taro')).toBe(false);
  await enterPin(screen, wrong);
  await screen.tells('CARD-04');
  expect(stack.shelf.isBlocked('taro')).toBe(true);
  await screen.touch(say['notice.end']);
  await screen.shows(say['idle.heading']);
  await stack.shelf.remove();

  await stack.restartAgent();
  await begin(screen);
  await stack.shelf.insert('taro');
  await screen.tells('CARD-04');
  await expect(screen.button(say['pin.enter'])).toHaveCount(0);
  await screen.touch(say['notice.end']);
  await screen.shows(say['idle.heading']);
  await stack.shelf.remove();
});

test('a wrong PIN is told, and the right one after it goes on and gives back all tries', async ({ page }) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  await placeCard(kiosk(), screen, 'azusa');
  await enterPin(screen, wrongPinOf('azusa'));
  await expect(page.getByRole('alert')).toContainText(say['pin.wrong']);
  await enterPin(screen, pinOf('azusa'));
  await screen.shows(say['returningCard.heading']);
  await stack.shelf.remove();
  await chooseResidence(screen);
  await cancel(screen);
  await placeCard(kiosk(), screen, 'azusa');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await cancel(screen);
  await stack.shelf.remove();
});

test('help for a forgotten PIN says where to go and leads back', async ({ page }) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  await placeCard(kiosk(), screen, 'azusa');
  await screen.touch(say['pin.forgot']);
  const help = page.getByRole('alertdialog', { name: say['pin.forgot.heading'] });
  await expect(help).toContainText('窓口');
  await screen.touch(say['pin.forgot.close']);
  await expect(help).toHaveCount(0);
  await cancel(screen);
  await stack.shelf.remove();
});
