/** The page of the 利用登録 on the internet: from the first step to number and sheet, and whom the page may talk to. */
import { test } from '@playwright/test';
import { HOME_AGENT_ORIGIN } from '#center/contract/homeAgent.ts';
import { AFTERNOON, expect, OPEN, standOfThisFile } from './applyStand.ts';
import { REVIEW, SIGNING, STATED, toPlaces, toReview, toSigning } from './applySteps.ts';

const { stand, one } = standOfThisFile();

test('every step up to number and sheet, with nothing lost on the way and nothing kept in the browser', async () => {
  await one().isSound();
  await toPlaces(one());
  await one().isSound();
  await one()
    .page.getByLabel(/読みがな/)
    .fill('タメシ');
  await expect(one().page.getByRole('button', { name: AFTERNOON.name })).toHaveCount(0);
  await one().press(OPEN.name);
  await one().shows(`${OPEN.name}への申請`);
  await one().isSound();
  await one().press('内容をたしかめる');
  const faults = one().page.getByRole('alert');
  await expect(faults).toContainText('なおすところが4つあります');
  await expect(faults).toBeFocused();
  await expect(one().page.getByLabel('電話番号')).toHaveAccessibleDescription(/10けたか11けた/);
  await faults.getByRole('link', { name: '筆頭者の氏名' }).click();
  await expect(one().page.getByLabel('筆頭者の氏名')).toBeFocused();
  await one().isSound();
  await expect(one().page.locator('#towns option[value="試町"]')).toHaveCount(1);
  for (const [label, text] of Object.entries(STATED))
    await one().page.getByLabel(label, { exact: true }).fill(text);
  await one()
    .page.getByLabel(/カードの正しい文字/)
    .check();
  await one().press('内容をたしかめる');
  await one().shows(REVIEW);
  for (const words of [
    `${OPEN.name}　例示八丁目8番地`,
    '例示　花子',
    'レイジ　ハナコ',
    '09012345678',
    '読み取る',
  ])
    await expect(one().page.getByText(words, { exact: true })).toBeVisible();
  await one().isSound();
  await toSigning(one());
  await one().isSound();
  expect(one().agent.requests).toHaveLength(1);
  expect(one().agent.requests[0]).toMatchObject({
    municipality: OPEN.code,
    municipalityName: OPEN.name,
    cardText: true,
    statement: { domicile: '例示八丁目8番地', furigana: 'レイジ　ハナコ', telephone: '09012345678' },
  });
  one().agent.sign(await stand().card());
  await one().shows('申請を受け付けました');
  await one().isSound();
  await expect(one().page.locator('.application-number')).toContainText(/[0-9A-Z]{4}(-[0-9A-Z]{4}){2}/);
  await expect(one().page.getByText(/令和8年11月30日までに/)).toBeVisible();
  const downloading = one().page.waitForEvent('download');
  await one()
    .page.getByRole('link', { name: /申請の控え/ })
    .click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^利用登録申請書-.*\.pdf$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).subarray(0, 5).toString()).toBe('%PDF-');
  expect(await one().page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([
    0,
    0,
    '',
  ]);
});

test('who reloads the page is asked while the form holds something, and not after it', async () => {
  const asked: string[] = [];
  one().page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void (asked.length === 1 ? dialog.dismiss() : dialog.accept());
  });
  const reload = () => one().page.evaluate('void location.reload()');
  await toReview(one());
  await reload();
  await expect.poll(() => asked).toEqual(['beforeunload']);
  await one().shows(REVIEW);
  await reload();
  await one().shows(/^本籍地の戸籍の証明書を/);
  expect(asked).toHaveLength(2);
  await one().press(/^申請の状況をみる/);
  await reload();
  await one().shows(/^本籍地の戸籍の証明書を/);
  expect(asked).toHaveLength(2);
});

test('where the program does not run, the page says how to start it, and sees the program, the reader and the card come', async () => {
  one().agent.reader = null;
  await toReview(one());
  const next = one().page.getByRole('button', { name: '署名へ進む' });
  await expect(one().page.getByText('署名のプログラムが、動いていません')).toBeVisible();
  await expect(one().page.getByText(`APPLY_URL=${stand().origin} npm run home-agent`)).toBeVisible();
  await expect(next).toBeDisabled();
  await one().isSound();
  const seen = {
    unavailable: 'カードリーダーが、みつかりません',
    empty: 'カードリーダーの用意ができました',
    present: 'カードの用意ができました',
  };
  for (const [reader, words] of Object.entries(seen)) {
    one().agent.reader = reader as keyof typeof seen;
    await expect(one().page.locator('#agent')).toContainText(words);
  }
  await expect(next).toBeEnabled();
  one().agent.reader = null;
  await expect(next).toBeDisabled();
});

test('a browser that opens no window shows a link to the same place', async () => {
  await one().page.evaluate('window.open = () => null');
  await toReview(one());
  await one().press('署名へ進む');
  await one().shows(SIGNING);
  const opening = one().page.context().waitForEvent('page');
  await one().page.getByRole('link', { name: '署名の画面をひらく' }).click();
  await expect((await opening).getByRole('heading')).toHaveText('署名の画面');
});

test('the page may talk to its center and the home agent, and to nobody else; the other page to no agent', async () => {
  const violated = (url: string) =>
    one().page.evaluate(`new Promise((told) => {
      addEventListener('securitypolicyviolation', (event) => told(event.violatedDirective), { once: true });
      fetch('${url}').then(() => told('reached'), () => undefined);
    })`);
  expect(await violated(`${HOME_AGENT_ORIGIN}/hello`)).toBe('reached');
  expect(await violated('http://127.0.0.1:8793/hello')).toBe('connect-src');
  const complaints = one().complaints as string[];
  expect(complaints.splice(0).every((words) => words.includes('8793'))).toBe(true);
  const policyOf = async (path: string) =>
    (await fetch(`${stand().origin}${path}`)).headers.get('content-security-policy');
  expect(await policyOf('/apply/')).toContain(`connect-src 'self' ${HOME_AGENT_ORIGIN};`);
  expect(await policyOf('/')).not.toContain('8792');
});
