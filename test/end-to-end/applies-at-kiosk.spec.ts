/**
 * 本籍地 certificates on the whole stack: applied for at the kiosk with both keys of the card, compared by an officer of the
 * other municipality at the console, and days later issued to the same card under that municipality's own hours and fees.
 */
import { spawnSync } from 'node:child_process';
import { test } from '@playwright/test';
import { registerDemoCard } from '../demo/registration.ts';
import {
  fillForm,
  KINOKO,
  acceptAt,
  officeDesk,
  refuseAt,
  openReview,
  readStatus,
  sendApplication,
  signInToPlaces,
} from './applySteps.ts';
import { expect, kioskOfThisFile, type Screen } from './kiosk.ts';
import {
  books,
  buttonOf,
  cancel,
  choose,
  labelOf,
  order,
  papers,
  say,
  settledRecords,
  wordsOf,
} from './visitSteps.ts';

const kiosk = kioskOfThisFile();
/** One day's work at the kiosk after another: each test begins where the one before ended. */
test.describe.configure({ mode: 'serial', timeout: 240_000 });

/** Lives in みほん市, 本籍 in ためし市. */
const APPLICANT = 'moved-in-yesterday';
/** Has the 本籍 in みほん市 and looks for it in ためし市. */
const WRONG_PLACE = 'one-person-household';
/** Lives in ためし市 and is registered at the 本籍 in みほん市 when the test begins. */
const RENEWS = 'registered-at-domicile';
const FULL = 'family-register-full';
const HISTORY = 'family-register-address-copy';

let accepted = '';
let refused = '';

/** The question whose certificates are wanted -> those of the 本籍地. */
async function openDomicile(screen: Screen): Promise<void> {
  await screen.touch(new RegExp(`^${say['municipality.registered-domicile']}`));
  await screen.shows(say['kind.heading']);
}

test('Friday: two residents apply, each takes a sheet with the number home, and nothing is offered yet', async ({
  page,
}) => {
  await registerDemoCard(kiosk().stack);
  const { printer } = kiosk().stack.printer;
  const screen = await kiosk().open(page);
  await fillForm(kiosk(), screen, APPLICANT, KINOKO);
  await openReview(kiosk(), screen, APPLICANT);
  for (const word of ['例示八丁目8番地', 'レイジ　キノコ', '09012345678', '架空県ためし市長']) {
    expect((await screen.words()).replaceAll(/\s/g, '')).toContain(word.replaceAll('　', ''));
  }
  accepted = await sendApplication(kiosk(), screen, APPLICANT);
  const [sheet, ...more] = printer.jobs;
  expect(more).toEqual([]);
  expect(sheet).toMatchObject({ sides: 'one-sided', sheets: 1 });
  const words = wordsOf(sheet!.bytes).replaceAll(/\s/g, '');
  for (const word of [accepted, 'ためし市', '利用登録']) expect(words).toContain(word);
  // nothing was paid for, and nothing was issued
  expect(books(kiosk().stack)).toMatchObject({ balanced: true, taken: 0 });

  await fillForm(kiosk(), screen, WRONG_PLACE, {
    domicile: ['ほ', 'ん', 'ま', 'ち', '本町'],
    furigana: ['や', 'な', 'き', say['keyboard.space'], 'ま', 'も', 'る'],
  });
  await openReview(kiosk(), screen, WRONG_PLACE);
  refused = await sendApplication(kiosk(), screen, WRONG_PLACE);
  expect(refused).not.toBe(accepted);

  expect(await readStatus(kiosk(), screen, APPLICANT)).toContain(say['status.received']);
});

test('the officers of the other municipality compare; one is accepted, one is refused with its reason', async ({
  browser,
}) => {
  const desk = await officeDesk(kiosk(), browser, accepted);
  const card = desk.page.getByRole('region', { name: '候補1', exact: true });
  await expect(card).toContainText('昨日子');
  await acceptAt(desk);
  await desk.close();

  const other = await officeDesk(kiosk(), browser, refused);
  await expect(other.page.getByRole('button', { name: 'この人で登録する' })).toHaveCount(0);
  await refuseAt(other);
  await other.close();
});

test('Tuesday evening: the 附票 is offered, the 戸籍 keeps its own hours; a reason is read; a renewed card is told to register again', async ({
  page,
}) => {
  kiosk().stack.shelf.renew(RENEWS);
  await kiosk().later('2026-11-24T18:00:00+09:00');
  const screen = await kiosk().open(page);
  await signInToPlaces(kiosk(), screen, APPLICANT);
  await openDomicile(screen);
  await expect(screen.button(buttonOf(HISTORY))).toContainText('250円');
  const withheld = page.getByRole('listitem').filter({ hasText: labelOf(FULL) });
  await expect(withheld).toContainText(say['kind.withheld']);
  await expect(withheld).toContainText('11月25日（水） 午前9時から使えます');
  await expect(screen.button(buttonOf(FULL))).toHaveCount(0);
  await cancel(screen);

  const status = await readStatus(kiosk(), screen, WRONG_PLACE);
  expect(status).toContain(say['status.refused']);
  expect(status).toContain(say['status.reason']);
  await cancel(screen);

  await signInToPlaces(kiosk(), screen, RENEWS);
  await screen.touch(new RegExp(`^${say['municipality.registered-domicile']}`));
  await screen.tells('APPL-06');
  await screen.touch(say['notice.goOn']);
  await screen.shows(say['municipality.heading']);
  await cancel(screen);
});

test('Wednesday morning: the same card gets the 戸籍 for the fee of the 本籍地, and nothing of its own town', async ({
  page,
}) => {
  await kiosk().later('2026-11-25T10:00:00+09:00');
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  await signInToPlaces(kiosk(), screen, APPLICANT);
  await openDomicile(screen);
  await choose(screen, { kind: FULL });
  await order(kiosk(), screen);
  stack.payment.mechanism.payRest();
  await screen.shows(say['collecting.headingNoChange']);
  const [record] = await settledRecords(stack, 1);
  expect(record).toMatchObject({ kind: FULL, state: 'printed', paid: 350 });
  const { certificates } = papers(stack);
  expect(certificates.map(({ sha256 }) => sha256)).toEqual([record?.document_sha256]);
  const words = wordsOf(certificates[0]!.bytes).replaceAll(/\s/g, '');
  for (const word of ['架空県ためし市例示八丁目８番地', '【名】昨日子', '架空県ためし市長'])
    expect(words).toContain(word);
  expect(words).not.toContain('みほん市長');
  // the evidence of both applications is as good as on the day they were signed
  for (const number of [accepted, refused]) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'issuance-center/domicile/verifyCommand.ts', number],
      {
        env: {
          ...process.env,
          DATA_DIR: stack.dataDir,
          SERVICE_MODE: 'demo',
          JPKI_TRUST_DIR: stack.authority.trustDir,
        },
        encoding: 'utf8',
      },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/\nverified\n$/);
  }
});
