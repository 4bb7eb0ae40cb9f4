/** The status of an application on the internet: found, not found, asked too often, and what an officer has decided. */
import { test } from '@playwright/test';
import { refusalWords } from '#center/domicile/refusalWords.ts';
import { expect, OPEN, standOfThisFile } from './applyStand.ts';
import { applies, asksStatus, BACK } from './applySteps.ts';

const { stand, one } = standOfThisFile();

test('the status: told to who has number and birth date, to nobody else, and not without end', async () => {
  const number = await applies(one(), await stand().card());
  await one().press('はじめにもどる');
  await one().press(/^申請の状況をみる/);
  await one().shows('申請の状況をみる');
  await asksStatus(one(), 'ABC', '1983/13/2');
  const field = (label: string) => one().page.getByLabel(label);
  await expect(field('申請番号')).toBeFocused();
  await expect(field('申請番号')).toHaveAccessibleDescription(/申請番号の形ではありません/);
  await expect(field('生年月日')).toHaveAccessibleDescription(/日付として読めません/);
  await one().isSound();
  await asksStatus(one(), number, '1983/13/2');
  await expect(field('生年月日')).toBeFocused();
  await expect(field('申請番号')).not.toHaveAccessibleDescription(/申請番号の形ではありません/);
  await asksStatus(one(), number, '昭和58年7月3日');
  await one().shows('申請がみつかりません');
  await one().isSound();
  await one().press(BACK);
  await expect(one().page.getByLabel('申請番号')).toHaveValue(number);
  await asksStatus(one(), number.toLowerCase().replaceAll('-', ' '), '昭和58年7月2日');
  await one().shows('受け付けました');
  for (const words of [number, OPEN.name, '令和8年11月30日まで'])
    await expect(one().page.getByText(words, { exact: true })).toBeVisible();
  await one().isSound();
  await one().press('はじめにもどる');
  await one().press(/^申請の状況をみる/);
  // nobody may think that the application has not arrived
  await one().page.route('**/api/apply/status', (route) => route.abort('connectionrefused'));
  await asksStatus(one(), number, '昭和58年7月2日');
  await one().shows('交付センターとつながりません');
  await expect(one().page.getByRole('alert')).toHaveText(/^申請の状況をしらべられませんでした/);
  await one().page.unroute('**/api/apply/status');
  await one().press(BACK);
  // from the same address, as often as a minute allows
  await exhaust('/api/apply/status', { applicationNumber: '0000-0000-0000', birthDate: '1983-07-02' });
  await asksStatus(one(), number, '昭和58年7月2日');
  await one().shows('しばらく待ってください');
  await one().isSound();
});

/** Asks until it is answered that it was asked too often. */
async function exhaust(path: string, body: object): Promise<void> {
  for (let asked = 0; asked < 20; asked += 1) {
    const { status } = await fetch(`${stand().origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': one().address },
      body: JSON.stringify(body),
    });
    if (status === 429) return;
  }
  throw new Error(`${path} has no limit`);
}

test('an officer who asks, and one who refuses, are heard in their words', async () => {
  const number = await applies(one(), await stand().card());
  const { db, deps } = stand().center;
  const change = (values: object) =>
    db.updateTable('domicile_application').set(values).where('number', '=', number).execute();
  const look = async (heading: string): Promise<void> => {
    await one().press('はじめにもどる');
    await one().press(/^申請の状況をみる/);
    await asksStatus(one(), number, '1983/7/2');
    await one().shows(heading);
    await one().isSound();
  };
  await change({ question: '電話で、本籍の番地をお知らせください。' });
  await look('受け付けました');
  await expect(one().page.getByText('電話で、本籍の番地をお知らせください。')).toBeVisible();
  await expect(one().page.getByText(/市区町村へ連絡してください/)).toBeVisible();
  const decided = { decided_by: 'officer', decided_at: new Date(deps.clock()) };
  await change({ ...decided, question: null, state: 'refused', refusal: 'head-differs' });
  await look('登録できません');
  await expect(one().page.getByText(refusalWords['head-differs'])).toBeVisible();
  await expect(one().page.getByText('確認の期限')).toHaveCount(0);
});
