/** What can go wrong between the form and the two signatures, on the whole stack: nothing is sent, nothing is signed for another. */
import { test } from '@playwright/test';
import { cardFileSchema } from '#simulators/card/cardFile.ts';
import { readFileSync } from 'node:fs';
import { stopIssuing } from '#center/configuration/stops.ts';
import { municipalityCode } from '#templates/vocabulary.ts';
import { officerOf } from '../demo/officer.ts';
import {
  confirmReview,
  enterPassword,
  fillForm,
  KINOKO,
  openReview,
  passwordOf,
  sendApplication,
} from './applySteps.ts';
import { expect, kioskOfThisFile, type Screen } from './kiosk.ts';
import { cancel, enterPin, pinOf, say } from './visitSteps.ts';

const kiosk = kioskOfThisFile();
test.setTimeout(120_000);

const APPLICANT = 'moved-in-yesterday';
const THERE = municipalityCode.parse('992020');

/** Every application that the center has ever taken. */
const taken = async (): Promise<number> =>
  (await kiosk().stack.db.selectFrom('domicile_application').select('number').execute()).length;

/** Reads the notice, takes the card, and leaves the kiosk to the next one. */
async function leave(screen: Screen): Promise<void> {
  await kiosk().stack.shelf.remove();
  const onward = [say['notice.goOn'], say['notice.again'], say['notice.end']].join('|');
  await screen.touch(new RegExp(`^(${onward})$`));
  const idle = screen.page.getByRole('heading', { name: say['idle.heading'], exact: true });
  await expect(idle.or(screen.button(say['frame.cancel'])).first()).toBeVisible();
  if (!(await idle.isVisible())) await cancel(screen);
}

test('the password is wrong five times: told how many are left, then locked, and so at the next visit', async ({
  page,
}) => {
  const screen = await kiosk().open(page);
  await fillForm(kiosk(), screen, 'sakura', KINOKO);
  await kiosk().stack.shelf.insert('sakura');
  await screen.shows(say['signature.heading']);
  for (const left of [4, 3, 2, 1]) {
    await enterPassword(screen, 'WRONG123');
    await expect(page.getByText(say['signature.wrong'])).toBeVisible();
    await expect(page.getByText(new RegExp(`あと${left}回`)).first()).toBeVisible();
  }
  await enterPassword(screen, 'WRONG123');
  await screen.tells('SIGN-02');
  const { counters } = cardFileSchema.parse(
    JSON.parse(readFileSync(await kiosk().stack.shelf.fileOf('sakura'), 'utf8')),
  );
  expect(counters['jpki-001b']).toBe(0);
  await leave(screen);
  await fillForm(kiosk(), screen, 'sakura', KINOKO);
  await kiosk().stack.shelf.insert('sakura');
  await screen.tells('SIGN-02');
  await leave(screen);
  expect(screen.received().join('\n')).not.toContain('WRONG123');
  expect(await taken()).toBe(0);
});

test('a card without a 署名用電子証明書 is told so before any password is asked', async ({ page }) => {
  const screen = await kiosk().open(page);
  await fillForm(kiosk(), screen, 'no-signature-certificate', KINOKO);
  await kiosk().stack.shelf.insert('no-signature-certificate');
  await screen.tells('SIGN-03');
  await leave(screen);
  expect(await taken()).toBe(0);
});

test('another card at the second placing, or between the two signatures: nothing is signed', async ({
  page,
}) => {
  const screen = await kiosk().open(page);
  await fillForm(kiosk(), screen, APPLICANT, KINOKO);
  await kiosk().stack.shelf.insert('taro');
  await screen.tells('SIGN-06');
  await kiosk().stack.shelf.remove();
  await screen.touch(say['notice.goOn']);
  await screen.shows(say['cardAgain.heading']);
  await openReview(kiosk(), screen, APPLICANT);
  await confirmReview(screen);
  await screen.shows(say['pinAgain.heading']);
  await kiosk().stack.shelf.insert('taro');
  await screen.tells('CARD-05');
  await leave(screen);
  expect(await taken()).toBe(0);
});

test('a revoked 署名用電子証明書 (the address has changed) is refused by the center', async ({ page }) => {
  const { shelf, authority } = kiosk().stack;
  const card = cardFileSchema.parse(JSON.parse(readFileSync(await shelf.fileOf('same-name-1'), 'utf8')));
  const { issuerKeyId, serial } = card.signature!;
  const at = kiosk().stack.clock();
  authority.setStatus({ issuerKeyId, serial }, { kind: 'revoked', reason: 'affiliationChanged', at });
  const screen = await kiosk().open(page);
  await fillForm(kiosk(), screen, 'same-name-1', KINOKO);
  await openReview(kiosk(), screen, 'same-name-1');
  await confirmReview(screen);
  await screen.shows(say['pinAgain.heading']);
  await enterPin(screen, pinOf('same-name-1'));
  await screen.tells('SIGN-04');
  await leave(screen);
  expect(await taken()).toBe(0);
});

test('the municipality stops its applications while the form is filled: told so, nothing taken; later it goes on', async ({
  page,
}) => {
  const { db, clock } = kiosk().stack;
  const screen = await kiosk().open(page);
  await fillForm(kiosk(), screen, APPLICANT, KINOKO);
  await openReview(kiosk(), screen, APPLICANT);
  const { staffId } = await officerOf(kiosk().stack, THERE);
  const stop = { municipality: THERE, kind: 'domicile-kiosk', reason: 'operator-request', staffId } as const;
  await stopIssuing(db, stop as never, clock());
  await confirmReview(screen);
  await screen.shows(say['pinAgain.heading']);
  await enterPin(screen, pinOf(APPLICANT));
  await screen.tells('APPL-02');
  await leave(screen);
  expect(await taken()).toBe(0);
});

test('submitted twice for one place: the second one is told about the first', async ({ page }) => {
  const { db } = kiosk().stack;
  await db.deleteFrom('service_stop').execute();
  const screen = await kiosk().open(page);
  await fillForm(kiosk(), screen, APPLICANT, KINOKO);
  await openReview(kiosk(), screen, APPLICANT);
  const number = await sendApplication(kiosk(), screen, APPLICANT);
  expect(number).toMatch(/^\w{4}-\w{4}-\w{4}$/);
  await fillForm(kiosk(), screen, APPLICANT, KINOKO);
  await openReview(kiosk(), screen, APPLICANT);
  await confirmReview(screen);
  await screen.shows(say['pinAgain.heading']);
  await enterPin(screen, pinOf(APPLICANT));
  await screen.tells('APPL-03');
  await leave(screen);
  expect(await taken()).toBe(1);
  expect(screen.received().join('\n')).not.toContain(passwordOf(APPLICANT));
});
