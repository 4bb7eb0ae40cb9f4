/** Everybody answers late: each waiting screen says what to do, and the visit goes on when the answer comes. */
import { test } from '@playwright/test';
import { sql } from 'kysely';
import { expect, kioskOfThisFile } from './kiosk.ts';
import {
  begin,
  cancel,
  choose,
  enterPin,
  issueRecords,
  pinOf,
  placeCard,
  say,
  chooseResidence,
} from './visitSteps.ts';

/** Reading is given up sooner than in a store. */
const kiosk = kioskOfThisFile({ env: { VISIT_SETTINGS: '{"readingLimitMs":8000}' } });
const READ_BINARY = 0xb0;
const COMPUTE_DIGITAL_SIGNATURE = 0x2a;

/** The center can read its register of issues and write nothing into it while `during` lasts. */
async function whileRecordsAreHeld(during: () => Promise<void>): Promise<void> {
  await kiosk()
    .stack.db.transaction()
    .execute(async (transaction) => {
      await sql`lock table certificate in exclusive mode`.execute(transaction);
      await during();
    });
}

test('a card that does not answer: the screen asks to wait, gives up, and reads the card that is placed anew', async ({
  page,
}) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  await stack.shelf.fileOf('one-person-household');
  await begin(screen);
  await stack.shelf.insert('one-person-household', [
    { kind: 'silent', when: { kind: 'instruction', instruction: READ_BINARY } },
  ]);
  await screen.shows(say['readingCard.heading']);
  await screen.tells('CARD-01');
  await stack.shelf.remove();
  await screen.touch(say['notice.again']);
  await screen.shows(say['awaitingCard.heading']);
  await stack.shelf.insert('one-person-household');
  await screen.shows(say['pin.heading']);
  await cancel(screen);
  await stack.shelf.remove();
});

test('a card that signs slowly and a center that answers late: the certificate comes, once', async ({
  page,
}) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  await placeCard(kiosk(), screen, 'one-person-household', [
    { kind: 'delay', when: { kind: 'instruction', instruction: COMPUTE_DIGITAL_SIGNATURE }, ms: 4_000 },
  ]);
  await enterPin(screen, pinOf('one-person-household'));
  await screen.shows(say['authenticating.heading']);
  await screen.shows(say['returningCard.heading']);
  await stack.shelf.remove();
  await chooseResidence(screen);
  await choose(screen);
  await whileRecordsAreHeld(async () => {
    await screen.touch(say['basket.next']);
    await screen.shows(say['preparing.heading']);
  });
  await screen.shows(say['confirming.heading']);
  expect(await issueRecords(stack)).toHaveLength(1);
  await cancel(screen);
});
