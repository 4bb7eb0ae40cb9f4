/** The card leaves before its time: while it is read, while the PIN is entered, while it signs. */
import { test } from '@playwright/test';
import type { CardFault } from '#simulators/card/faults.ts';
import { expect, kioskOfThisFile } from './kiosk.ts';
import type { Screen } from './kiosk.ts';
import {
  begin,
  cancel,
  enterPin,
  issueRecords,
  pinOf,
  placeCard,
  say,
  chooseResidence,
} from './visitSteps.ts';

const kiosk = kioskOfThisFile();

const READ_BINARY = 0xb0;
/** Without data it asks for the tries that are left; the second one carries the PIN. */
const VERIFY = 0x20;
const SECOND = 2;
const COMPUTE_DIGITAL_SIGNATURE = 0x2a;
/** The command is executed, its answer lost. */
const pulledAt = (instruction: number, occurrence = 1): CardFault => ({
  kind: 'pull',
  when: { kind: 'instruction', instruction, occurrence },
  moment: 'answer lost',
});

/** The notice, then a card that stays: the same visit may go on from the start. */
async function startsAgain(screen: Screen, cardId: string): Promise<void> {
  const { stack } = kiosk();
  await screen.tells('CARD-05');
  expect(await issueRecords(stack)).toEqual([]);
  await screen.touch(say['notice.again']);
  await screen.shows(say['awaitingCard.heading']);
  await stack.shelf.insert(cardId);
  await screen.shows(say['pin.heading']);
}
async function leave(screen: Screen): Promise<void> {
  await cancel(screen);
  await kiosk().stack.shelf.remove();
}

test('pulled while it is read', async ({ page }) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  await stack.shelf.fileOf('taro');
  await begin(screen);
  await stack.shelf.insert('taro', [pulledAt(READ_BINARY)]);
  await startsAgain(screen, 'taro');
  await leave(screen);
});

test('taken while the PIN is entered: the digits are gone, no try is spent', async ({ page }) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  await placeCard(kiosk(), screen, 'taro');
  await screen.touch('1');
  await screen.touch('2');
  await stack.shelf.remove();
  await startsAgain(screen, 'taro');
  await expect(page.getByText('0けた入力しました。')).toBeAttached();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await leave(screen);
});

test('pulled while it checks a wrong PIN: the try that the card counted is told next time', async ({
  page,
}) => {
  const screen = await kiosk().open(page);
  await placeCard(kiosk(), screen, 'sakura', [pulledAt(VERIFY, SECOND)]);
  await enterPin(screen, '0000');
  await startsAgain(screen, 'sakura');
  await expect(page.getByRole('alert')).toContainText('あと2回');
  await leave(screen);
});

test('pulled while it signs: nobody is signed in', async ({ page }) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  await placeCard(kiosk(), screen, 'maria', [pulledAt(COMPUTE_DIGITAL_SIGNATURE)]);
  await enterPin(screen, pinOf('maria'));
  await startsAgain(screen, 'maria');
  await enterPin(screen, pinOf('maria'));
  await screen.shows(say['returningCard.heading']);
  await stack.shelf.remove();
  await chooseResidence(screen);
  await leave(screen);
});

test('left on the reader: nothing is shown before it is taken, and the next visit asks to take it', async ({
  page,
}) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  await placeCard(kiosk(), screen, 'maria');
  await enterPin(screen, pinOf('maria'));
  await screen.shows(say['returningCard.heading']);
  expect(await screen.words()).not.toContain('住民票');
  await cancel(screen);
  await screen.touch(say['idle.start']);
  await screen.touch(say['consent.agree']);
  await screen.shows(say['returningCard.heading']);
  await stack.shelf.remove();
  await screen.shows(say['awaitingCard.heading']);
  await cancel(screen);
});
