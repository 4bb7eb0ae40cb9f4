/** What can go wrong between the review and the answer of the center, and where each of it leads. */
import { test } from '@playwright/test';
import { liftStop, stopIssuing } from '#center/configuration/stops.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { AFTERNOON, expect, OPEN, standOfThisFile } from './applyStand.ts';
import {
  applicationsIn,
  BACK,
  keepsWhatWasTyped,
  REVIEW,
  toForm,
  toPlaces,
  toReview,
  toSigning,
} from './applySteps.ts';

const { stand, one } = standOfThisFile();

test('who says no to the signature is back at the review; who gives up tells the agent', async () => {
  await toReview(one());
  await toSigning(one());
  one().agent.answer = { kind: 'cancelled' };
  await one().shows(REVIEW);
  one().agent.answer = { kind: 'waiting' };
  await toSigning(one());
  await one().press('署名をやめる');
  await one().shows(REVIEW);
  await expect.poll(() => one().agent.dropped).toHaveLength(1);
  await keepsWhatWasTyped(one());
  expect(one().agent.requests).toHaveLength(2);
});

test('what card or reader refuse is told in words for a computer at home', async () => {
  await toReview(one());
  await toSigning(one());
  one().agent.answer = { kind: 'refused', notice: 'CARD-10' as never };
  await one().shows('カードリーダーが使えません');
  await expect(one().page.getByRole('alert')).toContainText('申請は送られていません');
  await expect(one().page.locator('main')).not.toContainText('店員');
  await one().isSound();
  await one().press(BACK);
  await one().shows(REVIEW);
  one().agent.answer = { kind: 'waiting' };
  await toSigning(one());
  one().agent.answer = { kind: 'refused', notice: 'SIGN-02' as never };
  await one().shows('署名用のパスワードがロックされています');
  await one().press(BACK);
  await keepsWhatWasTyped(one());
});

test('a request the agent does not know any more, and one whose challenge is over, are to be signed again', async () => {
  await one().page.clock.install();
  await toReview(one());
  await toSigning(one());
  one().agent.answer = { kind: 'gone' };
  await one().page.clock.runFor(2_000);
  await one().shows('申請の時間が過ぎました');
  await one().isSound();
  await one().press(BACK);
  one().agent.answer = { kind: 'waiting' };
  await one().page.clock.runFor(2_000);
  await toSigning(one());
  await one().page.clock.fastForward(one().agent.requests[1]!.lifetimeMs + 1_000);
  await one().shows('申請の時間が過ぎました');
  expect(await one().page.getByText('APPL-09').count()).toBe(1);
});

test('an agent that is stopped while it is waited for leads back, without anything sent', async () => {
  await toReview(one());
  await toSigning(one());
  one().agent.reader = null;
  await one().shows('署名のプログラムとつながりません');
  await one().isSound();
  await one().press(BACK);
  await keepsWhatWasTyped(one());
});

test('a municipality that takes none now says why and until when; one stopped on the way takes nothing', async () => {
  await toPlaces(one());
  const closed = one().page.getByRole('listitem').filter({ hasText: AFTERNOON.name });
  await expect(closed).toContainText('いまは利用登録の申請を受け付けていません');
  await expect(closed).toContainText('13:00から受け付けます');
  await expect(closed.getByRole('button')).toHaveCount(0);
  await one().press('はじめにもどる');
  await toReview(one());
  const { db, deps } = stand().center;
  const municipality = OPEN.code as MunicipalityCode;
  const stop = { municipality, kind: 'domicile-internet', reason: 'other' as const, staffId: 'operator' };
  await stopIssuing(db, stop, deps.clock());
  await one().press('署名へ進む');
  await one().shows('いまは利用登録の申請を受け付けていません');
  await one().isSound();
  expect(one().agent.requests).toEqual([]);
  const { id } = await db.selectFrom('service_stop').select('id').executeTakeFirstOrThrow();
  await liftStop(db, municipality, id, 'operator', deps.clock());
  await one().press(BACK);
  await toSigning(one());
});

test('what was altered after the signature is refused by the center, and enters nothing', async () => {
  const before = await applicationsIn(stand());
  await toReview(one());
  await toSigning(one());
  one().agent.sign(await stand().card(), (application) => {
    const possession = Buffer.from(application.possession, 'base64');
    possession[possession.length - 1]! ^= 1;
    return { ...application, possession: possession.toString('base64') };
  });
  await one().shows('申請の内容を確認できませんでした');
  await one().isSound();
  await one().press(BACK);
  await keepsWhatWasTyped(one());
  expect(await applicationsIn(stand())).toEqual(before);
});

test('an answer of the center that is lost is not known, sent once only, and told by the next application', async () => {
  const before = await applicationsIn(stand());
  const card = await stand().card();
  const sent: string[] = [];
  await one().page.route('**/api/apply/applications', async (route) => {
    sent.push(route.request().url());
    await route.fetch();
    await route.abort('connectionreset');
  });
  await toReview(one());
  await toSigning(one());
  one().agent.sign(card);
  await one().shows('申請が届いたか、確認できませんでした');
  await expect(one().page.getByRole('alert')).toContainText('受け付けられているかもしれません');
  await one().isSound();
  expect(sent).toHaveLength(1);
  expect(await applicationsIn(stand())).toHaveLength(before.length + 1);
  await one().page.unroute('**/api/apply/applications');
  one().agent.answer = { kind: 'waiting' };
  await one().press('もう一度申請する');
  await one().press(OPEN.name);
  await one().press('内容をたしかめる');
  await one().shows(REVIEW);
  await toSigning(one());
  one().agent.sign(card);
  await one().shows('申請はもう受け付けられています');
  expect(await applicationsIn(stand())).toHaveLength(before.length + 1);
});

test('a center that cannot be reached leads back to where one was', async () => {
  await one().page.route('**/api/apply/municipalities', (route) => route.abort('connectionrefused'));
  await one().press(/^申請をはじめる/);
  await one().shows('交付センターとつながりません');
  await expect(one().page.getByRole('alert')).toContainText('申請は送られていません');
  await one().isSound();
  await one().page.unroute('**/api/apply/municipalities');
  await one().press(BACK);
  await toForm(one());
});
