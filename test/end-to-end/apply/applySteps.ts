/** The way through the page, step by step; each ends on the one that comes next. */
import { HOME_AGENT_ORIGIN } from '#center/contract/homeAgent.ts';
import type { IssuedCard } from '#simulators/authority/issueCard.ts';
import { expect, OPEN, type Applicant, type ApplyStand } from './applyStand.ts';

/** As people type it: other widths, ひらがな, hyphens. */
export const STATED = {
  本籍: '例示八丁目8番地',
  筆頭者の氏名: '例示 花子',
  ご自分の氏名のふりがな: 'ﾚｲｼﾞ はなこ',
  電話番号: '０９０-1234-5678',
};
export const REVIEW = 'この内容で申請します。よろしいですか';
export const SIGNING = '署名の画面で、続けてください';
export const BACK = '前の画面にもどる';

export async function toPlaces(one: Applicant): Promise<void> {
  await one.press(/^申請をはじめる/);
  await one.shows('本籍は、どの市区町村にありますか');
}
export async function toForm(one: Applicant): Promise<void> {
  await toPlaces(one);
  await one.press(OPEN.name);
  await one.shows(`${OPEN.name}への申請`);
}
export async function toReview(one: Applicant): Promise<void> {
  await toForm(one);
  for (const [label, text] of Object.entries(STATED))
    await one.page.getByLabel(label, { exact: true }).fill(text);
  await one.press('内容をたしかめる');
  await one.shows(REVIEW);
}
/** Review -> the agent has the request; its window is closed, the page waits for what comes of it. */
export async function toSigning(one: Applicant): Promise<void> {
  const opening = one.page.context().waitForEvent('page');
  await one.press('署名へ進む');
  const consent = await opening;
  await expect(consent.getByRole('heading')).toHaveText('署名の画面');
  expect(consent.url()).toMatch(new RegExp(`^${HOME_AGENT_ORIGIN}/consent/[0-9a-f]{32}$`));
  expect(await consent.evaluate('window.opener')).toBeNull();
  await consent.close();
  await one.shows(SIGNING);
}
/** What was typed is there after a refusal, as it was typed. */
export async function keepsWhatWasTyped(one: Applicant): Promise<void> {
  await one.press('書きなおす');
  for (const [label, text] of Object.entries(STATED))
    await expect(one.page.getByLabel(label, { exact: true })).toHaveValue(text);
}
/** The page -> an application that was received; its number. */
export async function applies(one: Applicant, card: IssuedCard): Promise<string> {
  await toReview(one);
  await toSigning(one);
  one.agent.sign(card);
  await one.shows('申請を受け付けました');
  return one.page.locator('.application-number strong').innerText();
}
export async function asksStatus(one: Applicant, number: string, birth: string): Promise<void> {
  await one.page.getByLabel('申請番号').fill(number);
  await one.page.getByLabel('生年月日').fill(birth);
  await one.press('状況をみる');
}
export const applicationsIn = ({ center }: ApplyStand) =>
  center.db.selectFrom('domicile_application').select('number').execute();
